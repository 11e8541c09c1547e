/*
 * An X server that somebody else started and manages: it is shown as it is.
 * The root window is the session's background; each top-level window is a view
 * of the same pixels, where X has it. Who manages windows there goes on doing
 * so.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xcb/xfixes.h>

#include "base/alloc.h"
#include "base/log.h"
#include "glue.h"
#include "xwd.h"

enum { WINDOWS_MAX = LIMIT_VIEWS - 8 };

/* A window of theirs. */
struct theirs {
	xcb_window_t id;
	uint32_t view;
	struct rect place; /* with the border; root coordinates */
	bool mapped;
	TAILQ_ENTRY(theirs) link;
};

struct attach {
	struct glue *glue;
	int fd; /* the screen's file */
	struct xwd xwd;
	struct xwin *root;
	TAILQ_HEAD(theirs_list, theirs) windows; /* front to back */
	unsigned count;
};

/* ---- the file ---- */

static bool read_at(int fd, void *to, size_t bytes, size_t at)
{
	while (bytes) {
		ssize_t n = pread(fd, to, bytes, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		to = (char *)to + n;
		at += (size_t)n;
		bytes -= (size_t)n;
	}
	return true;
}

bool attach_fetch(struct glue *glue, struct rect r)
{
	struct attach *attach = glue->attach;
	const struct staging *s = &attach->root->staging;
	const struct xwd *xwd = &attach->xwd;
	size_t at = (size_t)r.y * xwd->stride;

	/* Whole rows lie one behind the other. */
	return read_at(attach->fd, (char *)s->pixels + at,
		       (size_t)r.h * xwd->stride, xwd->pixels_at + at);
}

/* The colour map may change without any pixel doing so. */
static void read_colors(struct attach *attach)
{
	struct glue *glue = attach->glue;
	uint32_t before[CONVERT_COLORS];
	uint8_t *file;

	if (attach->xwd.depth != 8)
		return;
	memcpy(before, glue->colors, sizeof(before));
	file = malloc(attach->xwd.pixels_at);
	if (file && read_at(attach->fd, file, attach->xwd.pixels_at, 0))
		xwd_colors(&attach->xwd, file, glue->colors, CONVERT_COLORS);
	free(file);
	if (memcmp(before, glue->colors, sizeof(before)))
		paint_renew(attach->root);
}

static int open_file(struct glue *glue)
{
	const char *name = glue->options.framebuffer;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	return fd >= 0 ? fd : parent_file(glue->component.parent, name, NULL);
}

static bool read_head(struct attach *attach)
{
	const char *name = attach->glue->options.framebuffer;
	uint8_t head[XWD_HEADER];
	const char *problem;
	struct stat stat;

	attach->fd = open_file(attach->glue);
	if (attach->fd < 0 || fstat(attach->fd, &stat) < 0 ||
	    !read_at(attach->fd, head, sizeof(head), 0)) {
		log_error("%s can't be read", name);
		return false;
	}
	problem = xwd_read(&attach->xwd, head, (uint64_t)stat.st_size);
	if (problem)
		log_error("%s: %s", name, problem);
	return !problem;
}

/* ---- views ---- */

static struct theirs *find(struct attach *attach, xcb_window_t id)
{
	struct theirs *one;

	TAILQ_FOREACH(one, &attach->windows, link)
	if (one->id == id)
		return one;
	return NULL;
}

static void send_place(struct attach *attach, const struct theirs *one)
{
	struct nitpicker *nitpicker = attach->glue->nitpicker;
	struct rect spot = attach->root->spot.r;

	nitpicker_view_geometry(nitpicker, one->view, one->place);
	nitpicker_view_offset(nitpicker, one->view, -spot.x - one->place.x,
			      -spot.y - one->place.y);
	nitpicker_view_content(
		nitpicker, one->view,
		(struct rect){ 0, 0, one->place.w, one->place.h });
}

void attach_root_moved(struct glue *glue)
{
	const struct theirs *one;

	TAILQ_FOREACH(one, &glue->attach->windows, link)
	if (one->mapped)
		send_place(glue->attach, one);
}

static void show(struct attach *attach, struct theirs *one)
{
	struct glue *glue = attach->glue;
	const struct theirs *above = TAILQ_PREV(one, theirs_list, link);

	while (above && !above->mapped)
		above = TAILQ_PREV(above, theirs_list, link);
	one->mapped = true;
	one->view = ++glue->last_view;
	nitpicker_view_create(glue->nitpicker, one->view, 0);
	send_place(attach, one);
	nitpicker_view_title(glue->nitpicker, one->view, glue->options.title);
	if (above)
		nitpicker_view_behind_of(glue->nitpicker, one->view,
					 above->view);
	else
		nitpicker_view_front(glue->nitpicker, one->view);
	nitpicker_execute(glue->nitpicker);
}

static void hide(struct attach *attach, struct theirs *one)
{
	struct glue *glue = attach->glue;

	if (!one->mapped)
		return;
	one->mapped = false;
	nitpicker_view_destroy(glue->nitpicker, one->view);
	nitpicker_execute(glue->nitpicker);
}

static struct theirs *add(struct attach *attach, xcb_window_t id,
			  struct rect place)
{
	struct theirs *one;

	if (id == attach->glue->display.window || find(attach, id) ||
	    attach->count == WINDOWS_MAX)
		return NULL;
	attach->count++;
	one = xcalloc(1, sizeof(*one));
	*one = (struct theirs){ .id = id, .place = place };
	TAILQ_INSERT_HEAD(&attach->windows, one, link);
	return one;
}

static void drop(struct attach *attach, struct theirs *one)
{
	hide(attach, one);
	TAILQ_REMOVE(&attach->windows, one, link);
	attach->count--;
	free(one);
}

/* ---- what X tells ---- */

static void restack(struct attach *attach, struct theirs *one,
		    xcb_window_t sibling)
{
	struct nitpicker *nitpicker = attach->glue->nitpicker;
	struct theirs *below = find(attach, sibling);

	TAILQ_REMOVE(&attach->windows, one, link);
	if (below)
		TAILQ_INSERT_BEFORE(below, one, link);
	else
		TAILQ_INSERT_TAIL(&attach->windows, one, link);
	while (below && !below->mapped)
		below = TAILQ_NEXT(below, link);
	if (!one->mapped)
		return;
	if (below)
		nitpicker_view_front_of(nitpicker, one->view, below->view);
	else
		nitpicker_view_back(nitpicker, one->view);
}

static void on_configure(struct attach *attach,
			 const xcb_configure_notify_event_t *e)
{
	struct theirs *one = find(attach, e->window);

	if (!one)
		return;
	one->place = (struct rect){ e->x, e->y, e->width + 2 * e->border_width,
				    e->height + 2 * e->border_width };
	restack(attach, one, e->above_sibling);
	if (one->mapped)
		send_place(attach, one);
	nitpicker_execute(attach->glue->nitpicker);
}

static void on_event(void *user, const xcb_generic_event_t *event, uint8_t type)
{
	struct attach *attach = user;
	const xcb_create_notify_event_t *create = (const void *)event;
	const xcb_map_notify_event_t *map = (const void *)event;
	const xcb_reparent_notify_event_t *reparent = (const void *)event;
	struct theirs *one;

	switch (type) {
	case XCB_CREATE_NOTIFY:
		add(attach, create->window,
		    (struct rect){ create->x, create->y,
				   create->width + 2 * create->border_width,
				   create->height + 2 * create->border_width });
		break;
	case XCB_MAP_NOTIFY:
		one = find(attach, map->window);
		if (one && !one->mapped)
			show(attach, one);
		break;
	case XCB_UNMAP_NOTIFY:
	case XCB_DESTROY_NOTIFY: /* `window` at the same place */
		one = find(attach,
			   ((const xcb_unmap_notify_event_t *)event)->window);
		if (one && type == XCB_UNMAP_NOTIFY)
			hide(attach, one);
		else if (one)
			drop(attach, one);
		break;
	case XCB_REPARENT_NOTIFY:
		one = find(attach, reparent->window);
		if (one && reparent->parent != attach->glue->display.root)
			drop(attach, one);
		break;
	case XCB_CONFIGURE_NOTIFY:
		on_configure(attach, (const void *)event);
		break;
	default:
		read_colors(attach);
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
		xcb_get_window_attributes_cookie_t asked =
			xcb_get_window_attributes(c, ids[i]);
		xcb_get_geometry_reply_t *g = xcb_get_geometry_reply(
			c, xcb_get_geometry(c, ids[i]), NULL);
		xcb_get_window_attributes_reply_t *a =
			xcb_get_window_attributes_reply(c, asked, NULL);
		struct theirs *one = NULL;

		if (g && a && a->_class != XCB_WINDOW_CLASS_INPUT_ONLY)
			one = add(attach, ids[i],
				  (struct rect){ g->x, g->y,
						 g->width + 2 * g->border_width,
						 g->height +
							 2 * g->border_width });
		if (one && a->map_state == XCB_MAP_STATE_VIEWABLE)
			show(attach, one);
		free(g);
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
	if (!read_head(attach) || !make_root(attach))
		return false;
	xcb_change_window_attributes(c, glue->display.root, XCB_CW_EVENT_MASK,
				     &mask);
	/* The pointer is the desktop's; this ends with our connection. */
	xcb_xfixes_hide_cursor(c, glue->display.root);
	windows_listen(glue);
	display_listen(&glue->display, on_event, attach);
	paint_renew(attach->root);
	read_colors(attach);
	read_tree(attach);
	display_flush(&glue->display);
	return true;
}

void attach_end(struct glue *glue)
{
	struct attach *attach = glue->attach;

	if (!attach)
		return;
	while (!TAILQ_EMPTY(&attach->windows))
		drop(attach, TAILQ_FIRST(&attach->windows));
	if (attach->root) {
		free(attach->root->staging.pixels);
		attach->root->staging = (struct staging){ .segment = 0 };
	}
	if (attach->fd >= 0)
		close(attach->fd);
	free(attach);
	glue->attach = NULL;
}
