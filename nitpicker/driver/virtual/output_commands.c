#include "call.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "compare.h"

static void change_mode(struct call *call, const struct display_mode *mode)
{
	call_result(call, NULL, display_set_mode(call->driver->display, mode));
}

void run_mode(struct call *call)
{
	struct display_mode mode = *display_mode(call->driver->display);
	long w, h;

	if (!call_number(call, 1, 1, LIMIT_SIDE, &w) ||
	    !call_number(call, 2, 1, LIMIT_SIDE, &h)) {
		return;
	}
	if (call_has(call, 3) && strcmp(call_word(call, 3), "rgb565") != 0 &&
	    strcmp(call_word(call, 3), "xrgb8888") != 0) {
		call_answer(call, "error '%.40s' is not rgb565 or xrgb8888",
			    call_word(call, 3));
		return;
	}
	mode.w = (uint32_t)w;
	mode.h = (uint32_t)h;
	mode.format = call_has(call, 3) && !strcmp(call_word(call, 3), "rgb565")
			      ? FORMAT_RGB565
			      : FORMAT_XRGB8888;
	change_mode(call, &mode);
}

void run_rate(struct call *call)
{
	struct display_mode mode = *display_mode(call->driver->display);
	long rate;

	if (call_number(call, 1, 0, 1000, &rate)) {
		mode.rate = (uint32_t)rate;
		change_mode(call, &mode);
	}
}

void run_frames(struct call *call)
{
	const struct display *display = call->driver->display;

	call_answer(call, "ok %" PRIu64 " %" PRIu64, display_frames(display),
		    display_pixels(display));
}

void run_pixel(struct call *call)
{
	struct point at;

	if (call_point(call, 1, &at)) {
		call_answer(call, "ok #%06x",
			    display_pixel(call->driver->display, at.x, at.y));
	}
}

void run_cursor(struct call *call)
{
	const struct display_cursor *cursor = display_cursor(
		call->driver->display);

	if (!cursor->at.visible) {
		call_answer(call, "ok hidden");
		return;
	}
	call_answer(call, "ok %d %d %u %u %u %u", cursor->at.x, cursor->at.y,
		    cursor->image.w, cursor->image.h, cursor->image.hot_x,
		    cursor->image.hot_y);
}

void run_screenshot(struct call *call)
{
	int fd = call_file(call, 1, O_RDWR | O_CREAT);

	if (fd < 0) {
		return;
	}
	struct blit_surface surface = display_surface(call->driver->display);
	char error[IMAGE_ERROR_MAX];
	struct image picture;
	bool saved = picture_copy(&picture, &surface, error);

	if (saved) {
		saved = picture_save(&picture, fd, error);
		image_finish(&picture);
	}
	call_result(call, call_word(call, 1), saved ? NULL : error);
	close(fd);
}

static bool get_masks(struct call *call, size_t i,
		      struct comparison *comparison)
{
	for (; call_has(call, i); i += 5) {
		struct rect *mask = &comparison->masks[comparison->mask_count];
		long value[4];

		if (strcmp(call_word(call, i), "mask") != 0 ||
		    call->words.count - i < 5) {
			call_answer(call, "error a mask is: mask X Y W H");
			return false;
		}
		if (comparison->mask_count == COMPARISON_MASKS) {
			call_answer(call, "error more than %d masks",
				    COMPARISON_MASKS);
			return false;
		}
		for (size_t k = 0; k < 4; k++) {
			if (!call_number(call, i + 1 + k, 0, LIMIT_SIDE,
					 &value[k])) {
				return false;
			}
		}
		*mask = (struct rect){ (int32_t)value[0], (int32_t)value[1],
				       (int32_t)value[2], (int32_t)value[3] };
		comparison->mask_count++;
	}
	return true;
}

/* "shot.png" -> "shot.diff.png"; owned by the caller. */
static char *difference_name(const char *path)
{
	size_t length = strlen(path);

	if (length > 4 && !strcmp(path + length - 4, ".png")) {
		length -= 4;
	}
	return xasprintf("%.*s.diff.png", (int)length, path);
}

static int open_difference(struct call *call, const char *path)
{
	int fd = call->context->fds[1];

	call->context->fds[1] = -1;
	if (fd >= 0 || path[0] != '/') {
		return fd;
	}
	return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
		    0666);
}

static void compare(struct call *call, struct comparison *comparison, int fd)
{
	struct blit_surface surface = display_surface(call->driver->display);
	char error[IMAGE_ERROR_MAX];

	if (!comparison_run(comparison, &surface, fd, error)) {
		call_result(call, call_word(call, 1), error);
		return;
	}
	if (!comparison->differing) {
		call_answer(call, "ok");
		return;
	}
	char *path = difference_name(call_word(call, 1));
	int out = open_difference(call, path);
	bool saved = out >= 0 &&
		     picture_save(&comparison->difference, out, error);

	call_answer(call, "error %" PRIu64 " pixels differ, %.300s%s",
		    comparison->differing, path, saved ? "" : " not written");
	if (out >= 0) {
		close(out);
	}
	free(path);
}

void run_compare(struct call *call)
{
	struct comparison comparison = { 0 };
	size_t masks = 2;
	long tolerance = 0;

	if (call_has(call, 2) && strcmp(call_word(call, 2), "mask") != 0) {
		if (!call_number(call, 2, 0, 255, &tolerance)) {
			return;
		}
		masks = 3;
	}
	comparison.tolerance = (int)tolerance;
	if (!get_masks(call, masks, &comparison)) {
		return;
	}
	int fd = call_file(call, 1, O_RDONLY);

	if (fd >= 0) {
		compare(call, &comparison, fd);
		comparison_finish(&comparison);
		close(fd);
	}
}

void run_settle(struct call *call)
{
	long quiet = 100, limit = 5000;

	if ((call_has(call, 1) &&
	     !call_number(call, 1, 1, COMMAND_LIMIT_MAX, &quiet)) ||
	    (call_has(call, 2) &&
	     !call_number(call, 2, 1, COMMAND_LIMIT_MAX, &limit))) {
		return;
	}
	call->waits = true;
	settle_start(call->context->settle, (uint32_t)quiet, (uint32_t)limit);
}
