#include "driver/console/console.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"

static void handle_leave(void *user, int signo)
{
	struct console *console = user;

	(void)signo;
	ioctl(console->fd, VT_RELDISP,
	      console->active(console->user, false) ? 1 : 0);
}

static void handle_return(void *user, int signo)
{
	struct console *console = user;

	(void)signo;
	ioctl(console->fd, VT_RELDISP, VT_ACKACQ);
	console->active(console->user, true);
}

void console_init(struct console *console, struct loop *loop,
		  bool (*active)(void *user, bool active), void *user)
{
	struct vt_mode mode = {
		.mode = VT_PROCESS,
		.relsig = SIGUSR1,
		.acqsig = SIGUSR2,
	};

	*console = (struct console){
		.fd = open("/dev/tty0", O_RDWR | O_CLOEXEC | O_NOCTTY),
		.active = active,
		.user = user,
	};
	if (console->fd < 0)
		return;
	loop_on_signal(loop, SIGUSR1, handle_leave, console);
	loop_on_signal(loop, SIGUSR2, handle_return, console);
	if (ioctl(console->fd, KDSETMODE, KD_GRAPHICS) < 0 ||
	    ioctl(console->fd, VT_SETMODE, &mode) < 0)
		log_warning("/dev/tty0: %s", strerror(errno));
}

void console_finish(struct console *console)
{
	struct vt_mode mode = { .mode = VT_AUTO };

	if (console->fd < 0)
		return;
	ioctl(console->fd, VT_SETMODE, &mode);
	ioctl(console->fd, KDSETMODE, KD_TEXT);
	close(console->fd);
	console->fd = -1;
}
