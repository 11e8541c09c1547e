/*
 * Input: all keys, whichever session gets them, and what the pointer does on
 * the content are the client's.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "liquid_fb.h"

/* ---- focus: one for both sessions ---- */

static void tell_focus(void *user)
{
	struct liquid_fb *fb = user;
	bool focused = fb->content_focused || fb->frame_focused;
	struct input_event event = {
		.type = focused ? INPUT_FOCUS_ENTER : INPUT_FOCUS_LEAVE,
		.time_us = input_now(),
	};

	fb->focus_deferred = false;
	if (focused == fb->focused)
		return;
	fb->focused = focused;
	window_input(fb->window, &event);
	input_server_event(fb->input, &event);
}

/* The focus may just go from one to the other. */
static void focus_changed(struct liquid_fb *fb, bool *which,
			  const struct input_event *event)
{
	*which = event->type == INPUT_FOCUS_ENTER;
	if (*which)
		window_raise(fb->window);
	if (fb->focus_deferred)
		return;
	fb->focus_deferred = true;
	loop_defer(fb->component.loop, tell_focus, fb);
}

/* ---- the pointer's picture, while it is on the content ---- */

static enum wire_status show_pointer(struct liquid_fb *fb)
{
	static const uint32_t nothing = 0;
	const struct pointer_picture *p = &fb->pointer;

	if (!fb->hovered)
		return WIRE_OK;
	if (p->hidden || !p->pixels)
		return nitpicker_pointer_image(fb->content, 1, 1, 0, 0,
					       &nothing);
	return nitpicker_pointer_image(fb->content, p->w, p->h, p->hot_x,
				       p->hot_y, p->pixels);
}

/* ---- events ---- */

static bool is_button(uint32_t code)
{
	return (code >= BTN_MOUSE && code < BTN_JOYSTICK) || code == BTN_TOUCH;
}

static bool is_focus(const struct input_event *event)
{
	return event->type == INPUT_FOCUS_ENTER ||
	       event->type == INPUT_FOCUS_LEAVE;
}

static bool is_key(const struct input_event *event)
{
	return event->type == INPUT_CHARACTER ||
	       ((event->type == INPUT_PRESS || event->type == INPUT_RELEASE) &&
		!is_button(event->code));
}

bool frame_input(void *user, const struct input_event *event)
{
	struct liquid_fb *fb = user;

	if (!fb->input)
		return false;
	if (is_focus(event)) {
		focus_changed(fb, &fb->frame_focused, event);
		return true;
	}
	/* A grab is given to who has the focus: that may be the frame. */
	if (!fb->types || (!is_key(event) && event->type != INPUT_RELATIVE))
		return false;
	input_server_event(fb->input, event);
	return true;
}

/* The server forgets the picture when the pointer leaves. */
static void hover(struct liquid_fb *fb, bool hovered)
{
	if (fb->hovered == hovered)
		return;
	fb->hovered = hovered;
	if (hovered && fb->has_client &&
	    (fb->pointer.pixels || fb->pointer.hidden))
		show_pointer(fb);
}

static bool has_place(const struct input_event *event)
{
	return event->type == INPUT_MOTION || event->type == INPUT_TOUCH;
}

void content_input(void *user, const struct input_event *event)
{
	struct liquid_fb *fb = user;
	struct rect place = window_place(fb->window);
	struct rect area = content_area(fb, place.w, place.h);
	struct input_event inside = *event;

	if (is_focus(event)) {
		focus_changed(fb, &fb->content_focused, event);
		return;
	}
	if (event->type == INPUT_MOTION || event->type == INPUT_HOVER_LEAVE)
		hover(fb, event->type == INPUT_MOTION);
	if (event->type == INPUT_PRESS && is_button(event->code)) {
		content_raise(fb);
		window_raise(fb->window);
	}
	if (!fb->types) {
		/* The button below the message can be used. */
		if (is_key(event))
			window_input(fb->window, event);
		return;
	}
	if (has_place(event)) {
		inside.x -= place.x + area.x;
		inside.y -= place.y + area.y;
	}
	input_server_event(fb->input, &inside);
}

void forward_keyboard(void *user, const struct input_keyboard *keyboard)
{
	struct liquid_fb *fb = user;

	if (fb->input)
		input_server_keyboard(fb->input, keyboard);
}

/* ---- requests of the client ---- */

/* The session that may grab and reach the clipboard. */
static struct nitpicker *focused_session(const struct liquid_fb *fb)
{
	return fb->frame_focused ? window_nitpicker(fb->window) : fb->content;
}

static void on_connected(void *user, bool connected)
{
	struct liquid_fb *fb = user;
	struct input_event event = { .type = INPUT_FOCUS_ENTER };

	fb->types = connected;
	if (!connected || !fb->focused)
		return;
	event.time_us = input_now();
	input_server_event(fb->input, &event);
}

static enum wire_status on_grab(void *user, bool on)
{
	return nitpicker_grab(focused_session(user), on);
}

static enum wire_status on_clipboard_offer(void *user, const char *text,
					   size_t bytes)
{
	return nitpicker_clipboard_offer(focused_session(user), text, bytes);
}

static int on_clipboard_read(void *user)
{
	size_t bytes;
	char *text = nitpicker_clipboard_read(focused_session(user), &bytes);
	int fd;

	if (!text)
		return -1;
	fd = memory_create_blob("clipboard", text, bytes);
	free(text);
	return fd;
}

const struct input_server_handler input_server_handler = {
	.connected = on_connected,
	.grab = on_grab,
	.clipboard_offer = on_clipboard_offer,
	.clipboard_read = on_clipboard_read,
};

void forward_clipboard_changed(void *user)
{
	struct liquid_fb *fb = user;

	if (fb->input)
		input_server_clipboard_changed(fb->input);
}

/* ---- the pointer's picture ---- */

enum wire_status forward_pointer_image(void *user,
				       const struct frame_pointer_image *image,
				       const uint32_t *pixels)
{
	struct liquid_fb *fb = user;
	size_t bytes = (size_t)image->w * image->h * sizeof(*pixels);

	if (image->hot_x >= image->w || image->hot_y >= image->h)
		return WIRE_INVALID;
	free(fb->pointer.pixels);
	fb->pointer = (struct pointer_picture){
		.w = image->w,
		.h = image->h,
		.hot_x = image->hot_x,
		.hot_y = image->hot_y,
		.pixels = xcalloc(1, bytes),
		.hidden = fb->pointer.hidden,
	};
	memcpy(fb->pointer.pixels, pixels, bytes);
	return show_pointer(fb);
}

/* Where it is, the outer server knows best. */
void forward_pointer_move(void *user, int32_t x, int32_t y, bool visible)
{
	struct liquid_fb *fb = user;

	(void)x;
	(void)y;
	if (fb->pointer.hidden == !visible)
		return;
	fb->pointer.hidden = !visible;
	show_pointer(fb);
}
