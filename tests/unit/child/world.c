#include "world.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>

static void too_late(void *user)
{
	struct world *world = user;

	world->late = true;
}

void setup_world(struct world *world)
{
	*world = (struct world){ .loop = loop_create() };
	world->family = (struct family){
		.self = &world->family,
		.loop = world->loop,
		.pool = { .total = 1000 * KIB },
	};
	timer_init(&world->timer, world->loop, too_late, world);
}

static void run_peer(peer_fn *fn, int fd)
{
	static const struct parent_handler handler = { .config = NULL };
	struct peer peer = { .denied = 0 };
	char number[16];

	snprintf(number, sizeof(number), "%d", fd);
	setenv("NITPICKER_PARENT", number, 1);
	peer.loop = loop_create();
	peer.parent = parent_connect(peer.loop, &handler, NULL);
	expect(peer.parent != NULL);
	fn(&peer);
	_exit(0);
}

struct child *add_peer(struct world *world, const char *name, peer_fn *fn,
		       bool may_provide)
{
	struct family *family = &world->family;
	struct child *child = xcalloc(1, sizeof(*child));
	int pair[2];

	*child = (struct child){
		.family = family,
		.name = xstrdup(name),
		.label = xstrdup(name),
		.reason = xstrdup(""),
		.entry = entry_make(name, 0),
		.suite = true,
		.ready = true,
		.order = ++family->last_order,
		.account = &child->own_account,
		.previous = family->last,
		.problem_fd = -1,
	};
	if (may_provide) {
		child->may_provide = xcalloc(1, sizeof(*child->may_provide));
		child->may_provide->name = xstrdup("Echo");
	}
	*(family->last ? &family->last->next : &family->first) = child;
	family->last = child;
	quota_assign(&family->pool, child->account, 100 * KIB);
	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, pair),
		0);
	child->pid = fork();
	if (child->pid == 0) {
		close(pair[0]);
		run_peer(fn, pair[1]);
	}
	close(pair[1]);
	child_connect(child, pair[0]);
	return child;
}

int end_of(struct world *world, struct child *child)
{
	int status = -1;

	until(world, !child->wire);
	ck_assert_int_eq(waitpid(child->pid, &status, 0), child->pid);
	child->pid = 0;
	return status;
}

void end_peer(struct world *world, struct child *child)
{
	kill(child->pid, SIGKILL);
	end_of(world, child);
}

void finish_world(struct world *world)
{
	struct child *child = world->family.first, *next;

	for (; child; child = next) {
		next = child->next;
		if (child->pid)
			end_peer(world, child);
		sessions_release_quota(child);
		child_unlink(child);
		entry_destroy(child->entry);
		entry_pairs_destroy(child->may_provide);
		entry_pairs_destroy(child->announced);
		memos_destroy(&child->providers);
		memos_destroy(&child->locked);
		free(child->name);
		free(child->label);
		free(child->reason);
		free(child->last_words);
		free(child->waits_for);
		free(child);
	}
	sessions_finish(&world->family);
	loop_undefer(world->loop, &world->family);
	timer_finish(&world->timer);
	loop_destroy(world->loop);
}

unsigned count_open(const struct child *client)
{
	const struct session *session = client->family->sessions;
	unsigned count = 0;

	for (; session; session = session->next)
		count += session->client == client &&
			 session->state == SESSION_OPEN;
	return count;
}

unsigned count_sessions(const struct world *world)
{
	const struct session *session = world->family.sessions;
	unsigned count = 0;

	for (; session; session = session->next)
		count++;
	return count;
}
