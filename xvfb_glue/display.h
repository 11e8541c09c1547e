/*
 * display: the connection to an X server.
 *
 * The event pump lives in the loop and never waits: requests that have answers
 * name a function that gets the answer when it comes (display_expect), errors
 * of other requests are expected (windows die at any moment) and only logged
 * for debugging. Requests are written at the end of the turn in which
 * display_flush was called; every event and answer does so by itself.
 *
 * Only while connecting is anything waited for.
 */
#ifndef XVFB_GLUE_DISPLAY_H
#define XVFB_GLUE_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xcb/xcb.h>

#include "atoms.h"
#include "base/loop.h"

enum display_atom {
#define DISPLAY_ATOM_INDEX(name, ...) ATOM_##name,
	DISPLAY_ATOMS(DISPLAY_ATOM_INDEX)
		DISPLAY_OTHER_ATOMS(DISPLAY_ATOM_INDEX)
#undef DISPLAY_ATOM_INDEX
			ATOMS,
};

enum {
	DISPLAY_LISTENERS_MAX = 12,
	COOKIE_BYTES = 16, /* of MIT-MAGIC-COOKIE-1 */
};

/* Each listener gets each event, also those of extensions. `type` is the
 * event's without the bit that says that a client sent it. */
typedef void display_event_fn(void *user, const xcb_generic_event_t *event,
			      uint8_t type);

/* `reply` is NULL when the request failed or the connection ended; it is freed
 * afterwards. */
typedef void display_reply_fn(void *user, void *reply);

struct display_wait {
	unsigned sequence;
	display_reply_fn *fn;
	void *user;
	struct display_wait *next;
};

struct display {
	struct loop *loop;
	xcb_connection_t *connection; /* NULL: not connected */
	const xcb_screen_t *screen;
	xcb_window_t root;
	char *name; /* ":1" */
	xcb_atom_t atoms[ATOMS];
	/* Own, unmapped, override-redirect, InputOnly: for selections and
	 * properties. */
	xcb_window_t window;
	/* The latest time of the server that an event told, ms; 0: none. */
	xcb_timestamp_t time;

	/* First events of extensions. */
	uint8_t damage_event, xfixes_event, shape_event, randr_event, xkb_event,
		sync_event;
	bool composite; /* windows can have pixels of their own */
	bool shared_pixmaps; /* MIT-SHM 1.2 with pixmaps in ZPixmap order */

	struct display_listener {
		display_event_fn *fn;
		void *user;
	} listeners[DISPLAY_LISTENERS_MAX];
	unsigned listener_count;

	struct display_wait *waits, **waits_end;
	struct loop_source *source;
	bool pump_deferred;
	void (*lost)(void *user);
	void *user;
};

/*
 * Connects. `cookie` (COOKIE_BYTES) NULL: what Xlib would use (XAUTHORITY).
 * `lost` is called once, deferred, when the connection ends by itself. False
 * with one log line: what is missing.
 */
bool display_connect(struct display *display, struct loop *loop,
		     const char *name, const uint8_t *cookie,
		     void (*lost)(void *user), void *user);

/* Fine when not connected. All who wait get NULL. */
void display_disconnect(struct display *display);

/* Called in the order of the calls, until the disconnection. */
void display_listen(struct display *display, display_event_fn *fn, void *user);

/* Calls fn with the answer to a request (cookie.sequence). */
void display_expect(struct display *display, unsigned sequence,
		    display_reply_fn *fn, void *user);
/* Answers that this user waits for go nowhere. */
void display_forget(struct display *display, const void *user);

/* Writes requests, and takes what was read meanwhile, at the end of this turn.
 * Also to be called after an xcb function that waited. */
void display_flush(struct display *display);

/* The same, now: events are dispatched from in here. */
void display_pump(struct display *display);

/* The name of an atom of ours. */
const char *display_atom_name(enum display_atom atom);

static inline xcb_atom_t display_atom(const struct display *display,
				      enum display_atom atom)
{
	return display->atoms[atom];
}

#endif
