/*
 * The names of windows that somebody else manages.
 *
 * A window on the root is a client's, or a frame, into which a window manager
 * put that: as a child or deeper. A client's window is told from all else in a
 * frame by the property WM_STATE, which its window manager writes (ICCCM 4.1).
 */
#include <stdlib.h>
#include <sys/queue.h>

#include "attach_private.h"
#include "base/alloc.h"

enum {
	DEPTH_MAX = 6, /* of a client's window below the root */
	SEARCH_MAX = 256, /* windows of a frame that are looked at */
	CLIMBS_MAX = 256, /* at the same time: windows beyond stay nameless */
	WORDS_MAX = 256, /* of a title, 4 bytes each */
};

/* From a client's window up to the one on the root that it was put into. */
struct climb {
	struct attach *attach;
	xcb_window_t client, at;
	int steps;
	LIST_ENTRY(climb) link;
};

const char *names_title(const struct theirs *one)
{
	for (int i = one->managed ? CLIENT_TITLE : TITLES; i < TITLES; i++)
		if (one->titles[i] && *one->titles[i])
			return one->titles[i];
	for (int i = OWN_TITLE; i <= OWN_OLD_TITLE; i++)
		if (one->titles[i] && *one->titles[i])
			return one->titles[i];
	return one->attach->glue->options.title;
}

static void show_title(struct theirs *one)
{
	struct nitpicker *nitpicker = one->attach->glue->nitpicker;

	if (!one->has_view)
		return;
	nitpicker_view_title(nitpicker, one->view, names_title(one));
	nitpicker_execute(nitpicker);
}

/* ---- properties ---- */

static xcb_atom_t property_of(const struct theirs *one, int index)
{
	const struct display *display = &one->attach->glue->display;

	switch (index) {
	case OWN_TITLE:
	case CLIENT_TITLE:
		return display_atom(display, ATOM__NET_WM_NAME);
	case CLIENT_STATE:
		return display_atom(display, ATOM_WM_STATE);
	default:
		return XCB_ATOM_WM_NAME;
	}
}

static xcb_window_t window_of(const struct theirs *one, int index)
{
	return index <= OWN_OLD_TITLE ? one->id : one->client;
}

static void on_answer(void *user, void *data)
{
	const struct name_query *query = user;
	struct theirs *one = query->one;
	const xcb_get_property_reply_t *reply = data;

	if (!reply)
		return;
	if (query->index == CLIENT_STATE) {
		one->managed = reply->type != XCB_NONE;
	} else {
		free(one->titles[query->index]);
		one->titles[query->index] = properties_title(one->attach->glue,
							     reply);
	}
	show_title(one);
}

static void ask(struct theirs *one, int index)
{
	struct display *display = &one->attach->glue->display;
	struct name_query *query = &one->queries[index];

	*query = (struct name_query){ one, index };
	display_expect(display,
		       xcb_get_property(display->connection, 0,
					window_of(one, index),
					property_of(one, index),
					XCB_GET_PROPERTY_TYPE_ANY, 0, WORDS_MAX)
			       .sequence,
		       on_answer, query);
}

void names_changed(struct attach *attach,
		   const xcb_property_notify_event_t *event)
{
	struct theirs *one;

	TAILQ_FOREACH(one, &attach->windows, link)
	for (int i = 0; i < NAMES; i++)
		if (window_of(one, i) == event->window &&
		    property_of(one, i) == event->atom)
			ask(one, i);
}

/* ---- the client's window in it ---- */

static void forget_client(struct theirs *one)
{
	for (int i = CLIENT_TITLE; i <= CLIENT_STATE; i++)
		display_forget(&one->attach->glue->display, &one->queries[i]);
	for (int i = CLIENT_TITLE; i <= CLIENT_OLD_TITLE; i++) {
		free(one->titles[i]);
		one->titles[i] = NULL;
	}
	one->client = XCB_NONE;
	one->managed = false;
}

static void set_client(struct theirs *one, xcb_window_t client)
{
	const uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE |
			      XCB_EVENT_MASK_STRUCTURE_NOTIFY;

	/* What else is put into the frame of a client is part of it. */
	if (one->client == client || one->managed)
		return;
	forget_client(one);
	one->client = client;
	xcb_change_window_attributes(one->attach->glue->display.connection,
				     client, XCB_CW_EVENT_MASK, &mask);
	for (int i = CLIENT_TITLE; i < NAMES; i++)
		ask(one, i);
}

