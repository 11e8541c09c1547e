#include <signal.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "display.h"

static const struct component_info info = {
	.name = "vm_display",
	.summary = "A virtual machine of QEMU on a framebuffer.",
};

static const char *const known[] = { "memory", "disk", "cdrom",
				     "kernel", "arg",  NULL };

void display_end(struct display *display, int code, const char *words)
{
	display->code = code;
	if (code)
		parent_exit(display->component.parent, code, "%s", words);
	loop_stop(display->component.loop, code);
}

/* ---- QEMU ---- */

static void on_display(void *user, int fd)
{
	struct display *display = user;

	display->rfb = rfb_create(display->component.loop, fd,
				  &screen_rfb_handler, display);
}

static void on_ended(void *user, int code, const char *words)
{
	if (code)
		log_error("%s", words);
	display_end(user, code, words);
}

static bool start_qemu(struct display *display)
{
	static const struct qemu_handler handler = {
		.display = on_display,
		.ended = on_ended,
	};
	struct parent *parent = display->component.parent;
	const struct config_node *config = parent_config(parent);
	char *problem = NULL;

	config_check_known(config, known);
	display->qemu = qemu_start(display->component.loop, parent, config,
				   &handler, display, &problem);
	if (display->qemu)
		return true;
	log_error("%s", problem);
	parent_exit(parent, 1, "%s", problem);
	free(problem);
	return false;
}

/* ---- sessions ---- */

static bool open_sessions(struct display *display)
{
	struct component *component = &display->component;
	enum wire_status status;

	display->framebuffer = framebuffer_open(
		component->loop, component->parent, NULL,
		&screen_framebuffer_handler, display, &status);
	if (display->framebuffer)
		display->input = input_open(component->loop, component->parent,
					    &input_handler, display, &status);
	if (!display->input || !screen_fetch(display)) {
		log_error("no framebuffer and input: %s",
			  wire_status_name(status));
		return false;
	}
	return true;
}

static void on_signal(void *user, int signo)
{
	struct display *display = user;

	(void)signo;
	loop_stop(display->component.loop, 0);
}

int main(int argc, char **argv)
{
	static const struct parent_handler handler = { .closed = NULL };
	struct display display = { .code = 0 };
	struct component *component = &display.component;
	int code = 1;

	component_init(component, &info, argc, argv, &handler, &display);
	loop_on_signal(component->loop, SIGTERM, on_signal, &display);
	loop_on_signal(component->loop, SIGINT, on_signal, &display);
	region_init(&display.damage);
	if (open_sessions(&display) && start_qemu(&display))
		code = loop_run(component->loop);
	qemu_destroy(display.qemu);
	rfb_destroy(display.rfb);
	input_close(display.input);
	framebuffer_close(display.framebuffer);
	region_finish(&display.damage);
	component_finish(component);
	return code;
}
