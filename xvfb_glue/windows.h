/*
 * windows: the top-level windows of an X server, each with its view.
 *
 * Session coordinates are X root coordinates. Front to back, the list is the
 * order of the views and of the X windows.
 */
#ifndef XVFB_GLUE_WINDOWS_H
#define XVFB_GLUE_WINDOWS_H

#include <sys/queue.h>
#include <xcb/damage.h>
#include <xcb/shm.h>
#include <xcb/sync.h>
#include <xcb/xfixes.h>

#include "convert.h"
#include "pool.h"
#include "contour.h"
#include "xframe.h"

struct glue;
struct xwin;

enum xwin_type {
	TYPE_NORMAL,
	TYPE_DIALOG,
	TYPE_UTILITY, /* also tool bars */
	TYPE_MENU, /* all that pops up and takes input */
	TYPE_TIP, /* tooltips, notifications, what is dragged: no input */
	TYPE_SPLASH,
	TYPE_DOCK, /* panels, and the desktop itself */
};

struct size_hints {
	int min_w, min_h, max_w, max_h; /* max: 0: none */
	int base_w, base_h, inc_w, inc_h;
	/* w/h between these two; 0: any */
	int min_aspect_w, min_aspect_h, max_aspect_w, max_aspect_h;
	bool placed, user_placed; /* who chose the position: program, user */
	int gravity;
};

/* Which properties are asked for; see properties.c. */
enum { PROPERTIES = 15 };

struct property_query {
	struct xwin *win;
	int index;
};

/* Pixels in another form than the pool's, on their way there. */
struct staging {
	xcb_shm_seg_t segment; /* 0: none */
	xcb_pixmap_t pixmap;
	xcb_gcontext_t gc;
	void *pixels;
	size_t stride, bytes;
	int w, h;
	bool is_file; /* X draws into it by itself */
};

struct xwin {
	struct glue *glue;
	xcb_window_t id;
	uint32_t view; /* id of its view */
	TAILQ_ENTRY(xwin) link;

	/* As the X server has it. */
	struct rect place; /* without the border; root coordinates */
	int border;
	uint8_t depth; /* 0: not known yet */
	xcb_colormap_t colormap;
	uint16_t put; /* number of our last request that moved it */
	bool was_put;
	bool override, input_only, mapped;
	bool is_root; /* the whole screen is shown as one window */

	/* As the window manager has it. */
	bool put_itself; /* there, before it was mapped */
	uint16_t wishes; /* XCB_CONFIG_WINDOW_... of that place that it set */
	struct rect wish;
	bool map_wanted; /* it will be mapped when its properties are known */
	bool managed; /* a MapRequest was granted */
	bool fullscreen, maximised_w, maximised_h, modal, above, attention;
	struct rect restored; /* before it was maximised or full screen */

	/* Properties. */
	struct property_query queries[PROPERTIES];
	char *title, *old_title; /* _NET_WM_NAME, WM_NAME */
	xcb_window_t transient_for;
	enum xwin_type type;
	struct size_hints hints;
	bool no_input; /* WM_HINTS: doesn't want SetInputFocus */
	bool urgent, undecorated;
	bool can_delete, takes_focus, can_ping, can_sync;
	uint32_t pid;
	struct margin client_margin; /* _GTK_FRAME_EXTENTS */
	struct rect opaque; /* the largest rectangle of the opaque region */
	xcb_sync_counter_t counter;

	/* Shape. */
	bool shaped;
	struct contour shape;

	/* The frame; NULL: none. */
	struct xframe *frame;

	/* Pixels. */
	xcb_pixmap_t pixmap; /* 0: none named */
	xcb_damage_damage_t damage;
	xcb_xfixes_region_t region;
	struct staging staging;
	struct spot spot, next; /* shown; where a full copy goes */
	/* What that copy shows, and how the spot was laid out for it: frame and
	 * border may change while it is on its way. */
	struct rect copied; /* its place */
	struct margin inset, shown_inset; /* of that copy, of what is shown */
	int copied_border;
	/* full: all has to be copied; complete: that is what is on its way;
	 * no_room: there was no memory for it. */
	bool dirty, full, waiting, complete, no_room;
	struct property_query fetch; /* whom the answer is for */
	struct rect shown; /* place as the view shows it; empty: no view */
	bool has_view, view_dirty;
	bool has_content; /* the view was told what of it is opaque */

