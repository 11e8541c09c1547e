/*
 * What clients say about their windows (ICCCM, EWMH, GTK, Motif).
 */
#include <stdlib.h>
#include <string.h>
#include <xcb/sync.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "glue.h"

enum {
	WORDS_MAX = 1024, /* of a property, 4 bytes each */
	WM_HINT_INPUT = 1,
	WM_HINT_URGENCY = 256,
	MOTIF_DECORATIONS = 2,
	HINT_USER_POSITION = 1,
	HINT_POSITION = 4,
	HINT_MIN = 16,
	HINT_MAX = 32,
	HINT_INCREMENT = 64,
	HINT_ASPECT = 128,
	HINT_BASE = 256,
	HINT_GRAVITY = 512,
	SIDE_MAX = 32767, /* of an X window */
};

/* The value of a property: words of 32 bits, or bytes. Empty when there is
 * none. */
struct value {
	const uint32_t *words;
	const char *bytes;
	unsigned count; /* of either */
	xcb_atom_t type;
};

typedef void property_fn(struct xwin *win, const struct value *value);

/* ---- titles ---- */

/* Valid UTF-8 without control characters, short enough. */
static char *make_title(const struct value *value, bool latin)
{
	char *out = xcalloc(1, TITLE_BYTES + 1);
	size_t length = 0;

	for (unsigned i = 0; i < value->count;) {
		uint32_t c = (uint8_t)value->bytes[i];
		size_t used = 1, more;
		char code[8];

		if (!latin)
			used = utf8_decode(value->bytes + i, value->count - i,
					   &c);
		i += used ? (unsigned)used : 1;
		if (!used || c < 0x20 || (c >= 0x7f && c < 0xa0))
			c = used && c == '\t' ? ' ' : 0xfffd;
		more = utf8_encode(c, code);
		if (length + more > TITLE_BYTES)
			break;
		memcpy(out + length, code, more);
		length += more;
	}
	return out;
}

char *properties_title(const struct glue *glue,
		       const xcb_get_property_reply_t *reply)
{
	const struct value value = {
		.bytes = xcb_get_property_value(reply),
		.count = reply->value_len,
		.type = reply->type,
	};

	if (reply->format != 8 || !reply->value_len)
		return NULL;
	return make_title(&value,
			  reply->type != glue->display.atoms[ATOM_UTF8_STRING]);
}

static void read_title(struct xwin *win, const struct value *value)
{
	free(win->title);
	win->title = value->count ? make_title(value, false) : NULL;
	xwin_show_title(win);
}

static void read_old_title(struct xwin *win, const struct value *value)
{
	bool utf8 = value->type == win->glue->display.atoms[ATOM_UTF8_STRING];

	free(win->old_title);
	win->old_title = value->count ? make_title(value, !utf8) : NULL;
	xwin_show_title(win);
}

/* ---- sizes ---- */

static int side(uint32_t v)
{
	return v > SIDE_MAX ? SIDE_MAX : (int)v;
}

static void read_hints(struct xwin *win, const struct value *value)
{
	struct size_hints *h = &win->hints;
	const uint32_t *w = value->words;

	*h = (struct size_hints){ .min_w = 1, .min_h = 1 };
	if (value->count < 18) {
		xwin_update_frame(win);
		return;
	}
	h->placed = w[0] & HINT_POSITION;
	h->user_placed = w[0] & HINT_USER_POSITION;
	if (w[0] & HINT_MIN) {
		h->min_w = side(w[5]);
		h->min_h = side(w[6]);
	}
	if (w[0] & HINT_MAX) {
		h->max_w = side(w[7]);
		h->max_h = side(w[8]);
	}
	if (w[0] & HINT_INCREMENT) {
		h->inc_w = side(w[9]);
		h->inc_h = side(w[10]);
	}
	if (w[0] & HINT_ASPECT) {
		h->min_aspect_w = side(w[11]);
		h->min_aspect_h = side(w[12]);
		h->max_aspect_w = side(w[13]);
		h->max_aspect_h = side(w[14]);
	}
	h->base_w = w[0] & HINT_BASE ? side(w[15]) : h->min_w;
	h->base_h = w[0] & HINT_BASE ? side(w[16]) : h->min_h;
	h->gravity = w[0] & HINT_GRAVITY ? (int)w[17] : XCB_GRAVITY_NORTH_WEST;
	xwin_update_frame(win);
}

