#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "display.h"

struct point screen_origin(const struct display *display)
{
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		display->framebuffer);
	int32_t x = ((int32_t)mode->w - (int32_t)display->guest_w) / 2;
	int32_t y = ((int32_t)mode->h - (int32_t)display->guest_h) / 2;

	/* Of what is too large, the upper left is to be seen. */
	return (struct point){ x > 0 ? x : 0, y > 0 ? y : 0 };
}

/* ---- frames ---- */

/* The next update is asked for when the last one has been seen. */
static void request(struct display *display)
{
	if (!display->rfb || display->requested || display->in_flight ||
	    display->hidden || !display->guest_w)
		return;
	display->requested = true;
	rfb_request(display->rfb, display->all);
	display->all = false;
}

static void show(struct display *display)
{
	if (display->in_flight || region_is_empty(&display->damage))
		return;
	if (!framebuffer_refresh(display->framebuffer, display->damage.rects,
				 display->damage.count))
		return;
	display->in_flight = true;
	region_clear(&display->damage);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct display *display = user;

	display->in_flight = false;
	display->hidden = shown->hidden;
	show(display);
	request(display);
}

static void on_exposed(void *user)
{
	struct display *display = user;

	display->hidden = false;
	request(display);
}

/* ---- sizes ---- */

static bool fits(const struct display *display)
{
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		display->framebuffer);

	return mode->w == display->guest_w && mode->h == display->guest_h;
}

static void ask_guest(struct display *display)
{
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		display->framebuffer);

	if (!display->rfb || display->refuses || display->asking ||
	    fits(display) ||
	    (display->asked_w == mode->w && display->asked_h == mode->h))
		return;
	display->asking = true;
	display->asked_w = mode->w;
	display->asked_h = mode->h;
	rfb_resize(display->rfb, mode->w, mode->h);
}

bool screen_fetch(struct display *display)
{
	const struct framebuffer_mode_info *mode;

	if (!framebuffer_fetch(display->framebuffer))
		return false;
	mode = framebuffer_mode(display->framebuffer);
	memset(framebuffer_pixels(display->framebuffer), 0,
	       (size_t)mode->stride * mode->h);
	region_add(&display->damage,
		   (struct rect){ 0, 0, (int32_t)mode->w, (int32_t)mode->h });
	display->all = true;
	return true;
}

static void on_mode_changed(void *user)
{
	struct display *display = user;

	if (!screen_fetch(display))
		return;
	if (display->guest_w) {
		ask_guest(display);
		/* An update that is on its way comes for the old picture. */
		display->requested = false;
		show(display);
		request(display);
	}
}

static void on_framebuffer_closed(void *user, const char *reason)
{
	(void)reason;
	display_end(user, 1, "the framebuffer is gone");
}

const struct framebuffer_handler screen_framebuffer_handler = {
	.shown = on_shown,
	.mode_changed = on_mode_changed,
	.exposed = on_exposed,
	.closed = on_framebuffer_closed,
};

/* The guest has another mode: then that is what the window shall have, unless
 * the user wanted that size, or has another wish by now. */
static void on_size(void *user, uint32_t w, uint32_t h)
{
	struct display *display = user;
	bool ours = w == display->asked_w && h == display->asked_h;
	enum wire_status status = WIRE_OK;

	display->guest_w = w;
	display->guest_h = h;
	display->all = true;
	if (fits(display) || ours) {
		screen_fetch(display);
		ask_guest(display);
		request(display);
		return;
	}
	display->asked_w = display->asked_h = 0;
	status = framebuffer_wish(display->framebuffer, w, h);
	request(display);
	if (status != WIRE_OK) {
		log_info("the guest has %ux%u, the framebuffer hasn't: %s", w,
			 h, wire_status_name(status));
		screen_fetch(display);
	}
}

static void on_asked(void *user, enum rfb_resize how)
{
	struct display *display = user;

	display->asking = false;
	if (how == RFB_REFUSED) {
		display->refuses = true;
		display->asked_w = display->asked_h = 0;
	} else {
		ask_guest(display);
	}
}

/* ---- pixels ---- */

static void on_pixels(void *user, uint32_t x, uint32_t y,
		      const uint32_t *pixels, uint32_t count)
{
	struct display *display = user;
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		display->framebuffer);
	struct point origin = screen_origin(display);
	uint32_t to_x = x + (uint32_t)origin.x, to_y = y + (uint32_t)origin.y;
	char *row = framebuffer_pixels(display->framebuffer);

	if (to_y >= mode->h || to_x >= mode->w)
		return;
	if (count > mode->w - to_x)
		count = mode->w - to_x;
	row += (size_t)to_y * mode->stride;
	if (mode->format != FORMAT_RGB565) {
		memcpy((uint32_t *)(void *)row + to_x, pixels, count * 4);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		((uint16_t *)(void *)row)[to_x + i] =
			(uint16_t)((pixels[i] >> 8 & 0xf800) |
				   (pixels[i] >> 5 & 0x07e0) |
				   (pixels[i] >> 3 & 0x001f));
}

static void on_drawn(void *user, struct rect r)
{
	struct display *display = user;
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		display->framebuffer);
	struct point origin = screen_origin(display);
	struct rect all = { 0, 0, (int32_t)mode->w, (int32_t)mode->h };

	region_add(&display->damage,
		   rect_intersect(rect_moved(r, origin.x, origin.y), all));
}

static void on_end(void *user)
{
	struct display *display = user;

	display->requested = false;
	show(display);
	request(display);
}

static void on_pointer(void *user, uint32_t w, uint32_t h, uint32_t hot_x,
		       uint32_t hot_y, const uint32_t *pixels)
{
	struct display *display = user;
	const uint32_t nothing = 0;

	if (!(framebuffer_mode(display->framebuffer)->flags &
	      FRAMEBUFFER_CURSOR))
		return;
	if (w)
		framebuffer_pointer_image(display->framebuffer, w, h, hot_x,
					  hot_y, pixels);
	else
		framebuffer_pointer_image(display->framebuffer, 1, 1, 0, 0,
					  &nothing);
}

static void on_closed(void *user, const char *reason)
{
	struct display *display = user;

	/* Mostly because QEMU ends: its end says more. */
	if (!qemu_is_ending(display->qemu))
		log_warning("QEMU's display: %s", reason);
	qemu_end(display->qemu);
}

const struct rfb_handler screen_rfb_handler = {
	.size = on_size,
	.asked = on_asked,
	.pixels = on_pixels,
	.drawn = on_drawn,
	.end = on_end,
	.pointer = on_pointer,
	.closed = on_closed,
};
