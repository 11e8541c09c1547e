#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input-event-codes.h>
#include <linux/vt.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"

enum {
	LEFT_CTRL = 1,
	RIGHT_CTRL = 2,
	LEFT_ALT = 4,
	CTRL = LEFT_CTRL | RIGHT_CTRL,
};

/* False: it can't be read. */
static bool read_active(const struct terminal *terminal, char *name,
			size_t size)
{
	ssize_t bytes = pread(terminal->fd, name, size - 1, 0);

	if (bytes <= 0)
		return false;
	name[bytes] = '\0';
	name[strcspn(name, "\n")] = '\0';
	return true;
}

/* sysfs tells of a change as urgent data (Linux: drivers/tty/vt/vt.c). */
static void handle_change(void *user, int fd, uint32_t events)
{
	struct terminal *terminal = user;
	char now[sizeof(terminal->own)];
	bool active;

	(void)fd;
	(void)events;
	if (!read_active(terminal, now, sizeof(now)))
		return;
	active = !strcmp(now, terminal->own);
	if (active == terminal->active)
		return;
	terminal->active = active;
	terminal->changed(terminal->user, active);
}

void terminal_init(struct terminal *terminal, struct loop *loop,
		   void (*changed)(void *user, bool active), void *user)
{
	*terminal = (struct terminal){
		.fd = open("/sys/class/tty/tty0/active", O_RDONLY | O_CLOEXEC),
		.active = true,
		.changed = changed,
		.user = user,
	};
	if (terminal->fd < 0)
		return;
	if (!read_active(terminal, terminal->own, sizeof(terminal->own))) {
		terminal_finish(terminal);
		return;
	}
	terminal->source = loop_add_fd(loop, terminal->fd, EPOLLPRI,
				       handle_change, terminal);
}

void terminal_finish(struct terminal *terminal)
{
	loop_remove(terminal->source);
	terminal->source = NULL;
	if (terminal->fd >= 0)
		close(terminal->fd);
	terminal->fd = -1;
}

/* The function keys are in two rows of codes. 0: it is none. */
static unsigned function_key(unsigned code)
{
	if (code >= KEY_F1 && code <= KEY_F10)
		return code - KEY_F1 + 1;
	return code == KEY_F11 ? 11 : code == KEY_F12 ? 12 : 0;
}

static unsigned modifier(unsigned code)
{
	return code == KEY_LEFTCTRL    ? LEFT_CTRL
	       : code == KEY_RIGHTCTRL ? RIGHT_CTRL
	       : code == KEY_LEFTALT   ? LEFT_ALT
				       : 0;
}

static bool go_to(unsigned number)
{
	int fd = open("/dev/tty0", O_RDWR | O_CLOEXEC | O_NOCTTY);
	bool good = fd >= 0 && !ioctl(fd, VT_ACTIVATE, number);

	if (!good)
		log_debug("console %u: %s", number, strerror(errno));
	if (fd >= 0)
		close(fd);
	return good;
}

bool terminal_key(struct terminal *terminal, unsigned code, bool pressed)
{
	unsigned number = function_key(code), bit = modifier(code);

	if (bit)
		terminal->held = pressed ? terminal->held | bit
					 : terminal->held & ~bit;
	if (!number)
		return false;
	if (!pressed) {
		bool swallowed = terminal->swallowed >> number & 1;

		terminal->swallowed &= ~(UINT32_C(1) << number);
		return swallowed;
	}
	if (terminal->fd < 0 || !(terminal->held & CTRL) ||
	    !(terminal->held & LEFT_ALT) || !go_to(number))
		return false;
	terminal->swallowed |= UINT32_C(1) << number;
	return true;
}

void terminal_release_all(struct terminal *terminal)
{
	terminal->held = 0;
	terminal->swallowed = 0;
}
