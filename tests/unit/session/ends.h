/*
 * Ends of wires in one loop, which face each other or a raw socket.
 */
#ifndef ENDS_H
#define ENDS_H

#include "session/session.h"

/* Of the running test. */
struct ends {
	struct loop *loop;
	int raw; /* the other side of an end without a wire */
};
extern struct ends ends;

struct end {
	struct wire *wire;
	unsigned messages, answers, closed, drained;
	uint16_t opcode; /* of the last message */
	uint32_t serial;
	enum wire_status status; /* of the last answer */
	char reason[128];
	bool answer; /* requests at once */
	bool destroy; /* the wire, at the first message */
	bool rest; /* after each message */
};

void ends_setup(void);
void ends_teardown(void);
/* More than any conversation here takes. */
void turns(void);
void open_pair(int fds[2]);
struct wire *make(struct end *end, int fd, enum wire_side side,
		  const struct wire_protocol *protocol);
void make_pair(struct end *client, struct end *server);
/* One that faces `raw`. */
void make_server(struct end *server);
void finish(struct end *end);
int raw_send(const void *bytes, size_t length, const int *fds, unsigned count);
/* The least packet of a message of the Nitpicker protocol. */
void raw_message(uint16_t opcode);
void raw_hello_of(const char *protocol, uint32_t version);
void raw_hello(void);
/* For requests; its user is the end. */
void answered(void *user, enum wire_status status, struct wire_packet *packet);
unsigned open_fds(void); /* of the process */

#endif
