#include "ends.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sample.h"

struct ends ends;

static void message(void *user, struct wire_packet *packet)
{
	struct end *end = user;

	end->messages++;
	end->opcode = packet->message->opcode;
	end->serial = packet->serial;
	if (end->answer && packet->message->kind == WIRE_REQUEST)
		wire_answer(end->wire, packet->serial, WIRE_DENIED);
	if (end->rest)
		wire_rest(end->wire);
	if (end->destroy)
		wire_destroy(end->wire);
}

static void closed(void *user, const char *reason)
{
	struct end *end = user;

	end->closed++;
	snprintf(end->reason, sizeof(end->reason), "%s", reason ? reason : "");
	wire_destroy(end->wire);
	end->wire = NULL;
}

static void drained(void *user)
{
	struct end *end = user;

	end->drained++;
}

void answered(void *user, enum wire_status status, struct wire_packet *packet)
{
	struct end *end = user;

	(void)packet;
	end->answers++;
	end->status = status;
}

static const struct wire_handler handler = {
	.message = message,
	.closed = closed,
	.drained = drained,
};

void ends_setup(void)
{
	ends.loop = loop_create();
	ends.raw = -1;
}

void ends_teardown(void)
{
	if (ends.raw >= 0)
		close(ends.raw);
	loop_destroy(ends.loop);
}

void turns(void)
{
	for (int i = 0; i < 40; i++)
		loop_turn(ends.loop, 0);
}

void open_pair(int fds[2])
{
	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), 0);
}

struct wire *make(struct end *end, int fd, enum wire_side side,
		  const struct wire_protocol *protocol)
{
	end->wire = wire_create(ends.loop, fd, side, protocol, "test", false,
				&handler, end);
	return end->wire;
}

void make_pair(struct end *client, struct end *server)
{
	int fds[2];

	open_pair(fds);
	make(client, fds[0], WIRE_CLIENT, &nitpicker_protocol);
	make(server, fds[1], WIRE_SERVER, &nitpicker_protocol);
}

void make_server(struct end *server)
{
	int fds[2];

	open_pair(fds);
	ends.raw = fds[0];
	make(server, fds[1], WIRE_SERVER, &nitpicker_protocol);
}

void finish(struct end *end)
{
	wire_destroy(end->wire);
}

int raw_send(const void *bytes, size_t length, const int *fds, unsigned count)
{
	char control[CMSG_SPACE(8 * sizeof(int))] = { 0 };
	struct iovec part = { .iov_base = (void *)bytes, .iov_len = length };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	if (count) {
		struct cmsghdr *c = (struct cmsghdr *)control;

		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(c), fds, count * sizeof(int));
		header.msg_control = control;
		header.msg_controllen = c->cmsg_len;
	}
	return (int)sendmsg(ends.raw, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void raw_message(uint16_t opcode)
{
	const struct wire_message *of = wire_find(&nitpicker_protocol, opcode);
	unsigned char packet[WIRE_PACKET_MAX];
	size_t length = sample_packet(of, SAMPLE_LEAST, 0, packet);

	ck_assert_int_eq(raw_send(packet, length, NULL, 0), (int)length);
}

void raw_hello_of(const char *protocol, uint32_t version)
{
	struct {
		struct wire_header header;
		struct wire_hello body;
	} hello = {
		.header = { .opcode = OP_wire_hello, .size = sizeof(hello) },
		.body = { .magic = WIRE_MAGIC, .version = version },
	};

	wire_set(&hello.body.protocol, protocol);
	raw_send(&hello, sizeof(hello), NULL, 0);
}

void raw_hello(void)
{
	raw_hello_of(SERVICE_NITPICKER, nitpicker_protocol.version);
}

unsigned open_fds(void)
{
	DIR *folder = opendir("/proc/self/fd");
	unsigned count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}
