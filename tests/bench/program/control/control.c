#include "control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"

static void ready(void *user, int fd, uint32_t events)
{
	struct control *control = user;
	char line[CONTROL_LINE];
	ssize_t got = read(fd, line, sizeof(line) - 1);

	(void)events;
	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			loop_stop(control->component->loop, 0);
		return;
	}
	line[got] = 0;
	control->line(control->user, line);
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (!path || strlen(path) >= sizeof(address.sun_path))
		return -1;
	strcpy(address.sun_path, path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -1;
	return fd;
}

void control_init(struct control *control, struct component *component,
		  control_line_fn *line, void *user)
{
	const struct config_node *config = parent_config(component->parent);

	*control = (struct control){
		.component = component,
		.fd = connect_to(config_value(config, "control")),
		.line = line,
		.user = user,
	};
	if (control->fd < 0) {
		log_error("no <control>");
		exit(1);
	}
	control->source = loop_add_fd(component->loop, control->fd, LOOP_READ,
				      ready, control);
}

void control_finish(struct control *control)
{
	loop_remove(control->source);
	close(control->fd);
}

void control_answer(const struct control *control, const char *text)
{
	ssize_t length = (ssize_t)strlen(text);

	if (write(control->fd, text, (size_t)length) != length)
		loop_stop(control->component->loop, 1);
}
