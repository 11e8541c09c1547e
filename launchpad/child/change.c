/* Sessions: what their two ends say while they are open. */
#include <string.h>

#include "session.h"

/* Answers the oldest upgrade; one that failed is given back. */
void session_answer_upgrade(struct session *session, enum wire_status status)
{
	const struct upgrade done = session->upgrades[0];

	if (!session->upgrade_count)
		return;
	session->upgrade_count--;
	memmove(session->upgrades, session->upgrades + 1,
		session->upgrade_count * sizeof(done));
	if (status != WIRE_OK)
		session_give_back(session, done.bytes);
	if (session->client && session->client->wire)
		wire_answer(session->client->wire, done.serial, status);
	if (session->upgrade_count)
		timer_set_in(&session->timer, ANSWER_NS);
	else if (session->state == SESSION_OPEN)
		timer_cancel(&session->timer);
}

static void upgraded_outside(void *user, enum wire_status status)
{
	struct session *session = user;

	if (session_take_outside_answer(session))
		session_answer_upgrade(session, status);
}

/* The client hears of it when the server knows, because it tells the server on
 * another way. */
void session_upgrade(struct child *client, uint32_t id, uint64_t bytes,
		     uint32_t serial)
{
	struct session *session = session_of_client(client, id);
	const struct parent_session_upgraded upgraded = {
		.bytes = bytes,
		.id = id,
	};
	enum wire_status status = WIRE_OK;

	if (!session || session->state != SESSION_OPEN)
		status = WIRE_GONE;
	else if (session->upgrade_count == UPGRADES_MAX)
		status = WIRE_BUSY;
	else if (!session_donate(session, session->server, bytes))
		status = WIRE_QUOTA_EXCEEDED;
	if (status != WIRE_OK) {
		wire_answer(client->wire, serial, status);
		return;
	}
	session->upgrades[session->upgrade_count++] = (struct upgrade){
		.serial = serial,
		.bytes = bytes,
	};
	if (session->outside) {
		session->outside_answers++;
		parent_upgrade_later(client->family->parent,
				     session->outside_id, bytes,
				     upgraded_outside, session);
	} else if (wire_send(session->server->wire, OP_parent_session_upgraded,
			     0, &upgraded, NULL, 0, -1)) {
		if (!timer_is_set(&session->timer))
			timer_set_in(&session->timer, ANSWER_NS);
	} else {
		session->upgrades[0] =
			session->upgrades[--session->upgrade_count];
		session_give_back(session, bytes);
		wire_answer(client->wire, serial, WIRE_BUSY);
	}
}

enum wire_status session_close(struct child *client, uint32_t id)
{
	struct session *session = session_of_client(client, id);

	if (!session || session->serial)
		return WIRE_GONE;
	if (session->outside) {
		parent_close(client->family->parent, session->outside_id);
		session_end(session);
	} else if (session->state == SESSION_OPEN) {
		session_start_closing(session, true);
	}
	return WIRE_OK;
}

/* ---- what servers say ---- */

/* The session of its answer. One that came too late is about none; but who was
 * passed over for that, as on a busy machine, can serve again. */
static struct session *answered(struct child *server, uint32_t id)
{
	struct session *session = session_of_server(server, id);

	if (!session && server->late) {
		server->late = false;
		sessions_retry(server->family);
	}
	return session;
}

void session_accepted(struct child *server, uint32_t id)
{
	struct session *session = answered(server, id);

	/* Too late, or its client is gone: it is being closed already. */
	if (session && session->state == SESSION_ASKED && session->client)
		session_open_now(session);
	else if (session && session->state == SESSION_OPEN)
		session_answer_upgrade(session, WIRE_OK);
}

void session_denied(struct child *server, uint32_t id, enum wire_status why)
{
	struct session *session = answered(server, id);

	if (!session)
		return;
	if (session->state == SESSION_CLOSING) {
		session_end(session);
	} else if (session->state == SESSION_ASKED) {
		if (why == WIRE_BUSY)
			session_pass_over(session, why);
		else
			session_refuse(session, why);
	}
}

void session_closed(struct child *server, uint32_t id)
{
	struct session *session = answered(server, id);

	if (!session)
		return;
	if (session->state == SESSION_ASKED) {
		session_refuse(session, WIRE_GONE);
		return;
	}
	if (session->state == SESSION_OPEN)
		session_tell_revoked(session, REVOKE_SERVER_GONE);
	session_end(session);
}

/*
 * The user locked out what this session belongs to: the child itself when it
 * has no label of its own, else what the label names, which is either the
 * child's business (it is a parent), or remembered.
 */
void session_lock_out(struct session *session)
{
	struct child *client = session->client;

	if (!client)
		return;
	if (client->is_host) {
		host_lock_out(client);
	} else if (!session->label[0]) {
		client->locked_out = true;
		child_kill_now(client);
	} else if (!client->is_parent) {
		memo_set(&client->locked, session->label, "");
	}
}

enum wire_status session_revoke(struct child *server, uint32_t id,
				enum revoke_reason reason)
{
	struct session *session = session_of_server(server, id);

	if (!session || session->state == SESSION_WAITING)
		return WIRE_GONE;
	if (session->state == SESSION_ASKED) {
		session_denied(server, id, WIRE_DENIED);
		return WIRE_OK;
	}
	if (session->state == SESSION_OPEN)
		session_tell_revoked(session, reason);
	if (session->state == SESSION_OPEN)
		session_start_closing(session, false);
	if (reason == REVOKE_LOCKED_OUT)
		session_lock_out(session);
	return WIRE_OK;
}
