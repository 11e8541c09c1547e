/*
 * The wire: how two processes talk.
 *
 * AF_UNIX SOCK_SEQPACKET, one message per packet:
 *
 *   { u16 opcode; u16 size; u32 serial; }  body
 *
 * `size` is that of the whole packet. Bodies have a fixed layout: little
 * endian, naturally aligned, no padding, no pointers; a message may end in an
 * array of fixed-size elements whose count follows from the size. What is
 * larger than WIRE_INLINE_MAX travels as a blob (base/memory.h).
 *
 * A *request* carries a serial (not 0) and gets one answer with it: the
 * answer message of that request when all went well and there is something to
 * say or to hand over, else `wire_answer` with a status. A *one-way* message
 * gets none, but the event `wire_error` with its serial where it fails.
 * *Events* carry serial 0. The first message of both sides is `wire_hello`.
 *
 * Each protocol is one table of messages (protocol.h). A packet that does not
 * fit it - size, element count, number of descriptors, ranges, strings - ends
 * the session with one log line; nothing else of it is looked at.
 *
 * Never block, never grow: sockets are non-blocking, the outgoing queue holds
 * WIRE_QUEUE_MAX messages, at most WIRE_TURN_MAX messages of one wire are
 * taken a turn. NITPICKER_TRACE=1 prints every message with its fields.
 */
#ifndef SESSION_WIRE_H
#define SESSION_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/loop.h"

enum {
	WIRE_MAGIC = 0x6e697470, /* "ptin" */
	WIRE_PACKET_MAX = 4096, /* bytes, header included */
	WIRE_INLINE_MAX = 1024, /* bytes of text in a message */
	WIRE_QUEUE_MAX = 256, /* messages that wait for the peer to read */
	WIRE_TURN_MAX = 32, /* messages of one wire per turn of the loop */
	WIRE_FDS_MAX = 1, /* descriptors of a message */
	WIRE_PENDING_MAX = 64, /* requests of one client without an answer */
	WIRE_KEPT_MAX = 4096, /* messages kept while a client waits */
};

enum wire_status {
	WIRE_OK,
	WIRE_DENIED,
	WIRE_INVALID,
	WIRE_QUOTA_EXCEEDED,
	WIRE_NO_SERVICE,
	WIRE_BUSY,
	WIRE_GONE,
	WIRE_STATUS_LAST = WIRE_GONE,
};

/* "ok", "denied", ... */
const char *wire_status_name(enum wire_status status);

struct wire_header {
	uint16_t opcode;
	uint16_t size;
	uint32_t serial;
};

/* ---- types of fields ---- */

/* UTF-8 without control characters; `length` bytes, the rest zero. A string
 * that fills `text` has no NUL: use wire_text to read, wire_set to write. */
struct wire_str64 {
	uint32_t length;
	char text[64];
};
struct wire_str256 {
	uint32_t length;
	char text[256];
};
struct wire_str512 {
	uint32_t length;
	char text[512];
};

/* Copies `from` (cut at a character boundary if too long; control characters
 * and invalid UTF-8 replaced by '?') into a wire string. */
#define wire_set(string, from) \
	wire_set_text(&(string)->length, (string)->text, sizeof(string)->text, \
		      from)
void wire_set_text(uint32_t *length, char *text, size_t size, const char *from);

/* A NUL-terminated copy in a caller's array of at least size + 1 bytes. */
#define wire_get(string, out) \
	wire_get_text((string)->length, (string)->text, out, sizeof(out))
void wire_get_text(uint32_t length, const char *text, char *out,
		   size_t out_size);

/* True when text is valid UTF-8 without control characters (C0, DEL, C1). */
bool wire_text_is_valid(const char *text, size_t length);

/* True for a name of [A-Za-z0-9._+-]{1,63} that does not start with a dot. */
bool wire_name_is_valid(const char *name);

/* ---- tables ---- */

enum wire_type {
	WIRE_U16,
	WIRE_U32,
	WIRE_I32,
	WIRE_U64,
	WIRE_STR64,
	WIRE_STR256,
	WIRE_STR512,
};

/* One field: integers within [min, max], strings of [min, max] bytes. It lies
 * directly behind the field before it. */
struct wire_field {
	const char *name;
	const char *problem; /* what a check says when it does not fit */
	enum wire_type type;
	int64_t min, max;
};

/* A group of fields without padding: a body, an element, a record. */
struct wire_layout {
	const char *name;
	uint16_t size; /* bytes */
	uint16_t field_count;
	const struct wire_field *fields;
};

enum wire_side { WIRE_CLIENT, WIRE_SERVER, WIRE_EITHER };
enum wire_kind { WIRE_REQUEST, WIRE_ONE_WAY, WIRE_ANSWER, WIRE_EVENT };

struct wire_message {
	const char *name;
	uint16_t opcode;
	enum wire_side sender;
	enum wire_kind kind;
	uint8_t fds; /* exactly that many */
	const struct wire_layout *body;
	const struct wire_layout *element; /* NULL: no array */
	uint16_t max_elements;
	/* What the fields can't say about the `length` bytes behind the body:
	 * in words what is wrong, or NULL. May be NULL. */
	const char *(*check)(const void *elements, size_t length);
};

struct wire_protocol {
	const char *name;
	uint32_t version;
	const struct wire_message *messages;
	size_t message_count;
};

/* NULL: no message of that protocol. */
const struct wire_message *wire_find(const struct wire_protocol *protocol,
				     uint16_t opcode);

