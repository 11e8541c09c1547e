/*
 * To X programs: the conversions that ICCCM 2.6 asks an owner of a selection
 * for. Long texts go in pieces, each when the one before was taken.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"
#include "clipboard_private.h"

/* ---- owning ---- */

/* An owner has to say since when, in the time of the server: the notice of a
 * change of a property of ours tells it. */
void outgoing_claim(struct selection *selection)
{
	struct display *display = selection->clipboard->display;

	selection->wanted = true;
	xcb_change_property(display->connection, XCB_PROP_MODE_APPEND,
			    display->window,
			    display_atom(display, ATOM__NITPICKER_TIME),
			    XCB_ATOM_STRING, 8, 0, "");
	display_flush(display);
}

static void own_wanted(struct clipboard *clipboard, xcb_timestamp_t time)
{
	struct display *display = clipboard->display;

	for (unsigned i = 0; i < SELECTIONS; i++) {
		struct selection *selection = &clipboard->selections[i];

		if (!selection->wanted)
			continue;
		selection->wanted = false;
		selection->ours = true;
		selection->since = time;
		xcb_set_selection_owner(display->connection, display->window,
					selection->atom, time);
	}
	display_flush(display);
}

/* ---- answering ---- */

/* `property` XCB_NONE: refused. */
static void notify(struct clipboard *clipboard,
		   const xcb_selection_request_event_t *request,
		   xcb_atom_t property)
{
	struct display *display = clipboard->display;
	const xcb_selection_notify_event_t event = {
		.response_type = XCB_SELECTION_NOTIFY,
		.time = request->time,
		.requestor = request->requestor,
		.selection = request->selection,
		.target = request->target,
		.property = property,
	};

	xcb_send_event(display->connection, 0, request->requestor, 0,
		       (const char *)&event);
	display_flush(display);
}

static void put_text(struct clipboard *clipboard, xcb_window_t window,
		     xcb_atom_t property, xcb_atom_t type, const char *text,
		     size_t bytes)
{
	xcb_change_property(clipboard->display->connection,
			    XCB_PROP_MODE_REPLACE, window, property, type, 8,
			    (uint32_t)bytes, text);
}

/* The type of the answer; XCB_NONE: that target isn't text of ours. */
static xcb_atom_t text_type(const struct display *display, xcb_atom_t target)
{
	if (target == display_atom(display, ATOM_TEXT))
		return display_atom(display, ATOM_UTF8_STRING);
	if (target == display_atom(display, ATOM_UTF8_STRING) ||
	    target == display_atom(display, ATOM_PLAIN_UTF8) ||
	    target == display_atom(display, ATOM_PLAIN) ||
	    target == XCB_ATOM_STRING)
		return target;
	return XCB_NONE;
}

/* Latin-1, in place; what it lacks is a question mark. */
static size_t to_latin(char *text, size_t bytes)
{
	size_t used = 0;

	for (size_t at = 0, length; at < bytes; at += length) {
		uint32_t code = '?';

		length = utf8_decode(text + at, bytes - at, &code);
		length = length ? length : 1;
		text[used++] = (char)(code < 0x100 ? code : '?');
	}
	return used;
}

/* The desktop's text as that type, owned by the caller; NULL: we may not. */
static char *read_text(struct clipboard *clipboard, xcb_atom_t type,
		       size_t *bytes)
{
	char *text = nitpicker_clipboard_read(clipboard->nitpicker, bytes);

	if (text && type == XCB_ATOM_STRING)
		*bytes = to_latin(text, *bytes);
	return text;
}

static void put_targets(struct clipboard *clipboard, xcb_window_t window,
			xcb_atom_t property)
{
	const struct display *display = clipboard->display;
	const xcb_atom_t targets[] = {
		display_atom(display, ATOM_TARGETS),
		display_atom(display, ATOM_MULTIPLE),
		display_atom(display, ATOM_TIMESTAMP),
		display_atom(display, ATOM_UTF8_STRING),
		display_atom(display, ATOM_PLAIN_UTF8),
		display_atom(display, ATOM_PLAIN),
		display_atom(display, ATOM_TEXT),
		XCB_ATOM_STRING,
	};

	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE, window,
			    property, XCB_ATOM_ATOM, 32, array_size(targets),
			    targets);
}

