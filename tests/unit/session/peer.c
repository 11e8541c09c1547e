#include "peer.h"

#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <check.h>

static void message(void *user, struct wire_packet *packet)
{
	struct peer *peer = user;

	peer->message(peer, packet);
}

static void closed(void *user, const char *reason)
{
	struct peer *peer = user;

	(void)reason;
	peer->closed++;
	peer_end(peer);
}

static const struct wire_handler handler = {
	.message = message,
	.closed = closed,
};

static void stop(void *user, int fd, uint32_t events)
{
	struct peer *peer = user;
	uint64_t count;

	(void)events;
	if (read(fd, &count, sizeof(count)) == sizeof(count))
		loop_stop(peer->loop, 0);
}

static void *run(void *user)
{
	struct peer *peer = user;
	struct loop_source *source;

	peer->loop = loop_create();
	source = loop_add_fd(peer->loop, peer->stop_fd, LOOP_READ, stop, peer);
	peer->wire = wire_create(peer->loop, peer->fd, WIRE_SERVER,
				 peer->protocol, "peer", false, &handler, peer);
	if (peer->start)
		peer->start(peer, NULL);
	loop_run(peer->loop);
	if (peer->inner)
		peer_end(peer->inner);
	peer_end(peer);
	loop_remove(source);
	loop_destroy(peer->loop);
	return NULL;
}

int peer_start(struct peer *peer, const struct wire_protocol *protocol,
	       peer_fn *start, peer_fn *fn, void *user)
{
	int fds[2];

	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), 0);
	*peer = (struct peer){
		.protocol = protocol,
		.fd = fds[0],
		.stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
		.start = start,
		.message = fn,
		.user = user,
	};
	pthread_create(&peer->thread, NULL, run, peer);
	return fds[1];
}

void peer_stop(struct peer *peer)
{
	uint64_t one = 1;

	ck_assert_int_eq(write(peer->stop_fd, &one, sizeof(one)), sizeof(one));
	pthread_join(peer->thread, NULL);
	close(peer->stop_fd);
}

int peer_add(struct peer *of, struct peer *peer,
	     const struct wire_protocol *protocol, peer_fn *fn, void *user)
{
	int fds[2];

	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), 0);
	*peer = (struct peer){
		.loop = of->loop,
		.protocol = protocol,
		.message = fn,
		.user = user,
	};
	peer->wire = wire_create(of->loop, fds[0], WIRE_SERVER, protocol,
				 "inner", false, &handler, peer);
	of->inner = peer;
	return fds[1];
}

void peer_end(struct peer *peer)
{
	wire_destroy(peer->wire);
	peer->wire = NULL;
}
