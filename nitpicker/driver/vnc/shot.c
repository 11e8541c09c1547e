#include "shot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "scout/image/image.h"

enum { STILL_NS = 500 * 1000 * 1000 };

static bool write_file(struct shot *shot, const char *path,
		       char error[IMAGE_ERROR_MAX])
{
	struct blit_surface surface = display_surface(shot->display);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
		      0600);

	if (fd < 0) {
		snprintf(error, IMAGE_ERROR_MAX, "%s", strerror(errno));
		return false;
	}
	bool written = image_save_png(
		fd, surface.pixels, (size_t)surface.stride,
		(uint32_t)surface.width, (uint32_t)surface.height, error);

	close(fd);
	return written;
}

static void write_shot(void *user)
{
	struct shot *shot = user;
	char error[IMAGE_ERROR_MAX];

	if (!display_has_picture(shot->display)) {
		return;
	}
	if (shot->path) {
		char *fresh = xasprintf("%s.new", shot->path);

		if (!write_file(shot, fresh, error)) {
			log_warning("%s: %s", fresh, error);
			unlink(fresh);
		} else if (rename(fresh, shot->path) < 0) {
			log_warning("%s: %s", shot->path, strerror(errno));
		}
		free(fresh);
	}
	shot->done(shot->user);
}

void shot_init(struct shot *shot, struct loop *loop, struct display *display,
	       const char *path, void (*done)(void *user), void *user)
{
	*shot = (struct shot){ .display = display,
			       .path = xstrdup(path),
			       .done = done,
			       .user = user };
	timer_init(&shot->timer, loop, write_shot, shot);
}

void shot_finish(struct shot *shot)
{
	timer_finish(&shot->timer);
	if (shot->path) {
		unlink(shot->path);
	}
	free(shot->path);
}

void shot_later(struct shot *shot)
{
	timer_set_in(&shot->timer, STILL_NS);
}

void shot_cancel(struct shot *shot)
{
	timer_cancel(&shot->timer);
}
