/*
 * Windows come and go, and what X tells about them.
 */
#include "windows.h"

#include <stdlib.h>
#include <string.h>
#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/shape.h>
#include <xcb/xfixes.h>

#include "base/alloc.h"
#include "base/log.h"
#include "glue.h"

enum { WINDOWS_MAX = LIMIT_VIEWS - 8 };

struct xwin *windows_find(const struct glue *glue, xcb_window_t id)
{
	struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->id == id)
		return win;
	return NULL;
}

bool windows_any(const struct glue *glue)
{
	const struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->managed && win->mapped)
		return true;
	return false;
}

const char *xwin_title(const struct xwin *win)
{
	if (win->title && *win->title)
		return win->title;
	return win->old_title ? win->old_title : "";
}

void xwin_marked_title(const struct xwin *win, char title[TITLE_BYTES + 1])
{
	static const char mark[] = "(!) ";
	const char *text = xwin_title(win);
	size_t used = win->attention ? sizeof(mark) - 1 : 0;
	size_t length = strlen(text);

	if (length > TITLE_BYTES - used)
		length = TITLE_BYTES - used;
	/* Not in the middle of a character. */
	while (length && ((uint8_t)text[length] & 0xc0) == 0x80)
		length--;
	memcpy(title, mark, used);
	memcpy(title + used, text, length);
	title[used + length] = '\0';
}

void xwin_show_title(struct xwin *win)
{
	char title[TITLE_BYTES + 1];

	if (win->frame) {
		xwin_marked_title(win, title);
		xframe_set_title(win->frame, title);
	}
	win->view_dirty = true;
	paint_wake(win->glue);
}

/* ---- its kind ---- */

static void on_geometry(void *user, void *data)
{
	struct xwin *win = user;
	const xcb_get_geometry_reply_t *reply = data;

	if (!reply)
		return;
	win->depth = reply->depth;
	if (!win->mapped && !win->is_root) {
		win->border = reply->border_width;
		win->place = (struct rect){ reply->x, reply->y, reply->width,
					    reply->height };
	}
	paint_wake(win->glue);
}

static void on_attributes(void *user, void *data)
{
	struct xwin *win = user;
	const xcb_get_window_attributes_reply_t *reply = data;

	if (!reply)
		return;
	win->input_only = reply->_class == XCB_WINDOW_CLASS_INPUT_ONLY;
	win->override = reply->override_redirect;
	win->colormap = reply->colormap;
	if (reply->map_state == XCB_MAP_STATE_VIEWABLE && !win->mapped) {
		win->mapped = true;
		if (!win->override)
			win->managed = true;
		paint_renew(win);
	}
}

static void follow(struct xwin *win)
{
	struct display *display = &win->glue->display;
	xcb_connection_t *c = display->connection;
	const uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE |
			      XCB_EVENT_MASK_FOCUS_CHANGE;
	/* Our mask of the root is chosen by who shows it. */

	if (!win->is_root) {
		xcb_change_window_attributes(c, win->id, XCB_CW_EVENT_MASK,
					     &mask);
		xcb_shape_select_input(c, win->id, 1);
	}
	win->damage = xcb_generate_id(c);
	xcb_damage_create(c, win->damage, win->id,
			  XCB_DAMAGE_REPORT_LEVEL_NON_EMPTY);
	win->region = xcb_generate_id(c);
	xcb_xfixes_create_region(c, win->region, 0, NULL);
	if (win->is_root) {
		win->depth = display->screen->root_depth;
		win->colormap = display->screen->default_colormap;
		return;
	}
	display_expect(display, xcb_get_geometry(c, win->id).sequence,
		       on_geometry, win);
	display_expect(display, xcb_get_window_attributes(c, win->id).sequence,
		       on_attributes, win);
	outline_read(win);
	properties_read(win);
}

/* ---- life ---- */

static void sync_late(void *user)
{
	xwin_synced(user);
}

/* It was asked to close and says nothing. */
static void ping_late(void *user)
{
	struct xwin *win = user;
	struct display *display = &win->glue->display;

	log_warning("%s doesn't answer: it is ended", xwin_title(win));
	xcb_kill_client(display->connection, win->id);
	display_flush(display);
}

struct xwin *windows_create(struct glue *glue, xcb_window_t id,
			    struct rect place, int border, bool override)
{
	struct xwin *win, *other;
	unsigned count = 0;

	TAILQ_FOREACH(other, &glue->windows, link)
	count++;
	if (count == WINDOWS_MAX) {
		log_warning("more than %d windows: one is not shown",
			    WINDOWS_MAX);
		return NULL;
	}
	win = xcalloc(1, sizeof(*win));
	*win = (struct xwin){ .glue = glue,
			      .id = id,
			      .view = ++glue->last_view,
			      .place = place,
			      .border = border,
			      .override = override,
			      .is_root = id == glue->display.root,
			      .type = override ? TYPE_MENU : TYPE_NORMAL };
	timer_init(&win->sync_timer, glue->component.loop, sync_late, win);
	timer_init(&win->ping_timer, glue->component.loop, ping_late, win);
	TAILQ_INSERT_HEAD(&glue->windows, win, link);
	follow(win);
	return win;
}

/* `gone`: X has destroyed it already. */
void windows_destroy(struct xwin *win, bool gone)
{
	struct glue *glue = win->glue;
	struct display *display = &glue->display;
	xcb_connection_t *c = display->connection;

	if (glue->drag.win == win)
		glue->drag.win = NULL;
	route_forget(glue, win);
	paint_drop(win);
	properties_forget(win);
	display_forget(display, win);
	TAILQ_REMOVE(&glue->windows, win, link);
	stack_forget(win);
	if (c) {
		xcb_xfixes_destroy_region(c, win->region);
		if (!gone)
			xcb_damage_destroy(c, win->damage);
		if (win->alarm)
			xcb_sync_destroy_alarm(c, win->alarm);
		display_flush(display);
	}
	contour_finish(&win->shape);
	timer_finish(&win->sync_timer);
	timer_finish(&win->ping_timer);
	xframe_destroy(win->frame);
	free(win->title);
	free(win->old_title);
	free(win);
}

void windows_end(struct glue *glue)
{
	while (!TAILQ_EMPTY(&glue->windows))
		windows_destroy(TAILQ_FIRST(&glue->windows), false);
}