static void read_wm_hints(struct xwin *win, const struct value *value)
{
	bool told = value->count >= 2 && value->words[0] & WM_HINT_INPUT;

	bool urgent = value->count && value->words[0] & WM_HINT_URGENCY;

	win->no_input = told && !value->words[1];
	if (win->urgent != urgent)
		messages_set_attention(win, urgent);
	win->urgent = urgent;
}

/* ---- kinds ---- */

static void read_type(struct xwin *win, const struct value *value)
{
	static const struct {
		enum display_atom atom;
		enum xwin_type type;
	} types[] = {
		{ ATOM__NET_WM_WINDOW_TYPE_NORMAL, TYPE_NORMAL },
		{ ATOM__NET_WM_WINDOW_TYPE_DIALOG, TYPE_DIALOG },
		{ ATOM__NET_WM_WINDOW_TYPE_UTILITY, TYPE_UTILITY },
		{ ATOM__NET_WM_WINDOW_TYPE_TOOLBAR, TYPE_UTILITY },
		{ ATOM__NET_WM_WINDOW_TYPE_MENU, TYPE_MENU },
		{ ATOM__NET_WM_WINDOW_TYPE_DROPDOWN_MENU, TYPE_MENU },
		{ ATOM__NET_WM_WINDOW_TYPE_POPUP_MENU, TYPE_MENU },
		{ ATOM__NET_WM_WINDOW_TYPE_COMBO, TYPE_MENU },
		{ ATOM__NET_WM_WINDOW_TYPE_TOOLTIP, TYPE_TIP },
		{ ATOM__NET_WM_WINDOW_TYPE_NOTIFICATION, TYPE_TIP },
		{ ATOM__NET_WM_WINDOW_TYPE_DND, TYPE_TIP },
		{ ATOM__NET_WM_WINDOW_TYPE_SPLASH, TYPE_SPLASH },
		{ ATOM__NET_WM_WINDOW_TYPE_DOCK, TYPE_DOCK },
		{ ATOM__NET_WM_WINDOW_TYPE_DESKTOP, TYPE_DOCK },
	};
	const struct display *display = &win->glue->display;

	/* Without a word: a dialog is what hangs on another window. */
	win->type = win->override        ? TYPE_MENU
		    : win->transient_for ? TYPE_DIALOG
					 : TYPE_NORMAL;
	for (unsigned i = 0; i < value->count; i++)
		for (size_t t = 0; t < array_size(types); t++)
			if (value->words[i] == display->atoms[types[t].atom]) {
				win->type = types[t].type;
				goto found;
			}
found:
	xwin_update_frame(win);
}

static void read_transient(struct xwin *win, const struct value *value)
{
	win->transient_for = value->count ? value->words[0] : XCB_NONE;
	if (win->transient_for == win->id)
		win->transient_for = XCB_NONE;
}

static void read_motif(struct xwin *win, const struct value *value)
{
	win->undecorated = value->count >= 3 &&
			   value->words[0] & MOTIF_DECORATIONS &&
			   !value->words[2];
	xwin_update_frame(win);
}

static void read_protocols(struct xwin *win, const struct value *value)
{
	const xcb_atom_t *atoms = win->glue->display.atoms;

	win->can_delete = win->takes_focus = win->can_ping = win->can_sync =
		false;
	for (unsigned i = 0; i < value->count; i++) {
		xcb_atom_t atom = value->words[i];

		win->can_delete |= atom == atoms[ATOM_WM_DELETE_WINDOW];
		win->takes_focus |= atom == atoms[ATOM_WM_TAKE_FOCUS];
		win->can_ping |= atom == atoms[ATOM__NET_WM_PING];
		win->can_sync |= atom == atoms[ATOM__NET_WM_SYNC_REQUEST];
	}
}

static void read_state(struct xwin *win, const struct value *value)
{
	/* Later ones are our own. */
	if (!win->managed)
		messages_initial_state(win, value->words, value->count);
}

/* ---- what of it is window ---- */

static void read_client_margin(struct xwin *win, const struct value *value)
{
	const uint32_t *w = value->words;
	struct margin m = { 0, 0, 0, 0 };

	if (value->count >= 4)
		m = (struct margin){ side(w[0]), side(w[2]), side(w[1]),
				     side(w[3]) };
	win->client_margin = m;
	win->view_dirty = true;
	xwin_update_frame(win);
	/* There it has none, and needs to be told its size again. */
	if (win->managed && win->mapped &&
	    (win->maximised_w || win->maximised_h))
		xwin_replace(win);
	paint_wake(win->glue);
}

