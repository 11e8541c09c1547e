/*
 * Sessions: between two children, or of a child with a server of our own
 * parent's. The family makes both ends of each, so it knows them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "family.h"

static const uint64_t answer_ns = ANSWER_MS * 1000000ull;

static void try_route(struct session *session);

static struct session *find(struct family *family, uint32_t id)
{
	struct session *session = family->sessions;

	while (session && session->id != id)
		session = session->next;
	return session;
}

static struct session *find_of_client(struct child *client, uint32_t id)
{
	struct session *session = find(client->family, id);

	return session && session->client == client ? session : NULL;
}

static struct session *find_of_server(struct child *server, uint32_t id)
{
	struct session *session = find(server->family, id);

	return session && session->server == server ? session : NULL;
}

static uint32_t new_id(struct family *family)
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

/* ---- quota ---- */

/* Moves bytes from the client to the server, in the books and the kernel. */
static bool donate(struct session *session, struct child *server,
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

static void give_back(struct session *session, uint64_t bytes)
{
	struct child *client = session->client;

	if (!bytes)
		return;
	quota_return(&session->family->pool, client ? client->account : NULL,
		     session->server ? session->server->account : NULL, bytes);
	session->donated -= bytes;
	if (session->server)
		child_apply_limit(session->server);
	if (client)
		child_apply_limit(client);
	else if (session->family->handler.quota_changed)
		session->family->handler.quota_changed(session->family->user);
}

/* ---- life ---- */

static void free_session(struct session *session)
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
static void release_session(struct session *session)
{
	unlink_session(session);
	timer_cancel(&session->timer);
	session->family = NULL;
	session->client = session->server = NULL;
	if (!session->outside_answers)
		free_session(session);
}

/* An answer of the own parent is there; false: it comes too late. */
static bool take_outside_answer(struct session *session)
{
	session->outside_answers--;
	if (session->family)
		return true;
	if (!session->outside_answers)
		free_session(session);
	return false;
}

static void end_session(struct session *session)
{
	struct family *family = session->family;
	struct child *client = session->client;
	unsigned i;

	for (i = 0; client && client->wire && i < session->upgrade_count; i++)
		wire_answer(client->wire, session->upgrades[i].serial,
			    WIRE_GONE);
	give_back(session, session->donated);
	release_session(session);
	if (client)
		child_update_waiting(client);
	sessions_retry(family);
}

/* Answers the client's open with a status and ends the session. */
static void refuse(struct session *session, enum wire_status status)
{
	if (session->client && session->client->wire && session->serial)
		wire_answer(session->client->wire, session->serial, status);
	end_session(session);
}

static void tell_server_closing(struct session *session)
{
	const struct parent_session_closing closing = { .id = session->id };

	if (session->server && session->server->wire)
		wire_send(session->server->wire, OP_parent_session_closing, 0,
			  &closing, NULL, 0, -1);
}

static void tell_client_revoked(struct session *session,
				enum revoke_reason reason)
{
	const struct parent_session_revoked revoked = {
		.id = session->id,
		.reason = reason,
	};

	if (session->client && session->client->wire)
		wire_send(session->client->wire, OP_parent_session_revoked, 0,
			  &revoked, NULL, 0, -1);
}

/* The server has to give all back; the quota returns when it says so. */
static void start_closing(struct session *session, bool tell)
{
	session->state = SESSION_CLOSING;
	if (tell)
		tell_server_closing(session);
	timer_set_in(&session->timer, answer_ns);
}

/* ---- asking ---- */

static void open_now(struct session *session)
{
	const struct parent_session_opened opened = { .id = session->id };
	struct child *client = session->client;

	session->state = SESSION_OPEN;
	timer_cancel(&session->timer);
	if (session->server)
		memo_set(&client->providers, session->service,
			 session->server->name);
	wire_send(client->wire, OP_parent_session_opened, session->serial,
		  &opened, NULL, 0, session->client_fd);
	session->serial = 0;
	close(session->client_fd);
	session->client_fd = -1;
	child_update_waiting(client);
}

/* This provider can't now; somebody else may. */
static void pass_over(struct session *session, enum wire_status why)
{
	give_back(session, session->donated);
	if (session->passed_count < array_size(session->passed))
		session->passed[session->passed_count++] = session->server;
	session->refusal = why;
	session->server = NULL;
	session->state = SESSION_WAITING;
	timer_cancel(&session->timer);
	if (session->client_fd >= 0)
		close(session->client_fd);
	session->client_fd = -1;
	/* What the old provider still says about the old id is void. */
	session->id = new_id(session->family);
	if (session->passed_count == array_size(session->passed))
		refuse(session, why);
	else
		try_route(session);
}

/* Answers the oldest upgrade; one that failed is given back. */
static void answer_upgrade(struct session *session, enum wire_status status)
{
	const struct upgrade done = session->upgrades[0];

	if (!session->upgrade_count)
		return;
	session->upgrade_count--;
	memmove(session->upgrades, session->upgrades + 1,
		session->upgrade_count * sizeof(done));
	if (status != WIRE_OK)
		give_back(session, done.bytes);
	if (session->client && session->client->wire)
		wire_answer(session->client->wire, done.serial, status);
	if (session->upgrade_count)
		timer_set_in(&session->timer, answer_ns);
	else if (session->state == SESSION_OPEN)
		timer_cancel(&session->timer);
}

static void timed_out(void *user)
{
	struct session *session = user;

	if (session->state == SESSION_CLOSING) {
		log_warning("%s does not give back a %s session",
			    session->server ? session->server->label : "?",
			    session->service);
	} else if (session->state == SESSION_ASKED && session->server) {
		log_warning("%s did not answer a request for %s in %d ms",
			    session->server->label, session->service,
			    ANSWER_MS);
		tell_server_closing(session);
		pass_over(session, WIRE_BUSY);
	} else if (session->state == SESSION_OPEN) {
		/* The quota moved; when the server learns that is its own
		 * business. */
		answer_upgrade(session, WIRE_OK);
	}
}

static bool send_request(struct session *session, struct child *server, int fd)
{
	struct parent_session_request request = {
		.ram_quota = session->donated,
		.id = session->id,
	};
	char label[LABEL_MAX + 1];

	label_join(label, session->client->label, session->label);
	wire_set(&request.service, session->service);
	wire_set(&request.label, label);
	wire_set(&request.args, session->args);
	return wire_send(server->wire, OP_parent_session_request, 0, &request,
			 NULL, 0, fd);
}

static void ask_child(struct session *session, struct child *server)
{
	int pair[2];
	bool sent;

	if (!donate(session, server, session->wanted)) {
		refuse(session, WIRE_QUOTA_EXCEEDED);
		return;
	}
	session->server = server;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
		       0, pair) < 0) {
		log_error("socketpair: %s", strerror(errno));
		refuse(session, WIRE_BUSY);
		return;
	}
	session->state = SESSION_ASKED;
	session->client_fd = pair[0];
	sent = send_request(session, server, pair[1]);
	close(pair[1]);
	if (sent)
		timer_set_in(&session->timer, answer_ns);
	else
		pass_over(session, WIRE_BUSY);
}

