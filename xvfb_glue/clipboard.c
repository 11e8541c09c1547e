#include "clipboard_private.h"

#include <stdlib.h>
#include <xcb/xfixes.h>

#include "base/alloc.h"

static struct selection *find(struct clipboard *clipboard, xcb_atom_t atom)
{
	for (unsigned i = 0; i < SELECTIONS; i++)
		if (clipboard->selections[i].used &&
		    clipboard->selections[i].atom == atom)
			return &clipboard->selections[i];
	return NULL;
}

static void owner_changed(struct clipboard *clipboard,
			  const xcb_xfixes_selection_notify_event_t *event)
{
	struct selection *selection = find(clipboard, event->selection);

	if (!selection)
		return;
	selection->ours = event->owner == clipboard->display->window;
	if (selection->ours)
		return;
	/* Who offered is gone: the desktop still has the text. */
	if (event->subtype != XCB_XFIXES_SELECTION_EVENT_SET_SELECTION_OWNER ||
	    !event->owner) {
		if (clipboard->has_text)
			outgoing_claim(selection);
	} else if (clipboard->focused) {
		incoming_begin(selection, event->selection_timestamp);
	}
}

static void on_event(void *user, const xcb_generic_event_t *event, uint8_t type)
{
	struct clipboard *clipboard = user;

	switch (type) {
	case XCB_SELECTION_NOTIFY:
		incoming_notify(clipboard,
				(const xcb_selection_notify_event_t *)event);
		return;
	case XCB_SELECTION_REQUEST:
		outgoing_request(clipboard,
				 (const xcb_selection_request_event_t *)event);
		return;
	case XCB_PROPERTY_NOTIFY:
		incoming_property(clipboard,
				  (const xcb_property_notify_event_t *)event);
		outgoing_property(clipboard,
				  (const xcb_property_notify_event_t *)event);
		return;
	default:
		break;
	}
	if (type ==
	    clipboard->display->xfixes_event + XCB_XFIXES_SELECTION_NOTIFY)
		owner_changed(
			clipboard,
			(const xcb_xfixes_selection_notify_event_t *)event);
}

void clipboard_changed(struct clipboard *clipboard)
{
	clipboard->has_text = true;
	for (unsigned i = 0; i < SELECTIONS; i++)
		if (clipboard->selections[i].used)
			outgoing_claim(&clipboard->selections[i]);
}

void clipboard_focus(struct clipboard *clipboard, bool focused)
{
	clipboard->focused = focused;
}

struct clipboard *clipboard_create(struct display *display,
				   struct nitpicker *nitpicker, bool primary)
{
	const uint32_t mask =
		XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER |
		XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_WINDOW_DESTROY |
		XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_CLIENT_CLOSE;
	const xcb_atom_t atoms[SELECTIONS] = {
		display_atom(display, ATOM_CLIPBOARD), XCB_ATOM_PRIMARY
	};
	struct clipboard *clipboard = xcalloc(1, sizeof(*clipboard));

	clipboard->display = display;
	clipboard->nitpicker = nitpicker;
	for (unsigned i = 0; i < SELECTIONS; i++) {
		struct selection *selection = &clipboard->selections[i];

		selection->clipboard = clipboard;
		selection->atom = atoms[i];
		selection->used = i != SELECTION_PRIMARY || primary;
		incoming_init(selection);
		if (selection->used)
			xcb_xfixes_select_selection_input(display->connection,
							  display->window,
							  atoms[i], mask);
	}
	display_listen(display, on_event, clipboard);
	display_flush(display);
	return clipboard;
}

void clipboard_destroy(struct clipboard *clipboard)
{
	if (!clipboard)
		return;
	if (clipboard->display->connection)
		display_forget(clipboard->display, clipboard);
	for (unsigned i = 0; i < SELECTIONS; i++)
		incoming_finish(&clipboard->selections[i]);
	outgoing_finish(clipboard);
	free(clipboard);
}
