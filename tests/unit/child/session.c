/*
 * Sessions between processes, from the first message to the end of either.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "suite.h"
#include "world.h"

/* ---- the peers' side ---- */

static void lock_it_out(void *user)
{
	struct peer *peer = user;

	parent_revoke(peer->parent, peer->last_id, REVOKE_LOCKED_OUT);
	parent_closed(peer->parent, peer->last_id);
}

static enum wire_status accept_it(void *user,
				  const struct session_request *request, int fd)
{
	struct peer *peer = user;

	if (!strcmp(request->args, "deny"))
		return WIRE_DENIED;
	/* As soon as the session is open. */
	if (!strcmp(request->args, "lock out")) {
		peer->last_id = request->id;
		loop_defer(peer->loop, lock_it_out, peer);
	}
	/* The client can read under which label it came. */
	expect(write(fd, request->label, strlen(request->label)) > 0);
	return WIRE_OK;
}

static void close_it(void *user, uint32_t id)
{
	struct peer *peer = user;

	parent_closed(peer->parent, id);
}

static const struct provider_handler provider = {
	.open = accept_it,
	.close = close_it,
};

static void serve(struct peer *peer)
{
	expect(parent_announce(peer->parent, "Echo", &provider, peer) ==
	       WIRE_OK);
	loop_run(peer->loop);
}

/* Announces and never answers again. */
static void serve_not(struct peer *peer)
{
	expect(parent_announce(peer->parent, "Echo", &provider, peer) ==
	       WIRE_OK);
	for (;;)
		pause();
}

static void announce_denied(struct peer *peer)
{
	parent_announce(peer->parent, "Echo", &provider, peer);
	loop_run(peer->loop);
}

static enum wire_status open_echo(struct peer *peer, const char *label,
				  uint64_t quota, const char *args, int *fd,
				  uint32_t *id)
{
	return parent_open(peer->parent, "Echo", label, quota, args, fd, id);
}

static void use_and_close(struct peer *peer)
{
	char label[LABEL_MAX + 1] = "";
	uint32_t id;
	int fd, tries;

	expect(open_echo(peer, "sub", 60 * KIB, "", &fd, &id) == WIRE_OK);
	/* It was written before the session was accepted. */
	expect(read(fd, label, LABEL_MAX) > 0);
	expect(!strcmp(label, "client -> sub"));
	expect(parent_upgrade(peer->parent, id, 30 * KIB) == WIRE_OK);
	expect(parent_upgrade(peer->parent, id, 20 * KIB) ==
	       WIRE_QUOTA_EXCEEDED);
	expect(parent_upgrade(peer->parent, id + 7, 1) == WIRE_GONE);
	expect(open_echo(peer, "", 11 * KIB, "", &fd, &id) ==
	       WIRE_QUOTA_EXCEEDED);
	expect(open_echo(peer, "", 0, "deny", &fd, &id) == WIRE_DENIED);
	expect(open_echo(peer, "a -> b", 0, "", &fd, &id) == WIRE_INVALID);
	expect(open_echo(peer, "../a", 0, "", &fd, &id) == WIRE_INVALID);
	for (tries = 0; tries < 9; tries++) {
		/* Its quota is back when the server said so. */
		while (open_echo(peer, "", 10 * KIB, "", &fd, &id) != WIRE_OK)
			;
		close(fd);
		parent_close(peer->parent, id);
	}
	loop_run(peer->loop);
}

static void revoked(void *user, enum revoke_reason reason)
{
	struct peer *peer = user;

	peer->reason = reason;
	loop_stop(peer->loop, 0);
}

static void open_watched(struct peer *peer, const char *args,
			 enum revoke_reason reason)
{
	uint32_t id;
	int fd;

	expect(open_echo(peer, "", 10 * KIB, args, &fd, &id) == WIRE_OK);
	parent_on_revoked(peer->parent, id, revoked, peer);
	loop_run(peer->loop);
	expect(peer->reason == reason);
}

static void stay_until_server_is_gone(struct peer *peer)
{
	open_watched(peer, "", REVOKE_SERVER_GONE);
}

static void stay(struct peer *peer)
{
	uint32_t id;
	int fd;

	expect(open_echo(peer, "", 10 * KIB, "", &fd, &id) == WIRE_OK);
	loop_run(peer->loop);
}