/* ---- outside: servers of our own parent ---- */

static void lock_out(struct session *session);

static void revoked_outside(void *user, enum revoke_reason reason)
{
	struct session *session = user;

	tell_client_revoked(session, reason);
	if (reason == REVOKE_LOCKED_OUT)
		lock_out(session);
	end_session(session);
}

static void opened_outside(void *user, enum wire_status status, int fd,
			   uint32_t id)
{
	struct session *session = user;

	if (!take_outside_answer(session)) {
		if (fd >= 0)
			close(fd);
		return;
	}
	if (status != WIRE_OK) {
		refuse(session, status);
		return;
	}
	session->outside_id = id;
	if (!session->client || !session->client->wire) {
		close(fd);
		parent_close(session->family->parent, id);
		end_session(session);
		return;
	}
	session->client_fd = fd;
	parent_on_revoked(session->family->parent, id, revoked_outside,
			  session);
	open_now(session);
}

static void ask_outside(struct session *session)
{
	char label[LABEL_MAX + 1];

	if (!donate(session, NULL, session->wanted)) {
		refuse(session, WIRE_QUOTA_EXCEEDED);
		return;
	}
	session->state = SESSION_ASKED;
	session->outside = true;
	session->outside_answers++;
	label_join(label, session->client->label, session->label);
	parent_open_later(session->family->parent, session->service, label,
			  session->wanted, session->args, opened_outside,
			  session);
}

