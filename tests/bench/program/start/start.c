/*
 * bench_start: brings up virtual_drv, and once that serves a client, prints
 * how many nanoseconds pass from the start of nitpicker, by fork and exec, to
 * the first frame of a client. The server then stays until standard input
 * ends; its process id is printed, too:
 *
 *   first NS
 *   server PID
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad/child/child.h"

enum { WIDTH = 1920, HEIGHT = 1080, QUOTA = 64 << 20 };

struct bench {
	struct loop *loop;
	struct family *family;
	struct child *driver, *probe, *server, *client;
	uint64_t start;
};

static struct child *start(struct bench *bench, const char *program,
			   const char *config)
{
	struct entry *entry = entry_make(program, QUOTA);
	struct child *child;

	if (config) {
		entry->config.text = xstrdup(config);
		entry->config.file = xstrdup("bench_start");
	}
	child = family_start(bench->family, entry, NULL);
	entry_destroy(entry);
	return child;
}

static void on_output(void *user, struct child *child, const char *line)
{
	struct bench *bench = user;
	struct child_info info;

	if (child != bench->client || !strstr(line, "shown"))
		return;
	child_get_info(bench->server, &info);
	printf("first %llu\nserver %d\n",
	       (unsigned long long)(loop_now() - bench->start), (int)info.pid);
	fflush(stdout);
}

/* The probe has seen a Framebuffer and is gone: the driver is up and free. */
static void on_removed(void *user, struct child *child)
{
	struct bench *bench = user;

	if (child != bench->probe)
		return;
	bench->probe = NULL;
	bench->start = loop_now();
	bench->server = start(bench, "nitpicker", NULL);
	bench->client = start(bench, "bench_first", NULL);
}

static void take_off(void *user)
{
	struct bench *bench = user;

	if (bench->probe)
		family_kill(bench->family, bench->probe);
}

static void on_changed(void *user, struct child *child)
{
	struct bench *bench = user;

	if (child == bench->probe && !child_is_alive(child))
		loop_defer(bench->loop, take_off, bench);
}

static void on_stopped(void *user)
{
	struct bench *bench = user;

	loop_stop(bench->loop, 0);
}

static void on_input(void *user, int fd, uint32_t events)
{
	struct bench *bench = user;

	(void)fd;
	(void)events;
	loop_undefer(bench->loop, bench);
	loop_stop(bench->loop, 0);
}

static const struct family_handler handler = {
	.changed = on_changed,
	.removed = on_removed,
	.output = on_output,
	.stopped = on_stopped,
};

int main(void)
{
	struct bench bench = { .loop = loop_create() };
	struct family_options options = {
		.loop = bench.loop,
		.total = (uint64_t)512 << 20,
	};
	struct loop_source *input;
	char config[128];

	/* As fast as asked: else the client's frame waits for the next period
	 * after the first picture of the server. */
	snprintf(config, sizeof(config),
		 "<config width=\"%d\" height=\"%d\" rate=\"0\"/>", WIDTH,
		 HEIGHT);
	bench.family = family_create(&options, &handler, &bench);
	input = loop_add_fd(bench.loop, 0, LOOP_READ, on_input, &bench);
	bench.driver = start(&bench, "virtual_drv", config);
	bench.probe = start(&bench, "bench_probe", NULL);
	loop_run(bench.loop);
	loop_remove(input);
	family_destroy(bench.family);
	loop_destroy(bench.loop);
	return 0;
}