void names_destroyed(struct attach *attach, xcb_window_t id)
{
	struct theirs *one;

	TAILQ_FOREACH(one, &attach->windows, link)
	{
		if (one->client != id)
			continue;
		forget_client(one);
		show_title(one);
	}
}

static void end_climb(struct climb *climb)
{
	LIST_REMOVE(climb, link);
	climb->attach->climbing--;
	free(climb);
}

static void on_parent(void *user, void *data);

static void climb_on(struct climb *climb, xcb_window_t at)
{
	struct attach *attach = climb->attach;
	struct display *display = &attach->glue->display;
	struct theirs *one = attach_find(attach, at);

	if (one)
		set_client(one, climb->client);
	if (one || at == XCB_NONE || at == display->root ||
	    climb->steps++ == DEPTH_MAX) {
		end_climb(climb);
		return;
	}
	display_expect(display,
		       xcb_query_tree(display->connection, at).sequence,
		       on_parent, climb);
}

static void on_parent(void *user, void *data)
{
	const xcb_query_tree_reply_t *reply = data;

	if (reply)
		climb_on(user, reply->parent);
	else
		end_climb(user);
}

void names_reparented(struct attach *attach, xcb_window_t id,
		      xcb_window_t parent)
{
	struct climb *climb;

	names_destroyed(attach, id);
	if (parent == attach->glue->display.root ||
	    attach->climbing == CLIMBS_MAX)
		return;
	climb = xcalloc(1, sizeof(*climb));
	*climb = (struct climb){ .attach = attach, .client = id };
	LIST_INSERT_HEAD(&attach->climbs, climb, link);
	attach->climbing++;
	climb_on(climb, parent);
}

/* ---- what was there before ---- */

static bool has_state(const struct attach *attach, xcb_window_t id)
{
	const struct display *display = &attach->glue->display;
	xcb_get_property_reply_t *reply = xcb_get_property_reply(
		display->connection,
		xcb_get_property(display->connection, 0, id,
				 display_atom(display, ATOM_WM_STATE),
				 XCB_GET_PROPERTY_TYPE_ANY, 0, 0),
		NULL);
	bool found = reply && reply->type != XCB_NONE;

	free(reply);
	return found;
}

/* Below that window; XCB_NONE: there is none. `left`: how many are looked at
 * yet. */
static xcb_window_t search(const struct attach *attach, xcb_window_t id,
			   int depth, int *left)
{
	xcb_connection_t *c = attach->glue->display.connection;
	xcb_query_tree_reply_t *tree = xcb_query_tree_reply(
		c, xcb_query_tree(c, id), NULL);
	const xcb_window_t *ids = tree ? xcb_query_tree_children(tree) : NULL;
	int count = tree ? xcb_query_tree_children_length(tree) : 0;
	xcb_window_t found = XCB_NONE;

	for (int i = 0; i < count && (*left)-- > 0 && !found; i++)
		if (has_state(attach, ids[i]))
			found = ids[i];
	if (depth == DEPTH_MAX)
		count = 0;
	for (int i = 0; i < count && !found && *left > 0; i++)
		found = search(attach, ids[i], depth + 1, left);
	free(tree);
	return found;
}

void names_search(struct theirs *one)
{
	int left = SEARCH_MAX;
	xcb_window_t client;

	if (has_state(one->attach, one->id))
		return;
	client = search(one->attach, one->id, 2, &left);
	if (client)
		set_client(one, client);
}

/* ---- life ---- */

void names_begin(struct theirs *one)
{
	const uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE;

	xcb_change_window_attributes(one->attach->glue->display.connection,
				     one->id, XCB_CW_EVENT_MASK, &mask);
	ask(one, OWN_TITLE);
	ask(one, OWN_OLD_TITLE);
}

void names_end(struct theirs *one)
{
	forget_client(one);
	for (int i = OWN_TITLE; i <= OWN_OLD_TITLE; i++) {
		display_forget(&one->attach->glue->display, &one->queries[i]);
		free(one->titles[i]);
	}
}

void names_finish(struct attach *attach)
{
	while (!LIST_EMPTY(&attach->climbs)) {
		struct climb *climb = LIST_FIRST(&attach->climbs);

		display_forget(&attach->glue->display, climb);
		end_climb(climb);
	}
}