/* What isn't the text itself. False: it is no such target. */
static bool put_about(struct clipboard *clipboard,
		      const struct selection *selection, xcb_window_t window,
		      xcb_atom_t property, xcb_atom_t target)
{
	const struct display *display = clipboard->display;

	if (target == display_atom(display, ATOM_TARGETS)) {
		put_targets(clipboard, window, property);
		return true;
	}
	if (target != display_atom(display, ATOM_TIMESTAMP))
		return false;
	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE, window,
			    property, XCB_ATOM_INTEGER, 32, 1,
			    &selection->since);
	return true;
}

/* ---- long texts ---- */

static void transfer_end(struct transfer *transfer)
{
	struct clipboard *clipboard = transfer->clipboard;
	struct transfer **at = &clipboard->transfers;

	while (*at != transfer)
		at = &(*at)->next;
	*at = transfer->next;
	clipboard->transfer_count--;
	if (clipboard->display->connection)
		display_forget(clipboard->display, transfer);
	timer_finish(&transfer->stalled);
	free(transfer->text);
	free(transfer);
}

static void on_stalled(void *user)
{
	struct transfer *transfer = user;

	log_info("an X program does not take the rest of a long text");
	transfer_end(transfer);
}

static void next_piece(struct transfer *transfer)
{
	size_t bytes = transfer->bytes - transfer->sent;

	if (bytes > CLIPBOARD_CHUNK)
		bytes = CLIPBOARD_CHUNK;
	put_text(transfer->clipboard, transfer->window, transfer->property,
		 transfer->type, transfer->text + transfer->sent, bytes);
	transfer->sent += bytes;
	display_flush(transfer->clipboard->display);
	if (!bytes)
		transfer_end(transfer);
	else
		timer_set_in(&transfer->stalled, CLIPBOARD_STALLED_NS);
}

/* We may already listen to other events of that window. */
static void got_attributes(void *user, void *data)
{
	struct transfer *transfer = user;
	struct display *display = transfer->clipboard->display;
	const xcb_get_window_attributes_reply_t *reply = data;
	uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE;
	uint32_t bytes = (uint32_t)transfer->bytes;

	if (!reply) {
		transfer_end(transfer);
		return;
	}
	mask |= reply->your_event_mask;
	xcb_change_window_attributes(display->connection, transfer->window,
				     XCB_CW_EVENT_MASK, &mask);
	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE,
			    transfer->window, transfer->property,
			    display_atom(display, ATOM_INCR), 32, 1, &bytes);
	transfer->begun = true;
	notify(transfer->clipboard, &transfer->request, transfer->property);
}

/* Takes the text over. */
static void transfer_begin(struct clipboard *clipboard,
			   const xcb_selection_request_event_t *request,
			   xcb_atom_t property, xcb_atom_t type, char *text,
			   size_t bytes)
{
	struct display *display = clipboard->display;
	struct transfer *transfer = xcalloc(1, sizeof(*transfer));

	*transfer = (struct transfer){
		.clipboard = clipboard,
		.window = request->requestor,
		.property = property,
		.type = type,
		.request = *request,
		.text = text,
		.bytes = bytes,
		.next = clipboard->transfers,
	};
	clipboard->transfers = transfer;
	clipboard->transfer_count++;
	timer_init(&transfer->stalled, display->loop, on_stalled, transfer);
	timer_set_in(&transfer->stalled, CLIPBOARD_STALLED_NS);
	display_expect(
		display,
		xcb_get_window_attributes(display->connection, transfer->window)
			.sequence,
		got_attributes, transfer);
}

void outgoing_property(struct clipboard *clipboard,
		       const xcb_property_notify_event_t *event)
{
	const struct display *display = clipboard->display;
	struct transfer *transfer, *next;

	if (event->window == display->window &&
	    event->atom == display_atom(display, ATOM__NITPICKER_TIME))
		own_wanted(clipboard, event->time);
	if (event->state != XCB_PROPERTY_DELETE)
		return;
	for (transfer = clipboard->transfers; transfer; transfer = next) {
		next = transfer->next;
		if (transfer->begun && transfer->window == event->window &&
		    transfer->property == event->atom)
			next_piece(transfer);
	}
}

/* ---- several targets at once ---- */

struct pairs {
	struct clipboard *clipboard;
	struct selection *selection;
	xcb_selection_request_event_t request;
};

