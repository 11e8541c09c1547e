#include "pointer.h"

#include <stdlib.h>
#include <string.h>
#include <xcb/xfixes.h>

#include "base/alloc.h"
#include "cursor.h"

/* Glyphs of the font "cursor": X.Org, "X11/cursorfont.h". */
enum { GLYPH_LEFT_PTR = 68 };

struct pointer {
	struct display *display;
	struct nitpicker *nitpicker;
	void (*shown)(void *user, bool shown);
	void *user;
	bool hovered;
	bool asking, again; /* for the picture; it changed meanwhile */
	const char *named; /* the desktop's own shape; else the picture */
	struct cursor cursor; /* w 0: not known yet */
};

static void show(struct pointer *pointer)
{
	const struct cursor *cursor = &pointer->cursor;

	if (!pointer->hovered)
		return;
	if (pointer->named)
		nitpicker_pointer(pointer->nitpicker, pointer->named);
	else if (cursor->w)
		nitpicker_pointer_image(pointer->nitpicker, cursor->w,
					cursor->h, cursor->hot_x, cursor->hot_y,
					cursor->pixels);
}

void pointer_event(struct pointer *pointer, const struct input_event *event)
{
	if (event->type == INPUT_HOVER_LEAVE) {
		pointer->hovered = false;
	} else if (event->type == INPUT_MOTION && !pointer->hovered) {
		pointer->hovered = true;
		show(pointer);
	}
}

static void ask(struct pointer *pointer);

static void take(struct pointer *pointer,
		 const xcb_xfixes_get_cursor_image_and_name_reply_t *reply)
{
	const uint32_t *pixels =
		xcb_xfixes_get_cursor_image_and_name_cursor_image(reply);
	size_t count = (size_t)reply->width * reply->height;
	struct cursor *cursor = &pointer->cursor;

	if (!count ||
	    count > (size_t)xcb_xfixes_get_cursor_image_and_name_cursor_image_length(
			    reply))
		return;
	cursor_fill(cursor, reply->width, reply->height, reply->xhot,
		    reply->yhot, pixels);
	pointer->named = cursor_named(
		xcb_xfixes_get_cursor_image_and_name_name(reply),
		(size_t)xcb_xfixes_get_cursor_image_and_name_name_length(
			reply));
	if (pointer->shown)
		pointer->shown(pointer->user, !cursor_is_blank(cursor));
	show(pointer);
}

static void got_image(void *user, void *reply)
{
	struct pointer *pointer = user;

	pointer->asking = false;
	if (reply)
		take(pointer, reply);
	if (reply && pointer->again)
		ask(pointer);
}

/* One question at a time, however often it changes. */
static void ask(struct pointer *pointer)
{
	struct display *display = pointer->display;

	pointer->again = pointer->asking;
	if (pointer->asking)
		return;
	pointer->asking = true;
	display_expect(display,
		       xcb_xfixes_get_cursor_image_and_name(display->connection)
			       .sequence,
		       got_image, pointer);
}

static void on_event(void *user, const xcb_generic_event_t *event, uint8_t type)
{
	struct pointer *pointer = user;

	(void)event;
	if (type == pointer->display->xfixes_event + XCB_XFIXES_CURSOR_NOTIFY)
		ask(pointer);
}

/* An arrow, as elsewhere on the desktop, not the X of an empty X screen. */
static void set_root_cursor(struct display *display)
{
	static const char font_name[] = "cursor", name[] = "left_ptr";
	xcb_connection_t *c = display->connection;
	xcb_font_t font = xcb_generate_id(c);
	xcb_cursor_t cursor = xcb_generate_id(c);

	xcb_open_font(c, font, sizeof(font_name) - 1, font_name);
	xcb_create_glyph_cursor(c, cursor, font, font, GLYPH_LEFT_PTR,
				GLYPH_LEFT_PTR + 1, 0, 0, 0, 0xffff, 0xffff,
				0xffff);
	xcb_xfixes_set_cursor_name(c, cursor, sizeof(name) - 1, name);
	xcb_change_window_attributes(c, display->root, XCB_CW_CURSOR, &cursor);
	xcb_free_cursor(c, cursor);
	xcb_close_font(c, font);
}

struct pointer *pointer_create(struct display *display,
			       struct nitpicker *nitpicker,
			       void (*shown)(void *user, bool shown),
			       void *user)
{
	struct pointer *pointer = xcalloc(1, sizeof(*pointer));

	*pointer = (struct pointer){ .display = display,
				     .nitpicker = nitpicker,
				     .shown = shown,
				     .user = user };
	display_listen(display, on_event, pointer);
	xcb_xfixes_select_cursor_input(
		display->connection, display->root,
		XCB_XFIXES_CURSOR_NOTIFY_MASK_DISPLAY_CURSOR);
	set_root_cursor(display);
	ask(pointer);
	return pointer;
}

void pointer_destroy(struct pointer *pointer)
{
	if (!pointer)
		return;
	if (pointer->display->connection)
		display_forget(pointer->display, pointer);
	free(pointer);
}
