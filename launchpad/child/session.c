/*
 * Sessions: between two children, or of a child with a server of our own
 * parent's. The family makes both ends of each, so it knows them.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session.h"

static struct session *find(struct family *family, uint32_t id)
{
	struct session *session = family->sessions;

	while (session && session->id != id)
		session = session->next;
	return session;
}

struct session *session_of_client(struct child *client, uint32_t id)
{
	struct session *session = find(client->family, id);

	return session && session->client == client ? session : NULL;
}

struct session *session_of_server(struct child *server, uint32_t id)
{
	struct session *session = find(server->family, id);

	return session && session->server == server ? session : NULL;
}

uint32_t session_new_id(struct family *family)
{
	do
		family->last_id++;
	while (!family->last_id || find(family, family->last_id));
	return family->last_id;
}

const struct session *session_first_waiting(const struct child *client)
{
	const struct session *session = client->family->sessions;

	while (session && !(session->client == client &&
			    session->state == SESSION_WAITING))
		session = session->next;
	return session;
}

char *sessions_waiting_for(const struct child *client)
{
	const struct session *session = client->family->sessions;
	char *text = xstrdup(""), *longer;

	/* The newest is first. */
	for (; session; session = session->next) {
		if (session->client != client ||
		    session->state != SESSION_WAITING ||
		    strstr(text, session->service))
			continue;
		longer = xasprintf("%s%s%s", session->service,
				   text[0] ? ", " : "", text);
		free(text);
		text = longer;
	}
	return text;
}

/* ---- quota ---- */

/* Moves bytes from the client to the server, in the books and the kernel. */
bool session_donate(struct session *session, struct child *server,
		    uint64_t bytes)
{
	struct child *client = session->client;
	struct quota_pool *pool = &session->family->pool;
	struct quota_account *to = server ? server->account : NULL;
	uint64_t used;

	if (!bytes)
		return true;
	used = client->is_host ? 0 : limit_used(&client->limit);
	if (!quota_donate(pool, client->account, to, bytes, used))
		return false;
	if (!child_apply_limit(client)) {
		quota_return(pool, client->account, to, bytes);
		child_apply_limit(client);
		return false;
	}
	if (server)
		child_apply_limit(server);
	session->donated += bytes;
	return true;
}

/* Who was assigned it; also one that hung up and lives on. NULL: host clients
 * share theirs. */
static struct child *child_of_account(struct family *family,
				      const struct quota_account *account)
{
	struct child *child = family->first;

	while (child && child->account != account)
		child = child->next;
	return child;
}

void session_give_back(struct session *session, uint64_t bytes)
{
	struct family *family = session->family;
	struct child *payer;

	if (!bytes)
		return;
	quota_return(&family->pool, session->payer,
		     session->server ? session->server->account : NULL, bytes);
	session->donated -= bytes;
	if (session->server)
		child_apply_limit(session->server);
	payer = session->payer ? child_of_account(family, session->payer)
			       : NULL;
	if (payer)
		child_apply_limit(payer);
	if (!session->client)
		family_quota_changed(family);
}

void sessions_release_quota(struct child *child)
{
	struct session *session = child->family->sessions;

	for (; session; session = session->next)
		if (session->payer == child->account)
			session->payer = NULL;
	if (child->account->assigned)
		quota_release(&child->family->pool, child->account);
}

/* ---- life ---- */

void session_free(struct session *session)
{
	timer_finish(&session->timer);
	if (session->client_fd >= 0)
		close(session->client_fd);
	free(session->service);
	free(session->label);
	free(session->args);
	free(session);
}

static void unlink_session(struct session *session)
{
	if (session->previous)
		session->previous->next = session->next;
	else
		session->family->sessions = session->next;
	if (session->next)
		session->next->previous = session->previous;
}

/* Off the list; freed when the own parent has answered all about it. */
void session_release(struct session *session)
{
	unlink_session(session);
	timer_cancel(&session->timer);
	session->family = NULL;
	session->client = session->server = NULL;
	if (!session->outside_answers)
		session_free(session);
}