static void try_route(struct session *session)
{
	struct child *server = NULL;

	switch (route_find(session, &server)) {
	case ROUTE_TO_CHILD:
		ask_child(session, server);
		break;
	case ROUTE_OUTSIDE:
		ask_outside(session);
		break;
	case ROUTE_WAIT:
		session->state = SESSION_WAITING;
		child_update_waiting(session->client);
		break;
	}
}

static void retry(void *user)
{
	struct family **self = user;
	struct family *family = *self;
	struct session *session;
	uint32_t last = 0;

	family->route_due = false;
	/* Each step may end sessions: go on from the greatest id done. */
	for (;;) {
		struct session *next = NULL;

		for (session = family->sessions; session;
		     session = session->next)
			if (session->state == SESSION_WAITING &&
			    session->id > last &&
			    (!next || session->id < next->id))
				next = session;
		if (!next)
			break;
		last = next->id;
		next->passed_count = 0;
		try_route(next);
	}
}

void sessions_retry(struct family *family)
{
	if (family->route_due || family->stopping)
		return;
	family->route_due = true;
	loop_defer(family->loop, retry, &family->self);
}

/* ---- what clients want ---- */

static enum wire_status check_open(struct child *client,
				   const struct session *session)
{
	const struct session *other;
	unsigned all = 0, pending = 0;
	char full[LABEL_MAX + 1];

	if (!child_name_is_valid(session->service) ||
	    !label_is_valid(session->label) ||
	    !label_join(full, client->label, session->label))
		return WIRE_INVALID;
	if (!client->is_parent && label_depth(session->label) > 1)
		return WIRE_INVALID;
	if (client->is_host && strcmp(session->service, SERVICE_NITPICKER))
		return WIRE_DENIED;
	if (memo_get(client->locked, session->label))
		return WIRE_DENIED;
	for (other = client->family->sessions; other; other = other->next) {
		if (other->client != client)
			continue;
		all++;
		pending += other->serial != 0;
	}
	if (all >= LIMIT_CHILD_SESSIONS || pending >= LIMIT_PENDING_OPENS) {
		log_warning("%s has %u sessions, %u of them not yet open: no "
			    "more",
			    client->label, all, pending);
		return WIRE_DENIED;
	}
	return WIRE_OK;
}

void session_open(struct child *client, const struct parent_session_open *body,
		  uint32_t serial)
{
	struct family *family = client->family;
	struct session *session = xcalloc(1, sizeof(*session));
	char service[sizeof(body->service.text) + 1];
	char label[sizeof(body->label.text) + 1];
	char args[sizeof(body->args.text) + 1];
	enum wire_status status;

	wire_get(&body->service, service);
	wire_get(&body->label, label);
	wire_get(&body->args, args);
	*session = (struct session){
		.family = family,
		.client = client,
		.service = xstrdup(service),
		.label = xstrdup(label),
		.args = xstrdup(args),
		.wanted = body->ram_quota,
		.serial = serial,
		.client_fd = -1,
	};
	timer_init(&session->timer, family->loop, timed_out, session);
	status = check_open(client, session);
	if (status != WIRE_OK) {
		free_session(session);
		wire_answer(client->wire, serial, status);
		return;
	}
	session->id = new_id(family);
	session->next = family->sessions;
	if (session->next)
		session->next->previous = session;
	family->sessions = session;
	try_route(session);
}

static void upgraded_outside(void *user, enum wire_status status)
{
	struct session *session = user;

	if (take_outside_answer(session))
		answer_upgrade(session, status);
}

