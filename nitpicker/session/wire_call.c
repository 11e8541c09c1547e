/*
 * Waiting: for an answer, an event, room in the queue. Nothing else of the
 * process runs meanwhile; what arrives is kept and dispatched by the loop.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "session/protocol.h"
#include "session/wire_private.h"

/*
 * Until the socket can be read, or written while something waits. The signals
 * that ask a program to end do so here: its loop can't.
 */
static void wait_for_socket(struct wire *wire)
{
	struct pollfd fd = {
		.fd = wire->fd,
		.events = POLLIN | (wire->queue.count ? POLLOUT : 0),
	};
	sigset_t mask;

	sigprocmask(SIG_SETMASK, NULL, &mask);
	sigdelset(&mask, SIGTERM);
	sigdelset(&mask, SIGINT);
	if (ppoll(&fd, 1, NULL, &mask) > 0 && (fd.revents & POLLOUT))
		wire_flush(wire);
}

static void keep(struct wire *wire, struct wire_buffer *in)
{
	if (wire->kept.count == WIRE_KEPT_MAX) {
		if (in->fd >= 0)
			close(in->fd);
		wire_fail(wire, "too many messages before an answer");
		return;
	}
	parcels_add(&wire->kept, in->bytes, in->length, in->fd);
	wire_defer_kept(wire);
}

/* The next message; false when the session ended. */
static bool receive_waiting(struct wire *wire, struct wire_buffer *in)
{
	for (;;) {
		switch (wire_receive(wire, in)) {
		case WIRE_RECEIVED:
			return true;
		case WIRE_ENDED:
			return false;
		case WIRE_NOTHING:
			wait_for_socket(wire);
			break;
		}
	}
}

/* Hands body and descriptor over. */
static void hand_over(struct wire_packet *packet, void *body, int *fd)
{
	if (body && packet->message->body->size)
		memcpy(body, packet->body, packet->message->body->size);
	if (fd)
		*fd = wire_take_fd(packet);
	if (packet->fd >= 0)
		close(packet->fd);
}

bool wire_wait_space(struct wire *wire, size_t messages)
{
	struct wire_buffer in;

	while (!wire->over && !wire->mute &&
	       WIRE_QUEUE_MAX - wire->queue.count < messages) {
		switch (wire_receive(wire, &in)) {
		case WIRE_RECEIVED:
			keep(wire, &in);
			break;
		case WIRE_ENDED:
			break;
		case WIRE_NOTHING:
			wait_for_socket(wire);
			break;
		}
	}
	return !wire->over && !wire->mute;
}

enum wire_status wire_call(struct wire *wire, uint16_t opcode, const void *body,
			   int fd, void *answer, int *answer_fd)
{
	struct wire_pending pending = { .opcode = opcode };
	struct wire_buffer in;

	if (answer_fd)
		*answer_fd = -1;
	if (!wire_wait_space(wire, 1))
		return WIRE_GONE;
	pending.serial = wire_next_serial(wire);
	if (!wire_send(wire, opcode, pending.serial, body, NULL, 0, fd))
		return wire->over || wire->mute ? WIRE_GONE : WIRE_INVALID;
	wire_add_pending(wire, &pending);
	while (receive_waiting(wire, &in)) {
		struct wire_packet packet = wire_unpack(wire, in.bytes,
							in.length, in.fd);
		enum wire_status status;

		if (packet.message->kind != WIRE_ANSWER ||
		    packet.serial != pending.serial) {
			keep(wire, &in);
			continue;
		}
		wire_take_pending(wire, pending.serial);
		status = wire_packet_status(&packet);
		if (packet.message->opcode == OP_wire_answer)
			answer = NULL;
		hand_over(&packet, answer, answer_fd);
		return status;
	}
	wire_take_pending(wire, pending.serial);
	return WIRE_GONE;
}

/* Takes the first kept event with that opcode. */
static bool take_kept(struct wire *wire, uint16_t opcode, void *body, int *fd)
{
	struct wire_parcels before = { 0 };
	struct wire_parcel *parcel;
	bool found = false;

	while ((parcel = parcels_take(&wire->kept))) {
		struct wire_packet packet = wire_unpack(
			wire, parcel->bytes, parcel->length, parcel->fd);

		if (!found && packet.message->opcode == opcode) {
			hand_over(&packet, body, fd);
			free(parcel);
			found = true;
		} else {
			parcels_append(&before, parcel);
		}
	}
	wire->kept = before;
	return found;
}

bool wire_wait_event(struct wire *wire, uint16_t opcode, void *body, int *fd)
{
	struct wire_buffer in;

	if (fd)
		*fd = -1;
	if (take_kept(wire, opcode, body, fd))
		return true;
	while (receive_waiting(wire, &in)) {
		struct wire_packet packet = wire_unpack(wire, in.bytes,
							in.length, in.fd);

		if (packet.message->opcode == opcode) {
			hand_over(&packet, body, fd);
			return true;
		}
		keep(wire, &in);
	}
	return false;
}