/* It lives on, but nobody is its parent any more. */
static void hang_up(struct peer *peer)
{
	uint32_t id;
	int fd;

	expect(open_echo(peer, "", 10 * KIB, "", &fd, &id) == WIRE_OK);
	parent_destroy(peer->parent);
	for (;;)
		pause();
}

/* Killed, or it exits with 0 and fails the test. */
static void be_locked_out(struct peer *peer)
{
	open_watched(peer, "lock out", REVOKE_LOCKED_OUT);
	loop_run(peer->loop);
}

static void be_locked_out_by_label(struct peer *peer)
{
	uint32_t id;
	int fd;

	expect(open_echo(peer, "one", 0, "lock out", &fd, &id) == WIRE_OK);
	parent_on_revoked(peer->parent, id, revoked, peer);
	loop_run(peer->loop);
	expect(peer->reason == REVOKE_LOCKED_OUT);
	expect(open_echo(peer, "one", 0, "", &fd, &id) == WIRE_DENIED);
	expect(open_echo(peer, "two", 0, "", &fd, &id) == WIRE_OK);
}

static void opened(void *user, enum wire_status status, int fd, uint32_t id)
{
	struct peer *peer = user;

	(void)fd;
	(void)id;
	expect(status == WIRE_DENIED);
	if (++peer->denied == 2)
		loop_stop(peer->loop, 0);
}

static void open_too_many(struct peer *peer)
{
	unsigned i;

	for (i = 0; i < LIMIT_PENDING_OPENS + 2; i++)
		parent_open_later(peer->parent, "Nowhere", "", 0, "", opened,
				  peer);
	loop_run(peer->loop);
}

/* ---- the family's side ---- */

START_TEST(a_session_from_open_to_closed)
{
	struct world world;
	struct child *client, *server;

	setup_world(&world);
	client = add_peer(&world, "client", use_and_close, false);
	until(&world, session_first_waiting(client));
	ck_assert_int_eq(client->state, CHILD_WAITING);
	ck_assert_str_eq(client->reason, "waits for Echo");
	server = add_peer(&world, "server", serve, true);
	/* In the end the first session is left, with its upgrade. */
	until(&world, client->account->donated == 90 * KIB &&
			      world.family.last_id > 8 &&
			      count_sessions(&world) == 1);
	ck_assert_int_eq(client->state, CHILD_RUNNING);
	ck_assert_uint_eq(quota_limit(client->account), 10 * KIB);
	ck_assert_uint_eq(quota_limit(server->account), 190 * KIB);
	ck_assert_uint_eq(quota_left(&world.family.pool), 800 * KIB);
	ck_assert_str_eq(memo_get(client->providers, "Echo"), "server");
	finish_world(&world);
}
END_TEST

START_TEST(only_who_may_provides)
{
	struct world world;
	struct child *client, *server;

	setup_world(&world);
	server = add_peer(&world, "server", announce_denied, false);
	client = add_peer(&world, "client", stay, false);
	until(&world, session_first_waiting(client));
	ck_assert_ptr_null(server->announced);
	finish_world(&world);
}
END_TEST

START_TEST(a_dead_client_gives_back_when_its_server_did)
{
	struct world world;
	struct child *client, *server;

	setup_world(&world);
	server = add_peer(&world, "server", serve, true);
	client = add_peer(&world, "client", stay, false);
	until(&world, count_open(client) == 1);
	ck_assert_uint_eq(client->account->donated, 10 * KIB);
	end_peer(&world, client);
	until(&world, server->account->received == 0);
	ck_assert_uint_eq(count_sessions(&world), 0);
	finish_world(&world);
}
END_TEST

START_TEST(a_client_that_hangs_up_pays_until_its_end)
{
	struct world world;
	struct child *client, *server;
	struct quota_pool *pool = &world.family.pool;

	setup_world(&world);
	server = add_peer(&world, "server", serve, true);
	client = add_peer(&world, "client", hang_up, false);
	until(&world, server->account->received == 10 * KIB);
	until(&world, !client->wire && server->account->received == 0);
	ck_assert_uint_eq(client->account->donated, 0);
	ck_assert_uint_eq(pool->assigned, 200 * KIB);
	ck_assert_uint_eq(quota_left(pool), 800 * KIB);
	sessions_release_quota(client);
	ck_assert_uint_eq(quota_left(pool), 900 * KIB);
	finish_world(&world);
}
END_TEST