	/* Resizing in step: _NET_WM_SYNC_REQUEST. */
	xcb_sync_alarm_t alarm;
	uint64_t sync_value;
	bool syncing;
	struct timer sync_timer;
	struct rect queued; /* where it goes after that */
	bool has_queued;

	/* Closing: _NET_WM_PING. */
	struct timer ping_timer;
	bool closing;
};
TAILQ_HEAD(xwins, xwin);

/* ---- windows.c: coming and going ---- */

/* Finds the windows that are there and follows them. */
void windows_begin(struct glue *glue);
/* Only follows those that are created by us (windows_create). */
void windows_listen(struct glue *glue);
/* All are destroyed: the connection ended, or we do. */
void windows_end(struct glue *glue);
struct xwin *windows_find(const struct glue *glue, xcb_window_t id);
struct xwin *windows_create(struct glue *glue, xcb_window_t id,
			    struct rect place, int border, bool override);
/* `gone`: X has destroyed it already. */
void windows_destroy(struct xwin *win, bool gone);
const char *xwin_title(const struct xwin *win);
enum { TITLE_BYTES = 63 }; /* of a view's title */
/* The same with a mark while it wants attention. */
void xwin_marked_title(const struct xwin *win, char title[TITLE_BYTES + 1]);
/* The title, or its mark, changed. */
void xwin_show_title(struct xwin *win);
/* Programs ended and no window is left: is there a reason to stay? */
bool windows_any(const struct glue *glue);

/* ---- events.c ---- */

/* Its properties are known now: if it wants to be mapped, it is. */
void xwin_manage(struct xwin *win);

/* ---- properties.c ---- */

/* Asks for all; `done` comes after the last of them. */
void properties_read(struct xwin *win);
/* One changed. */
void properties_changed(struct xwin *win, xcb_atom_t atom);
/* Answers go nowhere any more. */
void properties_forget(struct xwin *win);
/* A title as views have it, owned by the caller; NULL: the property has none.
 */
char *properties_title(const struct glue *glue,
		       const xcb_get_property_reply_t *reply);

/* ---- place.c: where windows are ---- */

/* Margin and frame around the place: what the view covers. */
struct margin xwin_extents(const struct xwin *win);
/* The frame without shadow. */
struct margin xwin_borders(const struct xwin *win);
/* View coordinates of its opaque part; empty: none. */
struct rect xwin_content(const struct xwin *win);
/* It draws its own shadow and title. */
bool xwin_has_client_margin(const struct xwin *win);
/* Nearest size that the hints allow. */
struct size xwin_constrain(const struct xwin *win, int w, int h);
/* Its first place. */
void xwin_place_first(struct xwin *win);
/* Where it belongs after a change of its state, of its frame or of the
 * screen. */
void xwin_replace(struct xwin *win);
/* The part of the screen that windows may use. */
struct rect place_usable(const struct glue *glue);
/* The nearest place where its title can be reached. */
struct rect place_reachable(const struct xwin *win, struct rect place);
/* ---- decorate.c ---- */

/* A frame is made or taken away, as the window wants it now. */
void xwin_update_frame(struct xwin *win);
/* Writes _NET_FRAME_EXTENTS. */
void xwin_tell_extents(struct xwin *win);
/* The user can't resize it. */
bool xwin_is_fixed(const struct xwin *win);

/* ---- resize.c: in step with clients ---- */

/* Moves and resizes a managed window. */
void xwin_configure(struct xwin *win, struct rect place);
/* What it asked for itself. */
void xwin_configure_request(struct glue *glue,
			    const xcb_configure_request_event_t *event);
/* It is about to get its first place, and is not shown before its client drew
 * it there, if that tells, or a moment passed. */
