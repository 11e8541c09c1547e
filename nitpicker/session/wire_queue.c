/*
 * Sending: at once if the socket takes it, else through a bounded queue.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/protocol.h"
#include "session/wire_private.h"

void parcels_append(struct wire_parcels *parcels, struct wire_parcel *parcel)
{
	parcel->next = NULL;
	if (parcels->last)
		parcels->last->next = parcel;
	else
		parcels->first = parcel;
	parcels->last = parcel;
	parcels->count++;
}

void parcels_add(struct wire_parcels *parcels, const void *bytes, size_t length,
		 int fd)
{
	struct wire_parcel *parcel = xcalloc(1, sizeof(*parcel) + length);

	parcel->fd = fd;
	parcel->length = (uint16_t)length;
	memcpy(parcel->bytes, bytes, length);
	parcels_append(parcels, parcel);
}

struct wire_parcel *parcels_take(struct wire_parcels *parcels)
{
	struct wire_parcel *parcel = parcels->first;

	if (!parcel)
		return NULL;
	parcels->first = parcel->next;
	if (!parcels->first)
		parcels->last = NULL;
	parcels->count--;
	return parcel;
}

void parcels_clear(struct wire_parcels *parcels)
{
	struct wire_parcel *parcel;

	while ((parcel = parcels_take(parcels))) {
		if (parcel->fd >= 0)
			close(parcel->fd);
		free(parcel);
	}
}

/* 0: sent; EAGAIN: the socket is full; else the peer can't be reached. */
static int send_packet(int socket, const void *bytes, size_t length, int fd)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { .header = {
			      .cmsg_level = SOL_SOCKET,
			      .cmsg_type = SCM_RIGHTS,
			      .cmsg_len = CMSG_LEN(sizeof(int)),
		      } };
	struct iovec part = { .iov_base = (void *)bytes, .iov_len = length };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

	if (fd >= 0) {
		memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
		message.msg_control = &control;
		message.msg_controllen = CMSG_LEN(sizeof(int));
	}
	while (sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
		if (errno != EINTR)
			return errno == EWOULDBLOCK ? EAGAIN : errno;
	}
	return 0;
}

/* The peer reads no more: its end is noticed where we read. */
static void become_mute(struct wire *wire, int error)
{
	wire->mute = true;
	parcels_clear(&wire->queue);
	if (error != EPIPE && error != ECONNRESET)
		wire_fail(wire, strerror(error));
}

void wire_flush(struct wire *wire)
{
	struct wire_parcel *parcel;
	int error;

	while (!wire->over && (parcel = wire->queue.first)) {
		error = send_packet(wire->fd, parcel->bytes, parcel->length,
				    parcel->fd);
		if (error == EAGAIN)
			return;
		if (error) {
			become_mute(wire, error);
			break;
		}
		parcels_take(&wire->queue);
		if (parcel->fd >= 0)
			close(parcel->fd);
		free(parcel);
	}
	if (!wire->over)
		loop_set_events(wire->source, LOOP_READ);
}

/* False when there is no room, or no descriptor to be had. */
static bool enqueue(struct wire *wire, const void *bytes, size_t length, int fd)
{
	if (wire->queue.count == WIRE_QUEUE_MAX)
		return false;
	if (fd >= 0) {
		fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (fd < 0)
			return false;
	}
	parcels_add(&wire->queue, bytes, length, fd);
	loop_set_events(wire->source, LOOP_READ | LOOP_WRITE);
	return true;
}

static bool deliver(struct wire *wire, const void *bytes, size_t length, int fd)
{
	int error;

	if (!wire->queue.count) {
		error = send_packet(wire->fd, bytes, length, fd);
		if (!error)
			return true;
		if (error != EAGAIN) {
			become_mute(wire, error);
			return false;
		}
	}
	return enqueue(wire, bytes, length, fd);
}

/* Puts header, body and elements together; NULL, or why it does not fit. */
static const char *pack(const struct wire *wire,
			const struct wire_message *message, uint32_t serial,
			const void *body, const void *elements, size_t count,
			int fd, struct wire_buffer *out)
{
	size_t body_size = message->body->size;
	size_t element_size = message->element ? message->element->size : 0;
	struct wire_header header = {
		.opcode = message->opcode,
		.serial = serial,
	};

	if (count > message->max_elements)
		return "too many elements";
	out->length = sizeof(header) + body_size + count * element_size;
	header.size = (uint16_t)out->length;
	memcpy(out->bytes, &header, sizeof(header));
	if (body_size)
		memcpy(out->bytes + sizeof(header), body, body_size);
	if (count)
		memcpy(out->bytes + sizeof(header) + body_size, elements,
		       count * element_size);
	return wire_check(wire->protocol, wire->side, out->bytes, out->length,
			  fd >= 0);
}

bool wire_send(struct wire *wire, uint16_t opcode, uint32_t serial,
	       const void *body, const void *elements, size_t element_count,
	       int fd)
{
	const struct wire_message *message = wire_find(wire->protocol, opcode);
	bool is_answer = message && message->kind == WIRE_ANSWER;
	const char *problem = "unknown opcode";
	struct wire_buffer out;

	if (wire->over)
		return false;
	if (message)
		problem = pack(wire, message, serial, body, elements,
			       element_count, fd, &out);
	if (problem) {
		log_error("%s not sent to %s: %s",
			  message ? message->name : "message", wire->label,
			  problem);
		if (is_answer)
			wire_fail(wire, "no answer could be given");
		return false;
	}
	if (is_answer && wire->unanswered)
		wire->unanswered--;
	if (wire->mute)
		return false;
	if (!deliver(wire, out.bytes, out.length, fd)) {
		if (is_answer && !wire->mute)
			wire_fail(wire, "does not read its answers");
		return false;
	}
	if (wire->trace)
		wire_trace(wire, true, out.bytes);
	return true;
}

size_t wire_space(const struct wire *wire)
{
	if (wire->over || wire->mute)
		return 0;
	return WIRE_QUEUE_MAX - wire->queue.count;
}

bool wire_is_over(const struct wire *wire)
{
	return wire->over || wire->mute;
}

void *wire_last_queued(struct wire *wire, uint16_t opcode,
		       uint16_t *element_count)
{
	struct wire_parcel *last = wire->queue.last;
	struct wire_packet packet;

	if (!last)
		return NULL;
	packet = wire_unpack(wire, last->bytes, last->length, -1);
	if (packet.message->opcode != opcode)
		return NULL;
	*element_count = packet.element_count;
	return (void *)packet.elements;
}

void wire_answer(struct wire *wire, uint32_t serial, enum wire_status status)
{
	struct wire_answer answer = { .status = status };

	wire_send(wire, OP_wire_answer, serial, &answer, NULL, 0, -1);
}

void wire_error(struct wire *wire, uint32_t serial, enum wire_status status)
{
	struct wire_error error = { .serial = serial, .status = status };

	if (status != WIRE_OK)
		wire_send(wire, OP_wire_error, 0, &error, NULL, 0, -1);
}

uint32_t wire_next_serial(struct wire *wire)
{
	if (!++wire->serial)
		wire->serial = 1;
	return wire->serial;
}

uint32_t wire_post(struct wire *wire, uint16_t opcode, const void *body,
		   const void *elements, size_t element_count, int fd)
{
	uint32_t serial = wire_next_serial(wire);

	return wire_send(wire, opcode, serial, body, elements, element_count,
			 fd)
		       ? serial
		       : 0;
}
