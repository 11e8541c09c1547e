/*
 * The content: its session, and the one program that draws in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "liquid_fb.h"

enum { VIEW = 1 };

/* ---- frames ---- */

void content_flush(struct liquid_fb *fb)
{
	uint32_t frame;

	if (fb->in_flight || fb->placing || !fb->shown ||
	    region_is_empty(&fb->damage))
		return;
	frame = nitpicker_refresh(fb->content, fb->damage.rects,
				  fb->damage.count);
	if (!frame)
		return; /* no room: with the next one */
	fb->in_flight = true;
	region_clear(&fb->damage);
}

static void on_refresh(void *user, const struct rect *rects, size_t count,
		       bool end)
{
	struct liquid_fb *fb = user;
	bool fresh = !fb->shown || fb->seen_w != fb->mode_w ||
		     fb->seen_h != fb->mode_h;

	(void)end;
	for (size_t i = 0; i < count; i++)
		region_add(&fb->damage, rects[i]);
	if (fresh)
		region_add(&fb->damage,
			   (struct rect){ 0, 0, (int32_t)fb->mode_w,
					  (int32_t)fb->mode_h });
	resize_answered(fb);
	content_flush(fb);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct liquid_fb *fb = user;

	fb->in_flight = false;
	framebuffer_server_set_hidden(fb->framebuffer, shown->hidden);
	content_flush(fb);
}

static void on_exposed(void *user)
{
	struct liquid_fb *fb = user;

	framebuffer_server_set_hidden(fb->framebuffer, false);
}

/* ---- the view ---- */

void content_place(struct liquid_fb *fb)
{
	struct rect place = window_place(fb->window);
	struct rect area = content_area(fb, place.w, place.h);
	struct rect view = { 0 };

	if (!fb->content)
		return;
	if (fb->shown) {
		view = rect_moved(area, place.x, place.y);
		if (view.w > (int)fb->seen_w)
			view.w = (int)fb->seen_w;
		if (view.h > (int)fb->seen_h)
			view.h = (int)fb->seen_h;
	}
	if (!fb->view_made) {
		nitpicker_view_create(fb->content, VIEW, 0);
		nitpicker_view_title(fb->content, VIEW, fb->options.title);
	}
	nitpicker_view_geometry(fb->content, VIEW, view);
	/* From the start on it has its place beside the frame. */
	if (!fb->view_made)
		nitpicker_view_front(fb->content, VIEW);
	fb->view_made = true;
	nitpicker_execute(fb->content);
	/* Since the start, others may have come between it and the frame. */
	if (fb->fresh) {
		fb->fresh = false;
		window_raise(fb->window);
	}
	if (!fb->placing)
		return;
	fb->placing = false;
	if (!fb->waiting)
		timer_cancel(&fb->patience);
	content_flush(fb);
}

void content_raise(struct liquid_fb *fb)
{
	if (!fb->view_made)
		return;
	nitpicker_view_front(fb->content, VIEW);
	nitpicker_execute(fb->content);
}

void content_set_title(struct liquid_fb *fb, const char *title)
{
	window_set_title(fb->window, title);
	if (!fb->view_made)
		return;
	nitpicker_view_title(fb->content, VIEW, title);
	nitpicker_execute(fb->content);
}

/* ---- the client ---- */

/* What it drew is nobody else's to see. */
static void wipe(struct liquid_fb *fb)
{
	memset(nitpicker_pixels(fb->content), 0,
	       nitpicker_stride(fb->content) * fb->buffer_h);
}

static void gone(struct liquid_fb *fb)
{
	const char *last = strrchr(fb->client, '>');
	char *title;

	fb->shown = fb->waiting = fb->has_next = false;
	region_clear(&fb->damage);
	wipe(fb);
	free(fb->pointer.pixels);
	fb->pointer = (struct pointer_picture){ 0 };
	if (fb->hovered)
		nitpicker_pointer(fb->content, "arrow");
	content_set_title(fb, fb->options.title);
	resize_place(fb, window_place(fb->window));
	if (!fb->options.stay) {
		loop_stop(fb->component.loop, 0);
		return;
	}
	title = xasprintf("%s has ended", last ? last + 2 : fb->client);
	body_say(fb->body, title,
		 "The next program that needs a screen appears here.");
	free(title);
}

static void on_connected(void *user, bool connected, const char *label)
{
	struct liquid_fb *fb = user;

	fb->has_client = connected;
	if (connected) {
		snprintf(fb->client, sizeof(fb->client), "%s", label);
		body_say(fb->body, NULL, NULL);
	} else {
		gone(fb);
	}
	report(fb);
}

static enum wire_status on_mode_wish(void *user, uint32_t w, uint32_t h)
{
	return resize_wish(user, w, h);
}

static void on_title(void *user, const char *title)
{
	struct liquid_fb *fb = user;

	content_set_title(fb, *title ? title : fb->options.title);
}

/* ---- life ---- */

bool content_open(struct liquid_fb *fb)
{
	static const struct nitpicker_handler nitpicker_handler = {
		.event = content_input,
		.shown = on_shown,
		.exposed = on_exposed,
		.keyboard = forward_keyboard,
		.clipboard_changed = forward_clipboard_changed,
	};
	static const struct framebuffer_server_handler handler = {
		.connected = on_connected,
		.refresh = on_refresh,
		.mode_wish = on_mode_wish,
		.title = on_title,
		.pointer_image = forward_pointer_image,
		.pointer_move = forward_pointer_move,
	};
	struct loop *loop = fb->component.loop;
	struct parent *parent = fb->component.parent;
	struct rect place = window_place(fb->window);
	struct rect area = content_area(fb, place.w, place.h);
	enum wire_status status;

	fb->content = nitpicker_open(loop, parent, "", &nitpicker_handler, fb,
				     &status);
	if (!fb->content) {
		log_error("no session for the content: %s",
			  wire_status_name(status));
		return false;
	}
	fb->framebuffer = framebuffer_server_create(loop, parent, "liquid",
						    &handler, fb);
	if (!resize_mode(fb, (uint32_t)area.w, (uint32_t)area.h))
		return false;
	fb->input = input_server_create(loop, parent, &input_server_handler,
					fb);
	report(fb);
	return true;
}

void content_close(struct liquid_fb *fb)
{
	loop_undefer(fb->component.loop, fb);
	fb->options.stay = false;
	framebuffer_server_destroy(fb->framebuffer);
	input_server_destroy(fb->input);
	nitpicker_close(fb->content);
	fb->content = NULL;
}
