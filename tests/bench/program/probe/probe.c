/*
 * Waits for a Framebuffer and ends: when it is gone, a driver is up.
 */
#include "session/session.h"

static void on_closed(void *user, const char *reason)
{
	(void)user;
	(void)reason;
}

static const struct framebuffer_handler handler = { .closed = on_closed };

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "bench_probe",
		.summary = "waits for a driver",
	};
	struct component component;
	struct framebuffer *framebuffer;
	bool there;

	component_init(&component, &info, argc, argv,
		       &(struct parent_handler){ 0 }, NULL);
	framebuffer = framebuffer_open(component.loop, component.parent, NULL,
				       &handler, NULL, NULL);
	there = framebuffer && framebuffer_fetch(framebuffer);
	framebuffer_close(framebuffer);
	component_finish(&component);
	return there ? 0 : 1;
}
