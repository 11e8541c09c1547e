/*
 * The life of a wire and the dispatch of what arrives.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/protocol.h"
#include "session/wire_private.h"

static void free_pending(struct wire_pending *pending)
{
	while (pending) {
		struct wire_pending *next = pending->next;

		/* Those of wire_call live on its stack. */
		if (pending->fn)
			free(pending);
		pending = next;
	}
}

static void disconnect(struct wire *wire)
{
	loop_remove(wire->source);
	wire->source = NULL;
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
	parcels_clear(&wire->queue);
}

static void release(struct wire *wire)
{
	free(wire->reason);
	free(wire->label);
	free(wire);
}

void wire_destroy(struct wire *wire)
{
	if (!wire)
		return;
	assert(!wire->destroyed);
	loop_undefer(wire->loop, wire);
	disconnect(wire);
	parcels_clear(&wire->kept);
	free_pending(wire->pending);
	free_pending(wire->refused);
	wire->pending = wire->refused = NULL;
	wire->over = true;
	wire->destroyed = true;
	if (!wire->depth)
		release(wire);
}

/* Callbacks may destroy the wire: false when one did, and it is freed. */
static void enter(struct wire *wire)
{
	wire->depth++;
}

static bool leave(struct wire *wire)
{
	wire->depth--;
	if (!wire->destroyed)
		return true;
	if (!wire->depth)
		release(wire);
	return false;
}

/* ---- requests without an answer ---- */

struct wire_pending *wire_take_pending(struct wire *wire, uint32_t serial)
{
	for (struct wire_pending **link = &wire->pending; *link;
	     link = &(*link)->next) {
		struct wire_pending *pending = *link;

		if (pending->serial != serial)
			continue;
		*link = pending->next;
		wire->pending_count--;
		return pending;
	}
	return NULL;
}

void wire_add_pending(struct wire *wire, struct wire_pending *pending)
{
	struct wire_pending **link = &wire->pending;

	while (*link)
		link = &(*link)->next;
	pending->next = NULL;
	*link = pending;
	wire->pending_count++;
}

static void report_refused(void *user)
{
	struct wire *wire = user;

	enter(wire);
	while (wire->refused) {
		struct wire_pending *pending = wire->refused;

		wire->refused = pending->next;
		pending->fn(pending->user, pending->status, NULL);
		free(pending);
	}
	leave(wire);
}

void wire_request(struct wire *wire, uint16_t opcode, const void *body,
		  const void *elements, size_t element_count, int fd,
		  wire_answer_fn *fn, void *user)
{
	struct wire_pending *pending = xcalloc(1, sizeof(*pending));
	struct wire_pending **link = &wire->refused;

	*pending = (struct wire_pending){
		.serial = wire_next_serial(wire),
		.opcode = opcode,
		.fn = fn,
		.user = user,
	};
	if (wire->pending_count < WIRE_PENDING_MAX &&
	    wire_send(wire, opcode, pending->serial, body, elements,
		      element_count, fd)) {
		wire_add_pending(wire, pending);
		return;
	}
	pending->status = wire->over || wire->mute ? WIRE_GONE : WIRE_BUSY;
	if (!wire->refused)
		loop_defer(wire->loop, report_refused, wire);
	while (*link)
		link = &(*link)->next;
	*link = pending;
}

/* ---- the end ---- */

static void report_end(void *user)
{
	struct wire *wire = user;

	enter(wire);
	while (wire->pending) {
		struct wire_pending *pending = wire_take_pending(
			wire, wire->pending->serial);

		if (pending->fn) {
			pending->fn(pending->user, WIRE_GONE, NULL);
			free(pending);
		}
	}
	if (!wire->destroyed && wire->handler->closed)
		wire->handler->closed(wire->user, wire->reason);
	leave(wire);
}

void wire_end(struct wire *wire, const char *reason)
{
	if (wire->over)
		return;
	wire->over = true;
	wire->reason = xstrdup(reason);
	disconnect(wire);
	parcels_clear(&wire->kept);
	loop_defer(wire->loop, report_end, wire);
}

