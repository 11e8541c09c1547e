/* Sessions: finding who serves one, and asking. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session.h"

static void try_route(struct session *session);

/* ---- asking ---- */

void session_open_now(struct session *session)
{
	const struct parent_session_opened opened = { .id = session->id };
	struct child *client = session->client;

	session->state = SESSION_OPEN;
	timer_cancel(&session->timer);
	if (session->for_output) {
		child_log_opened(client, session->client_fd);
		session->client_fd = -1;
		return;
	}
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
void session_pass_over(struct session *session, enum wire_status why)
{
	session_give_back(session, session->donated);
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
	session->id = session_new_id(session->family);
	if (session->passed_count == array_size(session->passed))
		session_refuse(session, why);
	else
		try_route(session);
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
		session->server->late = true;
		session_tell_closing(session);
		session_pass_over(session, WIRE_BUSY);
	} else if (session->state == SESSION_OPEN) {
		/* The quota moved; when the server learns that is its own
		 * business. */
		session_answer_upgrade(session, WIRE_OK);
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

	if (!session_donate(session, server, session->wanted)) {
		session_refuse(session, WIRE_QUOTA_EXCEEDED);
		return;
	}
	session->server = server;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
		       0, pair) < 0) {
		log_error("socketpair: %s", strerror(errno));
		session_refuse(session, WIRE_BUSY);
		return;
	}
	session->state = SESSION_ASKED;
	session->client_fd = pair[0];
	sent = send_request(session, server, pair[1]);
	close(pair[1]);
	if (sent)
		timer_set_in(&session->timer, ANSWER_NS);
	else
		session_pass_over(session, WIRE_BUSY);
}

/* ---- outside: servers of our own parent ---- */

static void revoked_outside(void *user, enum revoke_reason reason)
{
	struct session *session = user;

	session_tell_revoked(session, reason);
	if (reason == REVOKE_LOCKED_OUT)
		session_lock_out(session);
	session_end(session);
}

static void opened_outside(void *user, enum wire_status status, int fd,
			   uint32_t id)
{
	struct session *session = user;

	if (!session_take_outside_answer(session)) {
		if (fd >= 0)
			close(fd);
		return;
	}
	if (status != WIRE_OK) {
		session_refuse(session, status);
		return;
	}
	session->outside_id = id;
	if (!session->client || !session->client->wire) {
		close(fd);
		parent_close(session->family->parent, id);
		session_end(session);
		return;
	}
	session->client_fd = fd;
	parent_on_revoked(session->family->parent, id, revoked_outside,
			  session);
	session_open_now(session);
}

static void ask_outside(struct session *session)
{
	char label[LABEL_MAX + 1];

	if (!session_donate(session, NULL, session->wanted)) {
		session_refuse(session, WIRE_QUOTA_EXCEEDED);
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
		if (session->for_output)
			session_end(session);
		else
			ask_outside(session);
		break;
	case ROUTE_WAIT:
		if (session->for_output) {
			session_end(session);
			break;
		}
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
	uint32_t last = 0, end = 0;

	family->route_due = false;
	for (session = family->sessions; session; session = session->next)
		end = session->id > end ? session->id : end;
	/* Each step may end sessions: go on from the greatest id done. One that
	 * was passed over has a new id, beyond the end: it waits for the next
	 * time. */
	for (;;) {
		struct session *next = NULL;

		for (session = family->sessions; session;
		     session = session->next)
			if (session->state == SESSION_WAITING &&
			    session->id > last && session->id <= end &&
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

static void link_session(struct session *session)
{
	session->next = session->family->sessions;
	if (session->next)
		session->next->previous = session;
	session->family->sessions = session;
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
		.payer = client->account,
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
		session_free(session);
		wire_answer(client->wire, serial, status);
		return;
	}
	session->id = session_new_id(family);
	link_session(session);
	try_route(session);
}

void session_open_log(struct child *child)
{
	struct family *family = child->family;
	struct session *session;

	for (session = family->sessions; session; session = session->next)
		if (session->client == child && session->for_output)
			return;
	session = xcalloc(1, sizeof(*session));
	*session = (struct session){
		.family = family,
		.client = child,
		.payer = child->account,
		.service = xstrdup(SERVICE_LOG),
		.label = xstrdup(""),
		.args = xstrdup(""),
		.for_output = true,
		.client_fd = -1,
	};
	timer_init(&session->timer, family->loop, timed_out, session);
	session->id = session_new_id(family);
	link_session(session);
	try_route(session);
}
