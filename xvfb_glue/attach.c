/*
 * An X server that somebody else started and manages: it is shown as it is.
 * The root window is the session's background; each top-level window is a view
 * of the same pixels, where X has it. Who manages windows there goes on doing
 * so.
 */
#include <stdlib.h>
#include <unistd.h>
#include <xcb/xfixes.h>

#include "attach_private.h"
#include "base/alloc.h"
#include "base/log.h"

enum { WINDOWS_MAX = LIMIT_VIEWS - 8 };

/* ---- views ---- */

struct theirs *attach_find(struct attach *attach, xcb_window_t id)
{
	struct theirs *one;

	TAILQ_FOREACH(one, &attach->windows, link)
	if (one->id == id)
		return one;
	return NULL;
}

/* Beyond the screen of theirs there are no pixels. */
static struct rect seen(const struct theirs *one)
{
	const struct glue *glue = one->attach->glue;

	return rect_intersect(
		one->place, (struct rect){ 0, 0, glue->root_w, glue->root_h });
}

static void send_place(const struct theirs *one)
{
	struct nitpicker *nitpicker = one->attach->glue->nitpicker;
	struct rect spot = one->attach->root->spot.r, r = seen(one);

	nitpicker_view_geometry(nitpicker, one->view, r);
	nitpicker_view_offset(nitpicker, one->view, -spot.x - r.x,
			      -spot.y - r.y);
	nitpicker_view_content(nitpicker, one->view,
			       (struct rect){ 0, 0, r.w, r.h });
}

static void show(struct theirs *one)
{
	struct nitpicker *nitpicker = one->attach->glue->nitpicker;
	const struct theirs *above = TAILQ_PREV(one, theirs_list, link);

	while (above && !above->has_view)
		above = TAILQ_PREV(above, theirs_list, link);
	one->has_view = true;
	one->view = ++one->attach->glue->last_view;
	nitpicker_view_create(nitpicker, one->view, 0);
	send_place(one);
	nitpicker_view_title(nitpicker, one->view, names_title(one));
	if (above)
		nitpicker_view_behind_of(nitpicker, one->view, above->view);
	else
		nitpicker_view_front(nitpicker, one->view);
}

static void hide(struct theirs *one)
{
	if (one->has_view)
		nitpicker_view_destroy(one->attach->glue->nitpicker, one->view);
	one->has_view = false;
}

/* Its view is there when it is to be seen and has pixels, and where it is. */
static void update(struct theirs *one)
{
	bool wanted = one->mapped && one->known && !one->input_only &&
		      !rect_is_empty(seen(one));

	if (!wanted)
		hide(one);
	else if (one->has_view)
		send_place(one);
	else
		show(one);
	nitpicker_execute(one->attach->glue->nitpicker);
}

void attach_root_moved(struct glue *glue)
{
	struct theirs *one;

	TAILQ_FOREACH(one, &glue->attach->windows, link)
	update(one);
}

/* ---- windows on the root ---- */

static void set_place(struct theirs *one, int x, int y, int w, int h,
		      int border)
{
	one->place = (struct rect){ x, y, w + 2 * border, h + 2 * border };
	one->placed = true;
}

static void on_geometry(void *user, void *data)
{
	struct theirs *one = user;
	const xcb_get_geometry_reply_t *reply = data;

	if (!reply)
		return;
	one->known = true;
	one->input_only = !reply->depth;
	/* What X told since is newer. */
	if (!one->placed)
		set_place(one, reply->x, reply->y, reply->width, reply->height,
			  reply->border_width);
	update(one);
}

static struct theirs *add(struct attach *attach, xcb_window_t id)
{
	struct display *display = &attach->glue->display;
	struct theirs *one;

	if (id == display->window || attach_find(attach, id) ||
	    attach->count == WINDOWS_MAX)
		return NULL;
	attach->count++;
	one = xcalloc(1, sizeof(*one));
	*one = (struct theirs){ .attach = attach, .id = id };
	TAILQ_INSERT_HEAD(&attach->windows, one, link);
	names_begin(one);
	display_expect(display,
		       xcb_get_geometry(display->connection, id).sequence,
		       on_geometry, one);
	return one;
}

