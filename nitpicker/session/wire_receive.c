/*
 * Receiving: one packet, its descriptors, all checks.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "session/protocol.h"
#include "session/wire_private.h"

/* More descriptors than any message has, so that a surplus is noticed. */
enum { FDS_TAKEN = WIRE_FDS_MAX + 3 };

/* Keeps the first descriptor; returns how many there were. */
static unsigned take_fds(struct msghdr *message, int *fd)
{
	unsigned count = 0;

	*fd = -1;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
	     c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = 0; at + CMSG_LEN(sizeof(int)) <= c->cmsg_len;
		     at += sizeof(int)) {
			int one;

			memcpy(&one, CMSG_DATA(c) + at, sizeof(one));
			if (count++)
				close(one);
			else
				*fd = one;
		}
	}
	return count;
}

static void drop(struct wire *wire, struct wire_buffer *in, const char *problem)
{
	const struct wire_message *message = NULL;
	struct wire_header header;
	char *reason;

	if (in->fd >= 0)
		close(in->fd);
	in->fd = -1;
	if (in->length >= sizeof(header)) {
		memcpy(&header, in->bytes, sizeof(header));
		message = wire_find(wire->protocol, header.opcode);
	}
	reason = xasprintf("malformed message: %s%s%s",
			   message ? message->name : "", message ? ": " : "",
			   problem);
	wire_fail(wire, reason);
	free(reason);
}

/* Bytes and descriptors as they come. */
static enum wire_received receive_packet(struct wire *wire,
					 struct wire_buffer *in, unsigned *fds)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(FDS_TAKEN * sizeof(int))];
	} control;
	struct iovec part = { .iov_base = in->bytes,
			      .iov_len = sizeof(in->bytes) };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	ssize_t length;

	do {
		length = recvmsg(wire->fd, &message,
				 MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
		/* A reset is told once; what the peer sent before is still
		 * there. */
	} while (length < 0 && (errno == EINTR || errno == ECONNRESET));
	if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return WIRE_NOTHING;
	if (length < 0) {
		wire_fail(wire, strerror(errno));
		return WIRE_ENDED;
	}
	in->length = (size_t)length;
	*fds = take_fds(&message, &in->fd);
	if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
		drop(wire, in,
		     message.msg_flags & MSG_TRUNC
			     ? "longer than a packet"
			     : "more descriptors than can be taken");
		return WIRE_ENDED;
	}
	if (!length) {
		if (in->fd >= 0)
			close(in->fd);
		wire_end(wire, NULL);
		return WIRE_ENDED;
	}
	return WIRE_RECEIVED;
}

static const char *check_hello(struct wire *wire,
			       const struct wire_packet *packet)
{
	const struct wire_hello *hello = packet->body;
	const struct wire_protocol *protocol = wire->protocol;

	if (wire->greeted)
		return "a second hello";
	if (hello->protocol.length != strlen(protocol->name) ||
	    memcmp(hello->protocol.text, protocol->name,
		   hello->protocol.length))
		return "another protocol";
	if (hello->version != protocol->version)
		return "another version of the protocol";
	wire->greeted = true;
	return NULL;
}

bool wire_answers(const struct wire *wire, uint16_t request,
		  const struct wire_packet *packet)
{
	uint16_t own = request + OP_ANSWER;

	if (packet->message->opcode == own)
		return true;
	if (packet->message->opcode != OP_wire_answer)
		return false;
	/* What has an answer of its own is never just "ok". */
	return wire_packet_status(packet) != WIRE_OK ||
	       !wire_find(wire->protocol, own);
}

/* What depends on what was said before. */
static const char *check_state(struct wire *wire,
			       const struct wire_packet *packet)
{
	const struct wire_pending *pending = wire->pending;

	if (packet->message->opcode == OP_wire_hello)
		return check_hello(wire, packet);
	if (!wire->greeted)
		return "no hello before it";
	switch (packet->message->kind) {
	case WIRE_REQUEST:
		if (wire->unanswered == WIRE_PENDING_MAX)
			return "too many requests without an answer";
		wire->unanswered++;
		return NULL;
	case WIRE_ANSWER:
		while (pending && pending->serial != packet->serial)
			pending = pending->next;
		if (!pending || !wire_answers(wire, pending->opcode, packet))
			return "an answer to no request";
		return NULL;
	default:
		return NULL;
	}
}

enum wire_received wire_receive(struct wire *wire, struct wire_buffer *in)
{
	enum wire_side peer = wire->side == WIRE_CLIENT ? WIRE_SERVER
							: WIRE_CLIENT;
	enum wire_received received;
	struct wire_packet packet;
	const char *problem;
	unsigned fds;

	for (;;) {
		if (wire->over)
			return WIRE_ENDED;
		received = receive_packet(wire, in, &fds);
		if (received != WIRE_RECEIVED)
			return received;
		problem = wire_check(wire->protocol, peer, in->bytes,
				     in->length, fds);
		if (!problem) {
			packet = wire_unpack(wire, in->bytes, in->length,
					     in->fd);
			problem = check_state(wire, &packet);
		}
		if (problem) {
			drop(wire, in, problem);
			return WIRE_ENDED;
		}
		if (wire->trace)
			wire_trace(wire, false, in->bytes);
		if (packet.message->opcode != OP_wire_hello)
			return WIRE_RECEIVED;
	}
}

struct wire_packet wire_unpack(const struct wire *wire, const void *bytes,
			       size_t length, int fd)
{
	const unsigned char *at = bytes;
	const struct wire_message *message;
	struct wire_header header;
	size_t fixed;

	memcpy(&header, at, sizeof(header));
	message = wire_find(wire->protocol, header.opcode);
	fixed = sizeof(header) + message->body->size;
	return (struct wire_packet){
		.message = message,
		.serial = header.serial,
		.body = at + sizeof(header),
		.elements = at + fixed,
		.element_count = message->element
					 ? (uint16_t)((length - fixed) /
						      message->element->size)
					 : 0,
		.fd = fd,
	};
}

enum wire_status wire_packet_status(const struct wire_packet *packet)
{
	const struct wire_answer *answer = packet->body;

	return packet->message->opcode == OP_wire_answer
		       ? (enum wire_status)answer->status
		       : WIRE_OK;
}

int wire_take_fd(struct wire_packet *packet)
{
	int fd = packet->fd;

	packet->fd = -1;
	return fd;
}