/* The client hears of it when the server knows, because it tells the server on
 * another way. */
void session_upgrade(struct child *client, uint32_t id, uint64_t bytes,
		     uint32_t serial)
{
	struct session *session = find_of_client(client, id);
	const struct parent_session_upgraded upgraded = {
		.bytes = bytes,
		.id = id,
	};
	enum wire_status status = WIRE_OK;

	if (!session || session->state != SESSION_OPEN)
		status = WIRE_GONE;
	else if (session->upgrade_count == UPGRADES_MAX)
		status = WIRE_BUSY;
	else if (!donate(session, session->server, bytes))
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
			timer_set_in(&session->timer, answer_ns);
	} else {
		session->upgrades[0] =
			session->upgrades[--session->upgrade_count];
		give_back(session, bytes);
		wire_answer(client->wire, serial, WIRE_BUSY);
	}
}

enum wire_status session_close(struct child *client, uint32_t id)
{
	struct session *session = find_of_client(client, id);

	if (!session || session->serial)
		return WIRE_GONE;
	if (session->outside) {
		parent_close(client->family->parent, session->outside_id);
		end_session(session);
	} else if (session->state == SESSION_OPEN) {
		start_closing(session, true);
	}
	return WIRE_OK;
}

/* ---- what servers say ---- */

void session_accepted(struct child *server, uint32_t id)
{
	struct session *session = find_of_server(server, id);

	/* Too late, or its client is gone: it is being closed already. */
	if (session && session->state == SESSION_ASKED && session->client)
		open_now(session);
	else if (session && session->state == SESSION_OPEN)
		answer_upgrade(session, WIRE_OK);
}

void session_denied(struct child *server, uint32_t id, enum wire_status why)
{
	struct session *session = find_of_server(server, id);

	if (!session)
		return;
	if (session->state == SESSION_CLOSING) {
		end_session(session);
	} else if (session->state == SESSION_ASKED) {
		if (why == WIRE_BUSY)
			pass_over(session, why);
		else
			refuse(session, why);
	}
}

void session_closed(struct child *server, uint32_t id)
{
	struct session *session = find_of_server(server, id);

	if (!session)
		return;
	if (session->state == SESSION_ASKED) {
		refuse(session, WIRE_GONE);
		return;
	}
	if (session->state == SESSION_OPEN)
		tell_client_revoked(session, REVOKE_SERVER_GONE);
	end_session(session);
}

/*
 * The user locked out what this session belongs to: the child itself when it
 * has no label of its own, else what the label names, which is either the
 * child's business (it is a parent), or remembered.
 */
static void lock_out(struct session *session)
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
	struct session *session = find_of_server(server, id);

	if (!session || session->state == SESSION_WAITING)
		return WIRE_GONE;
	if (session->state == SESSION_ASKED) {
		session_denied(server, id, WIRE_DENIED);
		return WIRE_OK;
	}
	if (session->state == SESSION_OPEN)
		tell_client_revoked(session, reason);
	if (session->state == SESSION_OPEN)
		start_closing(session, false);
	if (reason == REVOKE_LOCKED_OUT)
		lock_out(session);
	return WIRE_OK;
}

/* ---- deaths ---- */

static void client_died(struct session *session)
{
	switch (session->state) {
	case SESSION_WAITING:
		session->serial = 0;
		end_session(session);
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
			end_session(session);
			return;
		}
		start_closing(session, true);
		break;
	case SESSION_CLOSING:
		break;
	}
	session->serial = 0;
	session->client = NULL;
}

static void server_died(struct session *session)
{
	switch (session->state) {
	case SESSION_ASKED:
		give_back(session, session->donated);
		session->server = NULL;
		session->state = SESSION_WAITING;
		timer_cancel(&session->timer);
		close(session->client_fd);
		session->client_fd = -1;
		sessions_retry(session->family);
		child_update_waiting(session->client);
		return;
	case SESSION_OPEN:
		tell_client_revoked(session, REVOKE_SERVER_GONE);
		break;
	default:
		break;
	}
	end_session(session);
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
		release_session(session);
	}
}
