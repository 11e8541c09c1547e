#include "display.h"

#include <stdlib.h>
#include <string.h>
#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/randr.h>
#include <xcb/shape.h>
#include <xcb/shm.h>
#include <xcb/sync.h>
#include <xcb/xfixes.h>
#include <xcb/xcbext.h>
#define explicit explicit_
#include <xcb/xkb.h>
#undef explicit
#include <xcb/xtest.h>

#include "base/alloc.h"
#include "base/log.h"

static const char *const atom_names[ATOMS] = {
#define DISPLAY_ATOM_NAME(name) [ATOM_##name] = #name,
	DISPLAY_ATOMS(DISPLAY_ATOM_NAME)
#undef DISPLAY_ATOM_NAME
#define DISPLAY_OTHER_NAME(name, words) [ATOM_##name] = words,
		DISPLAY_OTHER_ATOMS(DISPLAY_OTHER_NAME)
#undef DISPLAY_OTHER_NAME
};

const char *display_atom_name(enum display_atom atom)
{
	return atom_names[atom];
}

/* ---- answers ---- */

void display_expect(struct display *display, unsigned sequence,
		    display_reply_fn *fn, void *user)
{
	struct display_wait *wait = xcalloc(1, sizeof(*wait));

	*wait = (struct display_wait){ .sequence = sequence,
				       .fn = fn,
				       .user = user };
	*display->waits_end = wait;
	display->waits_end = &wait->next;
	display_flush(display);
}

static void ignore_reply(void *user, void *reply)
{
	(void)user;
	(void)reply;
}

void display_forget(struct display *display, const void *user)
{
	struct display_wait *wait;

	for (wait = display->waits; wait; wait = wait->next)
		if (wait->user == user)
			wait->fn = ignore_reply;
}

static void log_failure(const xcb_generic_error_t *error)
{
	log_debug("X error %u of request %u.%u on 0x%x", error->error_code,
		  error->major_code, error->minor_code, error->resource_id);
}

/* Takes the first one out of the list, answered. */
static void answer_first(struct display *display, void *reply)
{
	struct display_wait *wait = display->waits;

	display->waits = wait->next;
	if (!display->waits)
		display->waits_end = &display->waits;
	wait->fn(wait->user, reply);
	free(reply);
	free(wait);
}

/* Answers come in the order of the requests. True: there was one. */
static bool take_reply(struct display *display)
{
	xcb_generic_error_t *error = NULL;
	void *reply = NULL;

	if (!display->waits ||
	    !xcb_poll_for_reply(display->connection, display->waits->sequence,
				&reply, &error))
		return false;
	if (error)
		log_failure(error);
	free(error);
	answer_first(display, reply);
	return true;
}

/* ---- events ---- */

static xcb_timestamp_t time_of(const struct display *display,
			       const xcb_generic_event_t *event, uint8_t type)
{
	switch (type) {
	case XCB_KEY_PRESS:
	case XCB_KEY_RELEASE:
	case XCB_BUTTON_PRESS:
	case XCB_BUTTON_RELEASE:
	case XCB_MOTION_NOTIFY:
	case XCB_ENTER_NOTIFY:
	case XCB_LEAVE_NOTIFY:
		return ((const xcb_key_press_event_t *)event)->time;
	case XCB_PROPERTY_NOTIFY:
		return ((const xcb_property_notify_event_t *)event)->time;
	default:
		break;
	}
	if (type == display->damage_event + XCB_DAMAGE_NOTIFY)
		return ((const xcb_damage_notify_event_t *)event)->timestamp;
	return 0;
}

static void dispatch(struct display *display, const xcb_generic_event_t *event)
{
	uint8_t type = event->response_type & 0x7f;
	xcb_timestamp_t time = time_of(display, event, type);

	if (!type) {
		log_failure((const xcb_generic_error_t *)event);
		return;
	}
	if (time)
		display->time = time;
	for (unsigned i = 0; i < display->listener_count; i++)
		display->listeners[i].fn(display->listeners[i].user, event,
					 type);
}

typedef xcb_generic_event_t *poll_fn(xcb_connection_t *connection);

static bool take_event(struct display *display, poll_fn *poll)
{
	xcb_generic_event_t *event = poll(display->connection);

	if (!event)
		return false;
	dispatch(display, event);
	free(event);
	return true;
}

static void ended(struct display *display)
{
	loop_remove(display->source);
	display->source = NULL;
	if (display->lost)
		display->lost(display->user);
}

/* Who reads answers also reads events, and the other way round. True: there was
 * one of them. */
static bool take_all(struct display *display, poll_fn *poll)
{
	bool any = false, more = true;

	while (more && display->source) {
		more = take_event(display, poll);
		while (display->source && take_reply(display))
			more = true;
		any |= more;
	}
	return any;
}

void display_pump(struct display *display)
{
	take_all(display, xcb_poll_for_event);
	/* Who writes reads, too, and for what was read so nothing wakes us. */
	do {
		if (!display->source)
			return;
		xcb_flush(display->connection);
	} while (take_all(display, xcb_poll_for_queued_event));
	if (display->source && xcb_connection_has_error(display->connection))
		ended(display);
}

static void on_readable(void *user, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	display_pump(user);
	display_flush(user);
}

static void pump_later(void *user)
{
	struct display *display = user;

	display->pump_deferred = false;
	display_pump(display);
}

void display_flush(struct display *display)
{
	if (display->pump_deferred || !display->source)
		return;
	display->pump_deferred = true;
	loop_defer(display->loop, pump_later, display);
}

void display_listen(struct display *display, display_event_fn *fn, void *user)
{
	if (display->listener_count == DISPLAY_LISTENERS_MAX)
		abort();
	display->listeners[display->listener_count++] =
		(struct display_listener){ .fn = fn, .user = user };
}

