/*
 * Icons of installed programs: for rows that are there, when nobody has typed
 * for a moment, one after the other, each decoded in a process that can do
 * nothing else. Until then, and without one, a row has a letter.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "catalogue/icon.h"
#include "launchpad.h"

enum { PAUSE_MS = 200, SIDE = 24 /* logical pixels */ };

/* Bytes that decoding one may take of our own quota. */
static const uint64_t MEMORY = 4 << 20;

static void show(struct program *program)
{
	if (program->row)
		panel_set_icon(program->row, program->icon);
	if (program->found)
		panel_set_icon(program->found, program->icon);
}

static void decoded(void *user, struct image *image, const char *error)
{
	struct launchpad *launchpad = user;
	struct program *program = launchpad->icon_of;

	(void)error; /* a letter does */
	launchpad->icon_job = NULL;
	launchpad->icon_of = NULL;
	if (image) {
		program->icon = xcalloc(1, sizeof(*image));
		*program->icon = *image;
		show(program);
	}
	icons_load(launchpad);
}

static bool begin(struct launchpad *launchpad, struct program *program)
{
	const int side = ui_tx(window_ui(launchpad->window), SIDE);
	char error[IMAGE_ERROR_MAX];
	char *path = icon_find(program->desktop.icon, side);
	const int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	free(path);
	program->icon_tried = true;
	if (fd < 0)
		return false;
	launchpad->icon_job = image_decode_later(
		launchpad->component.loop, fd, (uint32_t)side, (uint32_t)side,
		MEMORY, decoded, launchpad, error);
	close(fd);
	if (launchpad->icon_job)
		launchpad->icon_of = program;
	return launchpad->icon_job != NULL;
}

void icons_load(void *user)
{
	struct launchpad *launchpad = user;

	for (struct program *p = launchpad->programs; p && !launchpad->icon_job;
	     p = p->next)
		if (!p->icon_tried && (p->row || p->found) && !p->entry &&
		    begin(launchpad, p))
			return;
}

void icons_soon(struct launchpad *launchpad)
{
	timer_set_in(&launchpad->icons, PAUSE_MS * UINT64_C(1000000));
}

void icon_forget(struct program *program)
{
	struct launchpad *launchpad = program->launchpad;

	if (launchpad->icon_of == program) {
		image_job_cancel(launchpad->icon_job);
		launchpad->icon_job = NULL;
		launchpad->icon_of = NULL;
		icons_soon(launchpad);
	}
	if (program->icon)
		image_finish(program->icon);
	free(program->icon);
	program->icon = NULL;
}
