/*
 * From X programs: the owner of a selection is asked for its text, which may
 * come in pieces (ICCCM 2.7.2, "INCR Properties").
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"
#include "clipboard_private.h"

static void reset(struct selection *selection)
{
	timer_cancel(&selection->stalled);
	free(selection->text);
	selection->text = NULL;
	selection->bytes = 0;
	selection->pieces = false;
	selection->state = INCOMING_NONE;
}

static void give_up(struct selection *selection, const char *why)
{
	struct display *display = selection->clipboard->display;

	log_info("%s of an X program: %s", display->name, why);
	xcb_delete_property(display->connection, display->window,
			    selection->atom);
	display_flush(display);
	reset(selection);
}

static void on_stalled(void *user)
{
	give_up(user, "its selection does not come");
}

/* ---- a whole text ---- */

/* STRING is Latin-1. */
static char *from_latin(const char *text, size_t *bytes)
{
	char *out = xcalloc(*bytes * 2 + 1, 1);
	size_t used = 0;

	for (size_t i = 0; i < *bytes; i++)
		used += utf8_encode((unsigned char)text[i], out + used);
	*bytes = used;
	return out;
}

static void offer(struct selection *selection, const char *text, size_t bytes)
{
	struct clipboard *clipboard = selection->clipboard;

	/* Some count the end of a C string in. */
	while (bytes && !text[bytes - 1])
		bytes--;
	if (bytes > LIMIT_CLIPBOARD || !utf8_is_text(text, bytes)) {
		log_info("what an X program selects is no text, or too long");
		return;
	}
	/* Denied without the focus: then nobody asked for it. */
	if (bytes && nitpicker_clipboard_offer(clipboard->nitpicker, text,
					       bytes) == WIRE_OK)
		clipboard->has_text = true;
}

static void complete(struct selection *selection)
{
	size_t bytes = selection->bytes;
	char *latin;

	if (!selection->text) {
		/* nothing is selected */
	} else if (selection->latin) {
		latin = from_latin(selection->text, &bytes);
		offer(selection, latin, bytes);
		free(latin);
	} else {
		offer(selection, selection->text, bytes);
	}
	reset(selection);
}

static bool append(struct selection *selection, const void *bytes, size_t count)
{
	char *grown;

	if (count > LIMIT_CLIPBOARD - selection->bytes)
		return false;
	grown = realloc(selection->text, selection->bytes + count + 1);
	if (!grown)
		return false;
	memcpy(grown + selection->bytes, bytes, count);
	selection->text = grown;
	selection->bytes += count;
	return true;
}

/* ---- the property ---- */

static void got_property(void *user, void *data)
{
	struct selection *selection = user;
	struct display *display = selection->clipboard->display;
	const xcb_get_property_reply_t *reply = data;
	size_t count = reply ? (size_t)xcb_get_property_value_length(reply) : 0;

	if (selection->state != INCOMING_READING)
		return;
	if (!reply || reply->bytes_after) {
		give_up(selection, "its selection is too long");
		return;
	}
	timer_set_in(&selection->stalled, CLIPBOARD_STALLED_NS);
	if (reply->type == display_atom(display, ATOM_INCR) &&
	    !selection->pieces) {
		selection->pieces = true;
		selection->state = INCOMING_PIECES;
	} else if (selection->pieces && !count) {
		complete(selection); /* so says an empty piece */
	} else if (reply->format != 8 ||
		   !append(selection, xcb_get_property_value(reply), count)) {
		give_up(selection, "its selection is no text, or too long");
	} else if (selection->pieces) {
		selection->state = INCOMING_PIECES;
	} else {
		complete(selection);
	}
}

/* Taking it away asks for the next piece. */
static void read_property(struct selection *selection)
{
	struct display *display = selection->clipboard->display;

	selection->state = INCOMING_READING;
	display_expect(display,
		       xcb_get_property(display->connection, 1, display->window,
					selection->atom, XCB_ATOM_ANY, 0,
					LIMIT_CLIPBOARD / 4 + 1)
			       .sequence,
		       got_property, selection);
}

void incoming_property(struct clipboard *clipboard,
		       const xcb_property_notify_event_t *event)
{
	if (event->window != clipboard->display->window ||
	    event->state != XCB_PROPERTY_NEW_VALUE)
		return;
	for (unsigned i = 0; i < SELECTIONS; i++) {
		struct selection *selection = &clipboard->selections[i];

		if (selection->atom == event->atom &&
		    selection->state == INCOMING_PIECES)
			read_property(selection);
	}
}

/* ---- asking ---- */

static void ask(struct selection *selection)
{
	struct display *display = selection->clipboard->display;

	selection->state = INCOMING_ASKED;
	timer_set_in(&selection->stalled, CLIPBOARD_STALLED_NS);
	xcb_convert_selection(
		display->connection, display->window, selection->atom,
		selection->latin ? XCB_ATOM_STRING
				 : display_atom(display, ATOM_UTF8_STRING),
		selection->atom, selection->changed);
	display_flush(display);
}

void incoming_notify(struct clipboard *clipboard,
		     const xcb_selection_notify_event_t *event)
{
	for (unsigned i = 0; i < SELECTIONS; i++) {
		struct selection *selection = &clipboard->selections[i];

		if (selection->atom != event->selection ||
		    selection->state != INCOMING_ASKED ||
		    event->requestor != clipboard->display->window ||
		    event->time != selection->changed)
			continue;
		if (event->property) {
			read_property(selection);
		} else if (!selection->latin) {
			selection->latin = true;
			ask(selection);
		} else {
			reset(selection); /* a picture, say */
		}
	}
}

static void on_pause_over(void *user)
{
	struct selection *selection = user;

	if (!selection->ours && selection->clipboard->focused)
		ask(selection);
}

void incoming_begin(struct selection *selection, xcb_timestamp_t time)
{
	reset(selection);
	selection->wanted = false;
	selection->latin = false;
	selection->changed = time;
	if (selection->atom == XCB_ATOM_PRIMARY)
		timer_set_in(&selection->pause, CLIPBOARD_PRIMARY_NS);
	else
		ask(selection);
}

void incoming_init(struct selection *selection)
{
	struct loop *loop = selection->clipboard->display->loop;

	timer_init(&selection->stalled, loop, on_stalled, selection);
	timer_init(&selection->pause, loop, on_pause_over, selection);
}

void incoming_finish(struct selection *selection)
{
	struct display *display = selection->clipboard->display;

	if (display->connection)
		display_forget(display, selection);
	free(selection->text);
	timer_finish(&selection->stalled);
	timer_finish(&selection->pause);
}