/* False: that one is refused. Long texts are, here. */
static bool put_one(struct pairs *pairs, xcb_atom_t target, xcb_atom_t property)
{
	struct clipboard *clipboard = pairs->clipboard;
	xcb_window_t window = pairs->request.requestor;
	xcb_atom_t type = text_type(clipboard->display, target);
	size_t bytes;
	char *text;
	bool well;

	if (!type)
		return put_about(clipboard, pairs->selection, window, property,
				 target);
	text = read_text(clipboard, type, &bytes);
	well = text && bytes <= CLIPBOARD_CHUNK;
	if (well)
		put_text(clipboard, window, property, type, text, bytes);
	free(text);
	return well;
}

static void got_pairs(void *user, void *data)
{
	struct pairs *pairs = user;
	xcb_get_property_reply_t *reply = data;
	const xcb_selection_request_event_t *request = &pairs->request;
	xcb_atom_t atoms[CLIPBOARD_PAIRS * 2];
	struct display *display;
	unsigned count = 0;

	if (!reply) { /* perhaps at the end of it all */
		free(pairs);
		return;
	}
	display = pairs->clipboard->display;
	if (reply->format == 32)
		count = (unsigned)xcb_get_property_value_length(reply) /
			sizeof(atoms[0]) / 2 * 2;
	if (count)
		memcpy(atoms, xcb_get_property_value(reply),
		       count * sizeof(atoms[0]));
	for (unsigned i = 0; i < count; i += 2)
		if (!put_one(pairs, atoms[i], atoms[i + 1]))
			atoms[i + 1] = XCB_NONE;
	if (count)
		xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE,
				    request->requestor, request->property,
				    display_atom(display, ATOM_ATOM_PAIR), 32,
				    count, atoms);
	notify(pairs->clipboard, request, count ? request->property : XCB_NONE);
	free(pairs);
}

static void put_several(struct clipboard *clipboard,
			struct selection *selection,
			const xcb_selection_request_event_t *request)
{
	struct display *display = clipboard->display;
	struct pairs *pairs = xcalloc(1, sizeof(*pairs));

	*pairs = (struct pairs){ clipboard, selection, *request };
	display_expect(display,
		       xcb_get_property(display->connection, 0,
					request->requestor, request->property,
					display_atom(display, ATOM_ATOM_PAIR),
					0, CLIPBOARD_PAIRS * 2)
			       .sequence,
		       got_pairs, pairs);
}

/* ---- one target ---- */

static void put_whole(struct clipboard *clipboard,
		      const xcb_selection_request_event_t *request,
		      xcb_atom_t property, xcb_atom_t type)
{
	size_t bytes = 0;
	char *text = read_text(clipboard, type, &bytes);

	if (text && bytes > CLIPBOARD_CHUNK &&
	    clipboard->transfer_count < CLIPBOARD_TRANSFERS) {
		transfer_begin(clipboard, request, property, type, text, bytes);
		return;
	}
	if (text && bytes <= CLIPBOARD_CHUNK) {
		put_text(clipboard, request->requestor, property, type, text,
			 bytes);
		notify(clipboard, request, property);
	} else {
		notify(clipboard, request, XCB_NONE);
	}
	free(text);
}

void outgoing_request(struct clipboard *clipboard,
		      const xcb_selection_request_event_t *request)
{
	const struct display *display = clipboard->display;
	/* Old programs name no property: then it is the target. */
	xcb_atom_t property = request->property ? request->property
						: request->target;
	xcb_atom_t type = text_type(display, request->target);
	struct selection *selection = NULL;

	for (unsigned i = 0; i < SELECTIONS; i++)
		if (clipboard->selections[i].used &&
		    clipboard->selections[i].atom == request->selection)
			selection = &clipboard->selections[i];
	if (!selection)
		return; /* one of somebody else, in this program */
	if (request->target == display_atom(display, ATOM_MULTIPLE) &&
	    request->property)
		put_several(clipboard, selection, request);
	else if (type)
		put_whole(clipboard, request, property, type);
	else
		notify(clipboard, request,
		       put_about(clipboard, selection, request->requestor,
				 property, request->target)
			       ? property
			       : XCB_NONE);
}

void outgoing_finish(struct clipboard *clipboard)
{
	while (clipboard->transfers)
		transfer_end(clipboard->transfers);
}