void wire_fail(struct wire *wire, const char *reason)
{
	if (wire->over)
		return;
	log_warning("session of %s (%s) ended: %s", wire->label,
		    wire->protocol->name, reason);
	wire_end(wire, reason);
}

/* ---- dispatch ---- */

/* `fd` is closed unless it was taken. */
static void dispatch(struct wire *wire, const void *bytes, size_t length,
		     int fd)
{
	struct wire_packet packet = wire_unpack(wire, bytes, length, fd);
	struct wire_pending *pending;

	if (packet.message->kind != WIRE_ANSWER) {
		wire->handler->message(wire->user, &packet);
	} else {
		enum wire_status status = wire_packet_status(&packet);
		bool bare = packet.message->opcode == OP_wire_answer;

		pending = wire_take_pending(wire, packet.serial);
		assert(pending && pending->fn);
		pending->fn(pending->user, status, bare ? NULL : &packet);
		free(pending);
	}
	if (packet.fd >= 0)
		close(packet.fd);
}

/* One message: kept ones first. False when there is none. */
static bool dispatch_next(struct wire *wire)
{
	struct wire_parcel *parcel = parcels_take(&wire->kept);
	struct wire_buffer in;

	if (parcel) {
		dispatch(wire, parcel->bytes, parcel->length, parcel->fd);
		free(parcel);
		return true;
	}
	if (wire_receive(wire, &in) != WIRE_RECEIVED)
		return false;
	dispatch(wire, in.bytes, in.length, in.fd);
	return true;
}

static void turn(struct wire *wire)
{
	enter(wire);
	wire->resting = false;
	for (int i = 0; i < WIRE_TURN_MAX && !wire->over && !wire->resting;
	     i++) {
		if (!dispatch_next(wire))
			break;
	}
	if (leave(wire) && wire->kept.count)
		wire_defer_kept(wire);
}

void wire_rest(struct wire *wire)
{
	wire->resting = true;
}

static void dispatch_kept(void *user)
{
	struct wire *wire = user;

	wire->kept_deferred = false;
	turn(wire);
}

void wire_defer_kept(struct wire *wire)
{
	if (wire->kept_deferred)
		return;
	wire->kept_deferred = true;
	loop_defer(wire->loop, dispatch_kept, wire);
}

static void ready(void *user, int fd, uint32_t events)
{
	struct wire *wire = user;

	(void)fd;
	enter(wire);
	if (events & LOOP_WRITE) {
		wire_flush(wire);
		if (!wire->queue.count && !wire->over && wire->handler->drained)
			wire->handler->drained(wire->user);
	}
	if (leave(wire) && !wire->over && (events & ~(uint32_t)LOOP_WRITE))
		turn(wire);
}

/* ---- the beginning ---- */

static void send_hello(struct wire *wire)
{
	struct wire_hello hello = {
		.magic = WIRE_MAGIC,
		.version = wire->protocol->version,
	};

	wire_set(&hello.protocol, wire->protocol->name);
	wire_send(wire, OP_wire_hello, 0, &hello, NULL, 0, -1);
}

struct wire *wire_create(struct loop *loop, int fd, enum wire_side side,
			 const struct wire_protocol *protocol,
			 const char *label, bool urgent,
			 const struct wire_handler *handler, void *user)
{
	struct wire *wire = xcalloc(1, sizeof(*wire));
	int flags = fcntl(fd, F_GETFL);

	*wire = (struct wire){
		.loop = loop,
		.fd = fd,
		.side = side,
		.protocol = protocol,
		.handler = handler,
		.user = user,
		.label = xstrdup(label),
		.trace = wire_trace_wanted(),
	};
	if (flags >= 0 && !(flags & O_NONBLOCK))
		fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	wire->source = loop_add_fd(
		loop, fd, LOOP_READ | (urgent ? LOOP_URGENT : 0u), ready, wire);
	send_hello(wire);
	return wire;
}

const char *wire_label(const struct wire *wire)
{
	return wire->label;
}
