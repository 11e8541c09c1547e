/*
 * What the files of the wire share; nobody else includes it.
 */
#ifndef SESSION_WIRE_PRIVATE_H
#define SESSION_WIRE_PRIVATE_H

#include "session/wire.h"

/* A packet of our own memory: waiting to be sent, or kept for later. */
struct wire_parcel {
	struct wire_parcel *next;
	int fd; /* owned; -1: none */
	uint16_t length;
	_Alignas(8) unsigned char bytes[];
};

struct wire_parcels {
	struct wire_parcel *first, *last;
	size_t count;
};

/* A packet on the stack. */
struct wire_buffer {
	size_t length;
	int fd; /* owned; -1: none */
	_Alignas(8) unsigned char bytes[WIRE_PACKET_MAX];
};

/* A request of ours without an answer. */
struct wire_pending {
	struct wire_pending *next;
	uint32_t serial;
	uint16_t opcode;
	enum wire_status status; /* of one that was refused */
	wire_answer_fn *fn; /* NULL: wire_call waits for it */
	void *user;
};

struct wire {
	struct loop *loop;
	struct loop_source *source;
	int fd;
	enum wire_side side;
	const struct wire_protocol *protocol;
	const struct wire_handler *handler;
	void *user;
	char *label;
	bool trace;
	bool greeted; /* the peer's hello was right */
	bool mute; /* the peer can't be written to any more */
	bool over;
	bool kept_deferred;
	bool resting; /* for the rest of this turn */
	bool destroyed; /* by its owner, inside a callback */
	unsigned depth; /* of callbacks */
	char *reason; /* why it is over; NULL: the peer closed */
	uint32_t serial; /* last one of ours */
	unsigned unanswered; /* requests of the peer */
	unsigned pending_count;
	struct wire_parcels queue; /* to be sent */
	struct wire_parcels kept; /* received while wire_call waited */
	struct wire_pending *pending; /* waiting for answers, oldest first */
	struct wire_pending *refused;
};

/* ---- wire.c ---- */

/* Ends the session; NULL: the peer closed. */
void wire_end(struct wire *wire, const char *reason);
/* Takes the request with that serial out of the list; NULL: none. */
struct wire_pending *wire_take_pending(struct wire *wire, uint32_t serial);
void wire_add_pending(struct wire *wire, struct wire_pending *pending);
/* Dispatches what was kept, from the loop. */
void wire_defer_kept(struct wire *wire);

/* ---- wire_queue.c ---- */

void parcels_add(struct wire_parcels *parcels, const void *bytes, size_t length,
		 int fd);
void parcels_append(struct wire_parcels *parcels, struct wire_parcel *parcel);
/* The first one; NULL: none. To be freed by the caller. */
struct wire_parcel *parcels_take(struct wire_parcels *parcels);
void parcels_clear(struct wire_parcels *parcels);
/* Sends what the socket takes. */
void wire_flush(struct wire *wire);
uint32_t wire_next_serial(struct wire *wire);

/* ---- wire_receive.c ---- */

enum wire_received { WIRE_RECEIVED, WIRE_NOTHING, WIRE_ENDED };

/* One checked message, without its hello. */
enum wire_received wire_receive(struct wire *wire, struct wire_buffer *in);
/* Of a checked packet. */
struct wire_packet wire_unpack(const struct wire *wire, const void *bytes,
			       size_t length, int fd);
/* True when the answer is one to a request of that opcode. */
bool wire_answers(const struct wire *wire, uint16_t request,
		  const struct wire_packet *packet);
/* WIRE_OK for an answer message, else the status of wire_answer. */
enum wire_status wire_packet_status(const struct wire_packet *packet);

/* ---- trace.c ---- */

bool wire_trace_wanted(void);
/* `sent`: by us. */
void wire_trace(const struct wire *wire, bool sent, const void *packet);

#endif
