/*
 * What the files of the parent session share; nobody else includes it.
 */
#ifndef SESSION_PARENT_PRIVATE_H
#define SESSION_PARENT_PRIVATE_H

#include "session/parent.h"

/* A message that must not be lost and finds no room. */
struct parent_post {
	struct parent_post *next;
	uint16_t opcode;
	uint64_t body[2];
};

/* The latest text of a report that waits. */
struct parent_waiting_report {
	struct parent_waiting_report *next;
	struct parent_report body;
	int fd;
};

/* Who wants to hear that a session was revoked. */
struct parent_revocation {
	struct parent_revocation *next;
	uint32_t id;
	parent_revoked_fn *fn;
	void *user;
};

/* A parent_open_later or parent_upgrade_later without an answer. */
struct parent_opening {
	struct parent_opening *next;
	struct parent *parent;
	parent_open_fn *fn; /* one of the two */
	parent_upgrade_fn *upgrade_fn;
	void *user;
};

/* A service that we announced. */
struct parent_provider {
	struct parent_provider *next;
	char *service;
	const struct provider_handler *handler;
	void *user;
};

/* A session that we provide. */
struct parent_provided {
	struct parent_provided *next;
	uint32_t id;
	struct parent_provider *provider;
};

struct parent {
	struct loop *loop;
	struct wire *wire;
	const struct parent_handler *handler;
	void *user;
	bool host; /* found through a path */
	struct config *config; /* NULL: none came yet */
	uint64_t quota; /* bytes; 0: not told yet */
	char *reports_wanted; /* NULL: none */
	unsigned requests; /* of parent_tell, without an answer */
	struct parent_post *posts;
	struct parent_waiting_report *reports;
	struct parent_revocation *revocations;
	struct parent_opening *openings;
	struct parent_provider *providers;
	struct parent_provided *provided;
};

/* ---- runtime.c ---- */

/* A socket connected to our parent, *host when found through a path; -1 with
 * one log line. */
int parent_socket(bool *host);

/* ---- parent.c ---- */

/* Sends a message, with a body of at most 16 bytes, that is never lost: later
 * if there is no room now. Answers are not waited for. */
void parent_tell(struct parent *parent, uint16_t opcode, const void *body);

/* True when text (NULL: none) has at most `max` bytes, all good. */
bool parent_text_fits(const char *text, size_t max);

/* ---- parent_session.c ---- */

void parent_revoked(struct parent *parent,
		    const struct parent_session_revoked *body);
void parent_finish_sessions(struct parent *parent);

/* ---- parent_provider.c ---- */

void parent_requested(struct parent *parent, struct wire_packet *packet);
void parent_upgraded(struct parent *parent, const struct wire_packet *packet);
void parent_closing(struct parent *parent, const struct wire_packet *packet);
void parent_finish_providers(struct parent *parent);

/* ---- parent_report.c ---- */

void parent_init_reports(struct parent *parent);
void parent_send_reports(struct parent *parent);
void parent_finish_reports(struct parent *parent);

#endif