/* Bytes that a field of that type takes; its word in the documentation. */
size_t wire_type_size(enum wire_type type);
const char *wire_type_name(enum wire_type type);

/*
 * Checks a packet of `length` bytes with `fds` descriptors, sent by `sender`.
 * NULL when it fits, else in words what is wrong. Never reads past `length`.
 */
const char *wire_check(const struct wire_protocol *protocol,
		       enum wire_side sender, const void *packet, size_t length,
		       unsigned fds);

/* Checks the fields of one group that lies at `data`. NULL when they fit. */
const char *wire_check_layout(const struct wire_layout *layout,
			      const void *data);

/* "name field=value ..." of a checked packet, for the tracer; cut at size. */
void wire_describe(const struct wire_protocol *protocol, const void *packet,
		   char *out, size_t size);

/* ---- a connected socket ---- */

/* One received message; valid only during the callback. */
struct wire_packet {
	const struct wire_message *message;
	uint32_t serial;
	const void *body;
	const void *elements;
	uint16_t element_count;
	int fd; /* -1: none. Owned by the wire; wire_take_fd keeps it. */
};

struct wire;

struct wire_handler {
	/* Server side: requests and one-way messages; client side: events. */
	void (*message)(void *user, struct wire_packet *packet);
	/* The session is over (peer gone, malformed message, queue of answers
	 * full); `reason` in words, NULL when the peer just closed. Called
	 * once, not from inside wire_send; the owner destroys the wire then. */
	void (*closed)(void *user, const char *reason);
	/* The queue ran empty after messages had to wait; may be NULL. */
	void (*drained)(void *user);
};

/*
 * Takes over `fd`, sends hello and registers with the loop (LOOP_URGENT if
 * `urgent`). `label` names the peer in log and trace lines (copied).
 */
struct wire *wire_create(struct loop *loop, int fd, enum wire_side side,
			 const struct wire_protocol *protocol,
			 const char *label, bool urgent,
			 const struct wire_handler *handler, void *user);

/* NULL is fine; also allowed inside its own callbacks. Nothing is called any
 * more, also not the functions of requests without an answer. */
void wire_destroy(struct wire *wire);

int wire_take_fd(struct wire_packet *packet);

/* Inside `message`: what the peer sent behind this one waits for the next turn
 * of the loop. After the end of a frame there is rarely more, and to ask for it
 * in vain costs a system call. */
void wire_rest(struct wire *wire);

/* Ends the session as if the peer had sent a malformed message: one log line,
 * `closed` is called from the loop. */
void wire_fail(struct wire *wire, const char *reason);

/*
 * Sends or queues one message. `fd` (-1: none) is duplicated or sent, and
 * stays the caller's. False when the queue is full and the message was
 * dropped, or the session is over. Answers that find the queue full end the
 * session.
 */
bool wire_send(struct wire *wire, uint16_t opcode, uint32_t serial,
	       const void *body, const void *elements, size_t element_count,
	       int fd);

/* Messages that can still be queued; WIRE_QUEUE_MAX when all is sent. */
size_t wire_space(const struct wire *wire);

/* True once nothing can be sent any more: the end is there or near. */
bool wire_is_over(const struct wire *wire);

/*
 * The last message waiting in the queue, when it has that opcode and was not
 * sent yet: for merging motion. Its elements may be changed in place. NULL
 * otherwise.
 */
void *wire_last_queued(struct wire *wire, uint16_t opcode,
		       uint16_t *element_count);

/* Server: answers a request with a status only. */
void wire_answer(struct wire *wire, uint32_t serial, enum wire_status status);

/* Server: tells that a one-way message failed; WIRE_OK: it didn't. */
void wire_error(struct wire *wire, uint32_t serial, enum wire_status status);

/* Client: sends a one-way message; returns its serial, 0 if it was dropped. */
uint32_t wire_post(struct wire *wire, uint16_t opcode, const void *body,
		   const void *elements, size_t element_count, int fd);

/*
 * Client: a request. fn is called once from the loop, with the answer, with
 * WIRE_GONE when the session ends first, or with WIRE_BUSY when it could not be
 * queued; `packet` is NULL when there is only a status.
 */
typedef void wire_answer_fn(void *user, enum wire_status status,
			    struct wire_packet *packet);
void wire_request(struct wire *wire, uint16_t opcode, const void *body,
		  const void *elements, size_t element_count, int fd,
		  wire_answer_fn *fn, void *user);

/*
 * Client: a request that waits for its answer. Events that arrive meanwhile
 * are kept and dispatched by the loop afterwards, in order. The body of the
 * answer is copied to `answer` (may be NULL), its descriptor to *answer_fd
 * (may be NULL if the table says 0). Clients may wait for their servers and
 * parents; servers and parents never wait for those below. SIGTERM and SIGINT
 * end a process that waits, also when its loop handles them otherwise.
 */
enum wire_status wire_call(struct wire *wire, uint16_t opcode, const void *body,
			   int fd, void *answer, int *answer_fd);

/*
 * Client: waits for an event with that opcode and takes it out of its order;
 * what arrives meanwhile is kept as by wire_call. Its body is copied to `body`,
 * its descriptor to *fd (may be NULL if the table says 0). False when the
 * session ended.
 */
bool wire_wait_event(struct wire *wire, uint16_t opcode, void *body, int *fd);

/* Client: waits until `messages` of them fit into the queue;
 * WIRE_QUEUE_MAX: until all is sent. False when the session ended. */
bool wire_wait_space(struct wire *wire, size_t messages);

const char *wire_label(const struct wire *wire);

#endif