void xwin_sync_first(struct xwin *win);
/* The client drew what it was resized to. */
void xwin_synced(struct xwin *win);
void xwin_sync_event(struct glue *glue, const xcb_generic_event_t *event,
		     uint8_t type);

/* ---- stack.c: order and focus ---- */

void stack_add(struct xwin *win);
/* It, and what hangs on it, comes to the front. */
void stack_raise(struct xwin *win);
/* It, and what hangs on it, goes behind all others. */
void stack_lower(struct xwin *win);
/* As X has it: directly above `sibling`. */
void stack_follow(struct xwin *win, xcb_window_t sibling);
/* The X focus goes there, or to what is modal for it; NULL: to nobody. */
void stack_focus(struct glue *glue, struct xwin *win);
/* The session got the focus, or lost it. */
void stack_activate(struct glue *glue, bool active);
/* Who gets the focus when `gone` has it no more. */
void stack_forget(struct xwin *gone);
/* The window there: frame or content. NULL: none. */
struct xwin *stack_at(const struct glue *glue, int x, int y);
/* A menu is open. */
bool stack_has_menu(const struct glue *glue);
void stack_publish(struct glue *glue); /* the root's lists */

/* ---- paint.c: pixels ---- */

void paint_init(struct glue *glue);
void paint_finish(struct glue *glue);
/* Something has to be brought to the screen. */
void paint_wake(struct glue *glue);
void paint_shown(struct glue *glue);
/* All of it, under a new name. */
void paint_renew(struct xwin *win);
/* It was unmapped or is no more. */
void paint_drop(struct xwin *win);
/* Its place changed, its size did not. */
void paint_moved(struct xwin *win);
void paint_damaged(struct xwin *win);

/* ---- view.c: collected, until nitpicker_execute ---- */

/* All of its view, which is made and stacked if there is none. */
void view_send(struct xwin *win);
/* Only where it is. */
void view_send_place(struct xwin *win);
void view_destroy(struct xwin *win); /* also without */

/* ---- staging.c: pixels that have to be converted ---- */

/* True when the window's pixels go there first. */
bool staging_is_needed(const struct xwin *win);
bool staging_prepare(struct xwin *win, int w, int h);
void staging_drop(struct xwin *win);
/* Asks for the colour map, where there is one. */
void staging_ask_colors(struct xwin *win);
/* Brings a rectangle of the window (with border) into the pool, (0,0) to
 * (dx,dy). */
void staging_convert(struct xwin *win, struct rect r, int dx, int dy);

/* ---- messages.c: what clients ask for ---- */

void messages_client(struct glue *glue,
		     const xcb_client_message_event_t *event);
/* The initial _NET_WM_STATE. */
void messages_initial_state(struct xwin *win, const xcb_atom_t *atoms,
			    unsigned count);
void messages_publish_state(struct xwin *win);
/* It wants the user to look at it, until he does; or no longer. */
void messages_set_attention(struct xwin *win, bool on);
void messages_set_maximised(struct xwin *win, bool w, bool h);
void messages_set_fullscreen(struct xwin *win, bool on);
void messages_protocol(struct xwin *win, enum display_atom protocol,
		       uint32_t data);
/* By WM_DELETE_WINDOW; who doesn't answer is ended. */
void messages_close(struct xwin *win);

/* ---- report.c ---- */

/* Windows and frames, for tests and assistive tools, if they changed. */
void report_windows(struct glue *glue);

/* ---- outline.c: windows that are no rectangles ---- */

void outline_read(struct xwin *win);
void outline_event(struct glue *glue, const xcb_generic_event_t *event,
		   uint8_t type);

/* ---- drag.c: the user moves and resizes ---- */

/* Its frame was pressed: EDGE_... */
void drag_begin(struct xwin *win, unsigned edges);
/* The client asks for it; where the pointer was pressed, on the root. */
void drag_begin_at(struct xwin *win, unsigned edges, int x, int y);
void drag_motion(struct glue *glue);
void drag_end(struct glue *glue);

#endif