static void read_opaque(struct xwin *win, const struct value *value)
{
	struct rect best = { 0, 0, 0, 0 };

	for (unsigned i = 0; i + 4 <= value->count; i += 4) {
		const uint32_t *w = value->words + i;
		struct rect r = { side(w[0]), side(w[1]), side(w[2]),
				  side(w[3]) };

		if (rect_area(r) > rect_area(best))
			best = r;
	}
	win->opaque = best;
	win->view_dirty = true;
	paint_wake(win->glue);
}

static void read_counter(struct xwin *win, const struct value *value)
{
	win->counter = value->count ? value->words[0] : XCB_NONE;
}

static void read_pid(struct xwin *win, const struct value *value)
{
	win->pid = value->count ? value->words[0] : 0;
}

/* ---- asking ---- */

static const struct {
	int atom; /* ATOM_..., or -(predefined one) */
	property_fn *fn;
} properties[PROPERTIES] = {
	{ -XCB_ATOM_WM_NAME, read_old_title },
	{ ATOM__NET_WM_NAME, read_title },
	{ -XCB_ATOM_WM_HINTS, read_wm_hints },
	{ ATOM_WM_PROTOCOLS, read_protocols },
	{ -XCB_ATOM_WM_TRANSIENT_FOR, read_transient },
	{ ATOM__NET_WM_WINDOW_TYPE, read_type },
	{ ATOM__MOTIF_WM_HINTS, read_motif },
	{ ATOM__GTK_FRAME_EXTENTS, read_client_margin },
	{ ATOM__NET_WM_OPAQUE_REGION, read_opaque },
	{ ATOM__NET_WM_SYNC_REQUEST_COUNTER, read_counter },
	{ ATOM__NET_WM_PID, read_pid },
	{ -XCB_ATOM_WM_NORMAL_HINTS, read_hints },
	{ ATOM__NET_WM_STATE, read_state },
};
enum { LAST = PROPERTIES - 1 };

static xcb_atom_t atom_of(const struct xwin *win, int index)
{
	int atom = properties[index].atom;

	return atom < 0 ? (xcb_atom_t)-atom : win->glue->display.atoms[atom];
}

static void on_property(void *user, void *data)
{
	const struct property_query *query = user;
	const xcb_get_property_reply_t *reply = data;
	struct value value = { .count = 0 };

	if (reply && reply->value_len) {
		value.bytes = xcb_get_property_value(reply);
		value.type = reply->type;
		value.count = reply->value_len;
		if (reply->format == 32)
			value.words = xcb_get_property_value(reply);
		else if (reply->format != 8)
			value.count = 0;
	}
	/* Bytes where words are meant, and the other way round, are nothing. */
	if ((query->index < 2) == (value.words != NULL))
		value.count = 0;
	properties[query->index].fn(query->win, &value);
}

static void ask(struct xwin *win, int index)
{
	struct display *display = &win->glue->display;
	xcb_get_property_cookie_t cookie = xcb_get_property(
		display->connection, 0, win->id, atom_of(win, index),
		XCB_GET_PROPERTY_TYPE_ANY, 0, WORDS_MAX);

	display_expect(display, cookie.sequence, on_property,
		       &win->queries[index]);
}

static void on_last(void *user, void *reply)
{
	const struct property_query *query = user;

	(void)reply;
	if (reply)
		xwin_manage(query->win);
}

void properties_read(struct xwin *win)
{
	struct display *display = &win->glue->display;
	xcb_get_input_focus_cookie_t cookie;

	for (int i = 0; i < PROPERTIES; i++) {
		win->queries[i] = (struct property_query){ win, i };
		if (properties[i].fn)
			ask(win, i);
	}
	/* Answers come in order: this one when all of those are there. */
	cookie = xcb_get_input_focus(display->connection);
	display_expect(display, cookie.sequence, on_last, &win->queries[LAST]);
}

void properties_changed(struct xwin *win, xcb_atom_t atom)
{
	for (int i = 0; i < PROPERTIES; i++)
		if (properties[i].fn && atom_of(win, i) == atom) {
			win->queries[i] = (struct property_query){ win, i };
			ask(win, i);
		}
}

void properties_forget(struct xwin *win)
{
	for (int i = 0; i < PROPERTIES; i++)
		display_forget(&win->glue->display, &win->queries[i]);
}