/* ---- connecting ---- */

static bool intern_atoms(struct display *display)
{
	xcb_connection_t *c = display->connection;
	xcb_intern_atom_cookie_t cookies[ATOMS];
	bool all = true;

	for (int i = 0; i < ATOMS; i++)
		cookies[i] = xcb_intern_atom(
			c, 0, (uint16_t)strlen(atom_names[i]), atom_names[i]);
	for (int i = 0; i < ATOMS; i++) {
		xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply(
			c, cookies[i], NULL);

		display->atoms[i] = reply ? reply->atom : XCB_ATOM_NONE;
		all &= reply != NULL;
		free(reply);
	}
	return all;
}

static bool has(xcb_connection_t *c, xcb_extension_t *id, const char *name,
		uint8_t *first_event)
{
	const xcb_query_extension_reply_t *data = xcb_get_extension_data(c, id);

	if (!data || !data->present) {
		log_error("the X server has no %s extension", name);
		return false;
	}
	if (first_event)
		*first_event = data->first_event;
	return true;
}

/* Some extensions do nothing for clients that did not tell their version. */
static void tell_versions(struct display *display)
{
	xcb_connection_t *c = display->connection;
	xcb_shm_query_version_reply_t *shm;

	free(xcb_damage_query_version_reply(
		c, xcb_damage_query_version(c, 1, 1), NULL));
	free(xcb_xfixes_query_version_reply(
		c, xcb_xfixes_query_version(c, 5, 0), NULL));
	if (display->composite)
		free(xcb_composite_query_version_reply(
			c, xcb_composite_query_version(c, 0, 4), NULL));
	free(xcb_randr_query_version_reply(c, xcb_randr_query_version(c, 1, 5),
					   NULL));
	free(xcb_sync_initialize_reply(c, xcb_sync_initialize(c, 3, 1), NULL));
	free(xcb_xkb_use_extension_reply(c, xcb_xkb_use_extension(c, 1, 0),
					 NULL));
	shm = xcb_shm_query_version_reply(c, xcb_shm_query_version(c), NULL);
	display->shared_pixmaps = shm && shm->shared_pixmaps &&
				  shm->pixmap_format ==
					  XCB_IMAGE_FORMAT_Z_PIXMAP &&
				  (shm->major_version > 1 ||
				   shm->minor_version >= 2);
	free(shm);
	/* Others may grab the server: we go on. */
	xcb_test_grab_control(c, 1);
}

static bool has_extensions(struct display *display)
{
	xcb_connection_t *c = display->connection;
	const xcb_query_extension_reply_t *composite = xcb_get_extension_data(
		c, &xcb_composite_id);

	display->composite = composite && composite->present;

	return has(c, &xcb_damage_id, "DAMAGE", &display->damage_event) &&
	       has(c, &xcb_xfixes_id, "XFIXES", &display->xfixes_event) &&
	       has(c, &xcb_shape_id, "SHAPE", &display->shape_event) &&
	       has(c, &xcb_randr_id, "RANDR", &display->randr_event) &&
	       has(c, &xcb_xkb_id, "XKEYBOARD", &display->xkb_event) &&
	       has(c, &xcb_sync_id, "SYNC", &display->sync_event) &&
	       has(c, &xcb_shm_id, "MIT-SHM", NULL) &&
	       has(c, &xcb_test_id, "XTEST", NULL);
}

static xcb_connection_t *connect_to(const char *name, const uint8_t *cookie)
{
	static char method[] = "MIT-MAGIC-COOKIE-1";
	uint8_t data[COOKIE_BYTES];
	xcb_auth_info_t auth = { .namelen = sizeof(method) - 1,
				 .name = method,
				 .datalen = sizeof(data),
				 .data = (char *)data };

	if (!cookie)
		return xcb_connect(name, NULL);
	memcpy(data, cookie, sizeof(data));
	return xcb_connect_to_display_with_auth_info(name, &auth, NULL);
}

static void make_window(struct display *display)
{
	uint32_t values[] = { 1, XCB_EVENT_MASK_PROPERTY_CHANGE };

	display->window = xcb_generate_id(display->connection);
	xcb_create_window(display->connection, 0, display->window,
			  display->root, -8, -8, 1, 1, 0,
			  XCB_WINDOW_CLASS_INPUT_ONLY, 0,
			  XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values);
}

bool display_connect(struct display *display, struct loop *loop,
		     const char *name, const uint8_t *cookie,
		     void (*lost)(void *user), void *user)
{
	*display = (struct display){ .loop = loop,
				     .lost = lost,
				     .user = user,
				     .waits_end = &display->waits };
	display->connection = connect_to(name, cookie);
	if (xcb_connection_has_error(display->connection)) {
		log_error("no X server answers at %s", name);
		display_disconnect(display);
		return false;
	}
	display->name = xstrdup(name);
	display->screen = xcb_setup_roots_iterator(
				  xcb_get_setup(display->connection))
				  .data;
	display->root = display->screen->root;
	if (!has_extensions(display) || !intern_atoms(display)) {
		display_disconnect(display);
		return false;
	}
	tell_versions(display);
	make_window(display);
	display->source = loop_add_fd(
		loop, xcb_get_file_descriptor(display->connection), LOOP_READ,
		on_readable, display);
	display_flush(display);
	return true;
}

void display_disconnect(struct display *display)
{
	if (!display->connection)
		return;
	loop_undefer(display->loop, display);
	loop_remove(display->source);
	display->source = NULL;
	while (display->waits)
		answer_first(display, NULL);
	xcb_disconnect(display->connection);
	free(display->name);
	*display = (struct display){ 0 };
}