static void drop(struct theirs *one)
{
	struct attach *attach = one->attach;

	one->mapped = false;
	update(one);
	names_end(one);
	display_forget(&attach->glue->display, one);
	TAILQ_REMOVE(&attach->windows, one, link);
	attach->count--;
	free(one);
}

/* ---- what X tells ---- */

static void restack(struct attach *attach, struct theirs *one,
		    xcb_window_t sibling)
{
	struct nitpicker *nitpicker = attach->glue->nitpicker;
	struct theirs *below = attach_find(attach, sibling);

	TAILQ_REMOVE(&attach->windows, one, link);
	if (below)
		TAILQ_INSERT_BEFORE(below, one, link);
	else
		TAILQ_INSERT_TAIL(&attach->windows, one, link);
	while (below && !below->has_view)
		below = TAILQ_NEXT(below, link);
	if (!one->has_view)
		return;
	if (below)
		nitpicker_view_front_of(nitpicker, one->view, below->view);
	else
		nitpicker_view_back(nitpicker, one->view);
}

static void on_configure(struct attach *attach,
			 const xcb_configure_notify_event_t *e)
{
	struct theirs *one = attach_find(attach, e->window);

	if (!one)
		return;
	set_place(one, e->x, e->y, e->width, e->height, e->border_width);
	restack(attach, one, e->above_sibling);
	update(one);
}

static void set_mapped(struct attach *attach, xcb_window_t id, bool mapped)
{
	struct theirs *one = attach_find(attach, id);

	if (!one)
		return;
	one->mapped = mapped;
	update(one);
}

/* A window manager that ends, or is killed, gives windows back to the root. */
static void on_reparent(struct attach *attach,
			const xcb_reparent_notify_event_t *e)
{
	struct theirs *one = attach_find(attach, e->window);

	if (e->parent == attach->glue->display.root)
		add(attach, e->window);
	else if (one)
		drop(one);
	names_reparented(attach, e->window, e->parent);
}

static void on_gone(struct attach *attach, xcb_window_t id)
{
	struct theirs *one = attach_find(attach, id);

	names_destroyed(attach, id);
	if (one)
		drop(one);
}

/* ---- who manages them ---- */

static void on_root(void *user, void *data)
{
	struct attach *attach = user;
	const xcb_get_window_attributes_reply_t *reply = data;
	bool managed;

	attach->asked = false;
	if (!reply)
		return;
	managed = reply->all_event_masks & XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT;
	if (attach->managed && !managed)
		log_warning("the window manager of %s is gone",
			    attach->glue->display.name);
	attach->managed = managed;
}

/* That there is a window manager is told by what it selected only, and not that
 * this changed; but with it, its windows come and go. */
static void ask_manager(struct attach *attach)
{
	struct display *display = &attach->glue->display;

	if (attach->asked)
		return;
	attach->asked = true;
	display_expect(
		display,
		xcb_get_window_attributes(display->connection, display->root)
			.sequence,
		on_root, attach);
}

static void on_event(void *user, const xcb_generic_event_t *event, uint8_t type)
{
	struct attach *attach = user;

	switch (type) {
	case XCB_CREATE_NOTIFY:
		add(attach, ((const xcb_create_notify_event_t *)event)->window);
		break;
	case XCB_MAP_NOTIFY:
		ask_manager(attach);
		set_mapped(attach,
			   ((const xcb_map_notify_event_t *)event)->window,
			   true);
		break;
	case XCB_UNMAP_NOTIFY:
		set_mapped(attach,
			   ((const xcb_unmap_notify_event_t *)event)->window,
			   false);
		break;
	case XCB_DESTROY_NOTIFY:
		ask_manager(attach);
		on_gone(attach,
			((const xcb_destroy_notify_event_t *)event)->window);
		break;
	case XCB_REPARENT_NOTIFY:
		ask_manager(attach);
		on_reparent(attach, (const void *)event);
		break;
	case XCB_CONFIGURE_NOTIFY:
		on_configure(attach, (const void *)event);
		break;
	case XCB_PROPERTY_NOTIFY:
		names_changed(attach, (const void *)event);
		break;
	default:
		attach_read_colors(attach);
		break;
	}
}

