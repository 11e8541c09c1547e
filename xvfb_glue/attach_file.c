/*
 * The file in which an Xvfb keeps its screen.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attach_private.h"
#include "base/log.h"

static bool read_at(int fd, void *to, size_t bytes, size_t at)
{
	while (bytes) {
		ssize_t n = pread(fd, to, bytes, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		to = (char *)to + n;
		at += (size_t)n;
		bytes -= (size_t)n;
	}
	return true;
}

bool attach_fetch(struct glue *glue, struct rect r)
{
	struct attach *attach = glue->attach;
	const struct staging *s = &attach->root->staging;
	const struct xwd *xwd = &attach->xwd;
	size_t at = (size_t)r.y * xwd->stride;

	/* Whole rows lie one behind the other. */
	return read_at(attach->fd, (char *)s->pixels + at,
		       (size_t)r.h * xwd->stride, xwd->pixels_at + at);
}

/* The colour map may change without any pixel doing so. */
void attach_read_colors(struct attach *attach)
{
	struct glue *glue = attach->glue;
	uint32_t before[CONVERT_COLORS];
	uint8_t *file;

	if (attach->xwd.depth != 8)
		return;
	memcpy(before, glue->colors, sizeof(before));
	file = malloc(attach->xwd.pixels_at);
	if (file && read_at(attach->fd, file, attach->xwd.pixels_at, 0))
		xwd_colors(&attach->xwd, file, glue->colors, CONVERT_COLORS);
	free(file);
	if (memcmp(before, glue->colors, sizeof(before)))
		paint_renew(attach->root);
}

static int open_file(struct glue *glue)
{
	const char *name = glue->options.framebuffer;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	return fd >= 0 ? fd : parent_file(glue->component.parent, name, NULL);
}

bool attach_open(struct attach *attach)
{
	const char *name = attach->glue->options.framebuffer;
	uint8_t head[XWD_HEADER];
	const char *problem;
	struct stat stat;

	attach->fd = open_file(attach->glue);
	if (attach->fd < 0 || fstat(attach->fd, &stat) < 0 ||
	    !read_at(attach->fd, head, sizeof(head), 0)) {
		log_error("%s can't be read", name);
		return false;
	}
	problem = xwd_read(&attach->xwd, head, (uint64_t)stat.st_size);
	if (problem)
		log_error("%s: %s", name, problem);
	return !problem;
}