/* An answer of the own parent is there; false: it comes too late. */
bool session_take_outside_answer(struct session *session)
{
	session->outside_answers--;
	if (session->family)
		return true;
	if (!session->outside_answers)
		session_free(session);
	return false;
}

void session_end(struct session *session)
{
	struct family *family = session->family;
	struct child *client = session->client;
	unsigned i;

	for (i = 0; client && client->wire && i < session->upgrade_count; i++)
		wire_answer(client->wire, session->upgrades[i].serial,
			    WIRE_GONE);
	session_give_back(session, session->donated);
	if (client && session->for_output)
		child_log_closed(client);
	session_release(session);
	if (client)
		child_update_waiting(client);
	sessions_retry(family);
}

/* Answers the client's open with a status and ends the session. */
void session_refuse(struct session *session, enum wire_status status)
{
	if (session->client && session->client->wire && session->serial)
		wire_answer(session->client->wire, session->serial, status);
	session_end(session);
}

void session_tell_closing(struct session *session)
{
	const struct parent_session_closing closing = { .id = session->id };

	if (session->server && session->server->wire)
		wire_send(session->server->wire, OP_parent_session_closing, 0,
			  &closing, NULL, 0, -1);
}

void session_tell_revoked(struct session *session, enum revoke_reason reason)
{
	const struct parent_session_revoked revoked = {
		.id = session->id,
		.reason = reason,
	};

	if (session->for_output) {
		if (session->client)
			child_log_closed(session->client);
		return;
	}
	if (session->client && session->client->wire)
		wire_send(session->client->wire, OP_parent_session_revoked, 0,
			  &revoked, NULL, 0, -1);
}

/* The server has to give all back; the quota returns when it says so. */
void session_start_closing(struct session *session, bool tell)
{
	session->state = SESSION_CLOSING;
	if (tell)
		session_tell_closing(session);
	timer_set_in(&session->timer, ANSWER_NS);
}

/* ---- deaths ---- */

static void client_died(struct session *session)
{
	switch (session->state) {
	case SESSION_WAITING:
		session->serial = 0;
		session_end(session);
		return;
	case SESSION_ASKED:
	case SESSION_OPEN:
		if (session->outside && session->serial) {
			/* The answer is still to come. */
			session->client = NULL;
			return;
		}
		if (session->outside) {
			parent_close(session->family->parent,
				     session->outside_id);
			session_end(session);
			return;
		}
		/* Of output the server reads the rest first. */
		session_start_closing(session, !session->for_output);
		break;
	case SESSION_CLOSING:
		break;
	}
	if (session->for_output)
		child_log_closed(session->client);
	session->serial = 0;
	session->client = NULL;
}

static void server_died(struct session *session)
{
	switch (session->state) {
	case SESSION_ASKED:
		session_give_back(session, session->donated);
		session->server = NULL;
		session->state = SESSION_WAITING;
		timer_cancel(&session->timer);
		close(session->client_fd);
		session->client_fd = -1;
		if (session->for_output)
			break;
		sessions_retry(session->family);
		child_update_waiting(session->client);
		return;
	case SESSION_OPEN:
		session_tell_revoked(session, REVOKE_SERVER_GONE);
		break;
	default:
		break;
	}
	session_end(session);
}

void sessions_of_dead(struct child *child)
{
	struct session *session, *next;
	unsigned i;

	for (session = child->family->sessions; session; session = next) {
		next = session->next;
		for (i = 0; i < session->passed_count; i++)
			if (session->passed[i] == child)
				session->passed[i] = NULL;
		if (session->server == child)
			server_died(session);
		else if (session->client == child)
			client_died(session);
	}
	memos_destroy(&child->locked);
}

void sessions_finish(struct family *family)
{
	loop_undefer(family->loop, &family->self);
	while (family->sessions) {
		struct session *session = family->sessions;

		if (session->outside && session->outside_id)
			parent_forget_revoked(family->parent,
					      session->outside_id);
		session_release(session);
	}
}
