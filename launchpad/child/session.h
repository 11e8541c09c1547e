/*
 * What session.c, ask.c and change.c share.
 */
#ifndef CHILD_SESSION_H
#define CHILD_SESSION_H

#include "family.h"

#define ANSWER_NS (ANSWER_MS * UINT64_C(1000000))

/* The session with that id of which this child is that end; NULL: none. */
struct session *session_of_client(struct child *client, uint32_t id);
struct session *session_of_server(struct child *server, uint32_t id);

uint32_t session_new_id(struct family *family);

/* Moves bytes from the client to the server (NULL: the own parent's), in the
 * books and the kernel; false if the client needs them. And back. */
bool session_donate(struct session *session, struct child *server,
		    uint64_t bytes);
void session_give_back(struct session *session, uint64_t bytes);

/* One that is on no list. */
void session_free(struct session *session);

/* Off the list; freed when the own parent has answered all about it. */
void session_release(struct session *session);

/* An answer of the own parent is there; false: it comes too late. */
bool session_take_outside_answer(struct session *session);

/* Gives all back and releases it. */
void session_end(struct session *session);

/* Answers the client's open with a status and ends the session. */
void session_refuse(struct session *session, enum wire_status status);

void session_tell_closing(struct session *session);
void session_tell_revoked(struct session *session, enum revoke_reason reason);

/* The server has to give all back; the quota returns when it says so. */
void session_start_closing(struct session *session, bool tell);

/* The server accepted. */
void session_open_now(struct session *session);

/* This server can't now; somebody else may. */
void session_pass_over(struct session *session, enum wire_status why);

/* Answers the oldest upgrade; one that failed is given back. */
void session_answer_upgrade(struct session *session, enum wire_status status);

/*
 * The user locked out what this session belongs to: the child itself when it
 * has no label of its own, else what the label names, which is either the
 * child's business (it is a parent), or remembered.
 */
void session_lock_out(struct session *session);

#endif