START_TEST(a_dead_client_s_gift_lingers_until_it_is_back)
{
	struct world world;
	struct child *client, *server;
	struct quota_pool *pool = &world.family.pool;

	setup_world(&world);
	server = add_peer(&world, "server", serve, true);
	client = add_peer(&world, "client", stay, false);
	until(&world, count_open(client) == 1);
	kill(server->pid, SIGSTOP);
	end_peer(&world, client);
	sessions_release_quota(client);
	ck_assert_uint_eq(pool->assigned, 110 * KIB);
	kill(server->pid, SIGCONT);
	until(&world, server->account->received == 0);
	ck_assert_uint_eq(pool->assigned, 100 * KIB);
	finish_world(&world);
}
END_TEST

START_TEST(a_dead_server_revokes)
{
	struct world world;
	struct child *client, *server;

	setup_world(&world);
	server = add_peer(&world, "server", serve, true);
	client = add_peer(&world, "client", stay_until_server_is_gone, false);
	until(&world, count_open(client) == 1);
	ck_assert_uint_eq(client->account->donated, 10 * KIB);
	end_peer(&world, server);
	ck_assert_int_eq(end_of(&world, client), 0);
	ck_assert_uint_eq(client->account->donated, 0);
	ck_assert_uint_eq(server->account->received, 0);
	finish_world(&world);
}
END_TEST

START_TEST(a_silent_server_loses_the_session)
{
	struct world world;
	struct child *client, *server;
	const struct session *session;
	uint64_t start;

	setup_world(&world);
	server = add_peer(&world, "server", serve_not, true);
	until(&world, server->announced);
	start = loop_now();
	client = add_peer(&world, "client", stay, false);
	until(&world, client->account->donated == 10 * KIB);
	until(&world, (session = session_first_waiting(client)));
	ck_assert_uint_ge(loop_now() - start, 1900000000);
	ck_assert_uint_eq(client->account->donated, 0);
	/* Somebody else may serve it then. */
	add_peer(&world, "other", serve, true);
	until(&world, client->account->donated == 10 * KIB &&
			      session->server != server);
	finish_world(&world);
}
END_TEST

START_TEST(locking_out_kills)
{
	struct world world;
	struct child *client;
	int status;

	setup_world(&world);
	add_peer(&world, "server", serve, true);
	client = add_peer(&world, "client", be_locked_out, false);
	status = end_of(&world, client);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	ck_assert(client->locked_out);
	finish_world(&world);
}
END_TEST

START_TEST(a_locked_out_label_can_not_come_back)
{
	struct world world;
	struct child *client;

	setup_world(&world);
	add_peer(&world, "server", serve, true);
	client = add_peer(&world, "client", be_locked_out_by_label, false);
	ck_assert_int_eq(end_of(&world, client), 0);
	finish_world(&world);
}
END_TEST

START_TEST(pending_opens_are_limited)
{
	struct world world;
	struct child *client;

	setup_world(&world);
	client = add_peer(&world, "client", open_too_many, false);
	ck_assert_int_eq(end_of(&world, client), 0);
	ck_assert_uint_eq(count_sessions(&world), 0);
	finish_world(&world);
}
END_TEST

Suite *session_suite(void)
{
	Suite *suite = suite_create("session");
	TCase *tcase = tcase_create("session");

	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, a_session_from_open_to_closed);
	tcase_add_test(tcase, only_who_may_provides);
	tcase_add_test(tcase, a_dead_client_gives_back_when_its_server_did);
	tcase_add_test(tcase, a_client_that_hangs_up_pays_until_its_end);
	tcase_add_test(tcase, a_dead_client_s_gift_lingers_until_it_is_back);
	tcase_add_test(tcase, a_dead_server_revokes);
	tcase_add_test(tcase, a_silent_server_loses_the_session);
	tcase_add_test(tcase, locking_out_kills);
	tcase_add_test(tcase, a_locked_out_label_can_not_come_back);
	tcase_add_test(tcase, pending_opens_are_limited);
	suite_add_tcase(suite, tcase);
	return suite;
}
