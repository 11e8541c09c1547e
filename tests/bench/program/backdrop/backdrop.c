/*
 * bench_backdrop FILE SAMPLES: brings up virtual_drv and nitpicker at
 * 1920x1080, and then, again and again, the backdrop with that picture. One
 * line a sample, in nanoseconds: from the first instruction of backdrop to the
 * time its picture was shown, what the picture's library alone needs, and from
 * when the parent began to start it, sandbox included.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alone.h"
#include "base/alloc.h"
#include "launchpad/child/child.h"

enum { WIDTH = 1920, HEIGHT = 1080, QUOTA = 64 << 20 };

struct bench {
	struct loop *loop;
	struct family *family;
	struct child *backdrop;
	const char *file;
	int samples; /* still to be taken */
	uint64_t start;
};

static struct child *start(struct bench *bench, const char *program,
			   const char *config)
{
	struct entry *entry = entry_make(program, QUOTA);
	struct child *child;

	entry->config.text = xstrdup(config);
	entry->config.file = xstrdup("bench_backdrop");
	child = family_start(bench->family, entry, NULL);
	entry_destroy(entry);
	return child;
}

static void start_backdrop(void *user)
{
	struct bench *bench = user;
	char *config = xasprintf("<config><image>%s</image></config>",
				 bench->file);

	bench->start = loop_now();
	bench->backdrop = start(bench, "backdrop", config);
	free(config);
}

/* It is killed, and leaves the list once it is gone. */
static void take_off(void *user)
{
	struct bench *bench = user;

	if (bench->backdrop)
		family_kill(bench->family, bench->backdrop);
}

/* A first client has been shown: all that backdrop needs is up. */
static void on_output(void *user, struct child *child, const char *line)
{
	struct bench *bench = user;

	(void)child;
	if (strstr(line, "shown"))
		start_backdrop(bench);
}

static bool number(const char *xml, size_t bytes, const char *before,
		   unsigned long long *value)
{
	const char *at = memmem(xml, bytes, before, strlen(before));

	if (at)
		*value = strtoull(at + strlen(before), NULL, 10);
	return at != NULL;
}

static void on_report(void *user, const char *label, const char *name,
		      const char *xml, size_t bytes)
{
	struct bench *bench = user;
	unsigned long long shown, first;

	if (strcmp(name, "first_picture") || strcmp(label, "backdrop") ||
	    !number(xml, bytes, "time_ns=\"", &shown) ||
	    !number(xml, bytes, "start_ns=\"", &first))
		return;
	printf("%llu %llu %llu\n", shown - first,
	       (unsigned long long)decode_alone(bench->file),
	       shown - (unsigned long long)bench->start);
	fflush(stdout);
	loop_defer(bench->loop, take_off, bench);
}

static void on_removed(void *user, struct child *child)
{
	struct bench *bench = user;

	if (child != bench->backdrop)
		return;
	bench->backdrop = NULL;
	if (--bench->samples > 0) /* once its name is free again */
		loop_defer(bench->loop, start_backdrop, bench);
	else
		loop_stop(bench->loop, 0);
}

static const struct family_handler handler = {
	.removed = on_removed,
	.output = on_output,
	.report = on_report,
};

int main(int argc, char **argv)
{
	struct bench bench = { .loop = loop_create() };
	struct family_options options = {
		.loop = bench.loop,
		.total = (uint64_t)512 << 20,
		.reports = "first_picture",
	};
	char config[128];

	if (argc != 3)
		return 2;
	bench.file = argv[1];
	bench.samples = atoi(argv[2]);
	/* As fast as asked: else a frame waits for the next period. */
	snprintf(config, sizeof(config),
		 "<config width=\"%d\" height=\"%d\" rate=\"0\"/>", WIDTH,
		 HEIGHT);
	bench.family = family_create(&options, &handler, &bench);
	start(&bench, "virtual_drv", config);
	start(&bench, "nitpicker", "<config/>");
	start(&bench, "bench_first", "<config/>");
	loop_run(bench.loop);
	loop_undefer(bench.loop, &bench);
	family_destroy(bench.family);
	loop_destroy(bench.loop);
	return 0;
}
