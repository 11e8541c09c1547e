/*
 * Sizes: of the window, of its hole, of the mode that the client is told.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/log.h"
#include "liquid_fb.h"

enum { DPI = 96, TENTH_MM = 254 };

static int min(int a, int b)
{
	return a < b ? a : b;
}

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int border(const struct liquid_fb *fb)
{
	return fb->options.decoration ? ui_px(window_ui(fb->window), BORDER)
				      : 0;
}

struct rect content_area(const struct liquid_fb *fb, int w, int h)
{
	struct rect body = window_body_place(fb->window, w, h);
	int b = border(fb);

	return (struct rect){ body.x + b, body.y, max(body.w - 2 * b, 1),
			      max(body.h - b, 1) };
}

struct rect window_around(const struct liquid_fb *fb, int x, int y, uint32_t w,
			  uint32_t h)
{
	const struct nitpicker_info *info = nitpicker_info(
		window_nitpicker(fb->window));
	struct rect place = window_place(fb->window);
	struct rect body = window_body_place(fb->window, place.w, place.h);
	int right = info->usable_x + (int)info->usable_w;
	int bottom = info->usable_y + (int)info->usable_h;

	place.w = (int)w + 2 * border(fb);
	place.h = (int)h + border(fb) + body.y;
	/* What fits on the screen shall be seen. */
	place.x = max(info->usable_x, min(x, right - place.w));
	place.y = max(info->usable_y, min(y, bottom - place.h));
	return place;
}

/* ---- the mode ---- */

static uint32_t round_up(uint32_t side)
{
	return (side + ROUND_UP - 1) / ROUND_UP * ROUND_UP;
}

static bool fit_buffer(struct liquid_fb *fb, uint32_t w, uint32_t h)
{
	bool first = !fb->buffer_w;
	enum wire_status status;

	if (w <= fb->buffer_w && h <= fb->buffer_h &&
	    (uint64_t)w * h * 4 >= (uint64_t)fb->buffer_w * fb->buffer_h)
		return true;
	if (!first) {
		w = round_up(w);
		h = round_up(h);
	}
	status = nitpicker_set_buffer(fb->content, w, h, FORMAT_XRGB8888);
	if (status != WIRE_OK) {
		log_warning("no buffer of %ux%u pixels: %s", w, h,
			    wire_status_name(status));
		return false;
	}
	fb->buffer_w = w;
	fb->buffer_h = h;
	return true;
}

bool resize_mode(struct liquid_fb *fb, uint32_t w, uint32_t h)
{
	const struct nitpicker_info *info = nitpicker_info(fb->content);
	uint32_t scale = fb->options.scale ? (uint32_t)fb->options.scale
					   : info->scale;
	struct framebuffer_mode_info mode = {
		.w = w,
		.h = h,
		.format = FORMAT_XRGB8888,
		.mm_w = w * TENTH_MM * 10 / (DPI * scale),
		.mm_h = h * TENTH_MM * 10 / (DPI * scale),
		.scale = scale,
		.refresh = info->refresh,
		.flags = FRAMEBUFFER_CURSOR,
	};
	int fd;

	if (!fit_buffer(fb, w, h))
		return false;
	fd = fcntl(nitpicker_buffer_fd(fb->content), F_DUPFD_CLOEXEC, 0);
	if (fd < 0) {
		log_warning("no descriptor for the buffer: %s",
			    strerror(errno));
		return false;
	}
	mode.stride = (uint32_t)nitpicker_stride(fb->content);
	fb->mode_w = w;
	fb->mode_h = h;
	region_clear(&fb->damage);
	framebuffer_server_set_mode(fb->framebuffer, &mode, fd);
	return true;
}

/* ---- the window ---- */

void resize_place(struct liquid_fb *fb, struct rect place)
{
	struct rect area = content_area(fb, place.w, place.h);
	struct rect hole = { 0 };

	if (fb->shown)
		hole = (struct rect){ area.x, area.y,
				      min((int)fb->seen_w, area.w),
				      min((int)fb->seen_h, area.h) };
	fb->placing = true;
	timer_set_in(&fb->patience, PATIENCE_NS);
	window_set_hole(fb->window, hole);
	window_set_place(fb->window, place);
}

bool resize_to(struct liquid_fb *fb, struct rect place)
{
	struct rect area = content_area(fb, place.w, place.h);

	if (fb->waiting && timer_is_set(&fb->patience)) {
		fb->has_next = true;
		fb->next = place;
		return true;
	}
	if ((uint32_t)area.w == fb->mode_w && (uint32_t)area.h == fb->mode_h &&
	    !fb->waiting)
		return false;
	if (!resize_mode(fb, (uint32_t)area.w, (uint32_t)area.h))
		return true;
	if (!fb->shown)
		return false;
	fb->waiting = true;
	fb->target = place;
	timer_set_in(&fb->patience, PATIENCE_NS);
	return true;
}

enum wire_status resize_wish(struct liquid_fb *fb, uint32_t w, uint32_t h)
{
	struct rect place = window_place(fb->window), area;

	if (w > LIMIT_SIDE / 4 || h > LIMIT_SIDE / 4)
		return WIRE_DENIED;
	/* A smaller mode brings it back, unless the user has moved it. */
	if (place.x != fb->pushed.x || place.y != fb->pushed.y)
		fb->home = (struct point){ place.x, place.y };
	place = window_around(fb, fb->home.x, fb->home.y, w, h);
	fb->pushed = (struct point){ place.x, place.y };
	area = content_area(fb, place.w, place.h);
	if (place.w < ui_px(window_ui(fb->window), MIN_W) ||
	    place.h < ui_px(window_ui(fb->window), MIN_H) || area.w != (int)w ||
	    area.h != (int)h)
		return WIRE_DENIED;
	fb->has_next = false;
	timer_cancel(&fb->patience);
	if (!resize_to(fb, place)) {
		if (w != fb->mode_w || h != fb->mode_h)
			return WIRE_QUOTA_EXCEEDED;
		resize_place(fb, place);
	}
	return w == fb->mode_w && h == fb->mode_h ? WIRE_OK
						  : WIRE_QUOTA_EXCEEDED;
}

void resize_fit(struct liquid_fb *fb)
{
	/* Who waits, or is about to be placed, fits already. */
	if (!fb->waiting && !fb->placing)
		resize_to(fb, window_place(fb->window));
}

static void take_next(struct liquid_fb *fb)
{
	if (!fb->has_next)
		return;
	fb->has_next = false;
	if (!resize_to(fb, fb->next))
		resize_place(fb, fb->next);
}

void resize_answered(struct liquid_fb *fb)
{
	bool grown = fb->seen_w != fb->mode_w || fb->seen_h != fb->mode_h;
	struct rect place = fb->waiting ? fb->target : window_place(fb->window);

	fb->seen_w = fb->mode_w;
	fb->seen_h = fb->mode_h;
	if (!fb->waiting && !grown && fb->shown)
		return;
	fb->waiting = false;
	fb->fresh = !fb->shown;
	fb->shown = true;
	resize_place(fb, place);
	if (rect_equal(place, window_place(fb->window)))
		report(fb); /* else when it is there */
	take_next(fb);
}

/* The client draws nothing: the window goes on without it. */
void resize_patience(void *user)
{
	struct liquid_fb *fb = user;

	if (fb->placing) {
		fb->placing = false;
		if (fb->waiting)
			timer_set_in(&fb->patience, PATIENCE_NS);
		content_flush(fb);
	} else if (fb->waiting) {
		resize_place(fb, fb->target);
		timer_cancel(&fb->patience);
		take_next(fb);
	}
}