/* For the beginning only, it waits. */
static void read_tree(struct attach *attach)
{
	xcb_connection_t *c = attach->glue->display.connection;
	xcb_query_tree_reply_t *tree = xcb_query_tree_reply(
		c, xcb_query_tree(c, attach->glue->display.root), NULL);
	const xcb_window_t *ids = tree ? xcb_query_tree_children(tree) : NULL;
	int count = tree ? xcb_query_tree_children_length(tree) : 0;

	for (int i = 0; i < count; i++) {
		struct theirs *one = add(attach, ids[i]);
		xcb_get_window_attributes_reply_t *a =
			xcb_get_window_attributes_reply(
				c, xcb_get_window_attributes(c, ids[i]), NULL);

		if (one && a && a->_class != XCB_WINDOW_CLASS_INPUT_ONLY)
			names_search(one);
		if (one && a && a->map_state == XCB_MAP_STATE_VIEWABLE)
			one->mapped = true;
		free(a);
	}
	free(tree);
}

/* ---- life ---- */

static bool make_root(struct attach *attach)
{
	struct glue *glue = attach->glue;
	const struct xwd *xwd = &attach->xwd;
	struct staging *s;

	attach->root = screen_create(
		glue, (struct rect){ 0, 0, glue->root_w, glue->root_h });
	if (!attach->root || glue->root_w > xwd->w || glue->root_h > xwd->h) {
		log_error("%s is not the screen of %s",
			  glue->options.framebuffer, glue->display.name);
		return false;
	}
	s = &attach->root->staging;
	*s = (struct staging){ .is_file = true,
			       .stride = xwd->stride,
			       .bytes = xwd->stride * (size_t)xwd->h,
			       .w = xwd->w,
			       .h = xwd->h };
	s->pixels = malloc(s->bytes);
	if (!s->pixels)
		log_error("no memory for a screen of %dx%d", xwd->w, xwd->h);
	return s->pixels;
}

bool attach_begin(struct glue *glue)
{
	const uint32_t mask = XCB_EVENT_MASK_STRUCTURE_NOTIFY |
			      XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
	xcb_connection_t *c = glue->display.connection;
	struct attach *attach = xcalloc(1, sizeof(*attach));

	*attach = (struct attach){ .glue = glue, .fd = -1 };
	glue->attach = attach;
	TAILQ_INIT(&attach->windows);
	LIST_INIT(&attach->climbs);
	if (!attach_open(attach) || !make_root(attach))
		return false;
	xcb_change_window_attributes(c, glue->display.root, XCB_CW_EVENT_MASK,
				     &mask);
	/* The pointer is the desktop's; this ends with our connection. */
	xcb_xfixes_hide_cursor(c, glue->display.root);
	windows_listen(glue);
	display_listen(&glue->display, on_event, attach);
	paint_renew(attach->root);
	attach_read_colors(attach);
	read_tree(attach);
	ask_manager(attach);
	display_flush(&glue->display);
	return true;
}

void attach_end(struct glue *glue)
{
	struct attach *attach = glue->attach;

	if (!attach)
		return;
	while (!TAILQ_EMPTY(&attach->windows))
		drop(TAILQ_FIRST(&attach->windows));
	names_finish(attach);
	display_forget(&glue->display, attach);
	if (attach->root) {
		free(attach->root->staging.pixels);
		attach->root->staging = (struct staging){ .segment = 0 };
	}
	if (attach->fd >= 0)
		close(attach->fd);
	free(attach);
	glue->attach = NULL;
}
