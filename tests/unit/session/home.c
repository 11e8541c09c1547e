#include "home.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

void home_config(struct peer *of, const char *text)
{
	struct parent_config body = { .line = 7, .column = 3 };
	int fd = memory_create_blob("config", text, strlen(text));

	wire_set(&body.file, "test.xml");
	wire_send(of->wire, OP_parent_config, 0, &body, NULL, 0, fd);
	close(fd);
}

void home_start(struct peer *of, struct wire_packet *packet)
{
	struct parent_resource resource = { .quota = 1 << 20, .used = 1 };

	(void)packet;
	wire_send(of->wire, OP_parent_resource, 0, &resource, NULL, 0, -1);
	home_config(of, "<config mode=\"x\"/>");
}

static void keep_report(struct home *home, struct wire_packet *packet)
{
	size_t bytes;
	char *text = memory_read_blob(packet->fd, LIMIT_REPORT, &bytes);

	home->seen.reports++;
	snprintf(home->seen.report, sizeof(home->seen.report), "%s",
		 text ? text : "");
	free(text);
}

void home_note(struct peer *of, struct wire_packet *packet)
{
	struct home *home = of->user;
	const struct parent_session_open *open = packet->body;
	const struct parent_session_upgrade *upgrade = packet->body;
	const struct parent_deny *deny = packet->body;

	switch (packet->message->opcode) {
	case OP_parent_announce:
		home->seen.announces++;
		break;
	case OP_parent_accept:
		home->seen.accepts++;
		break;
	case OP_parent_deny:
		home->seen.denies++;
		home->seen.last_reason = deny->reason;
		break;
	case OP_parent_session_open:
		home->seen.opens++;
		home->seen.donated = open->ram_quota;
		return; /* answered by others */
	case OP_parent_session_upgrade:
		home->seen.donated += upgrade->bytes;
		break;
	case OP_parent_session_close:
	case OP_parent_closed:
		home->seen.closes++;
		break;
	case OP_parent_session_revoke:
		home->seen.revokes++;
		break;
	case OP_parent_report:
		keep_report(home, packet);
		break;
	default:
		break;
	}
	if (packet->message->kind == WIRE_REQUEST)
		wire_answer(of->wire, packet->serial, WIRE_OK);
}

void home_open(struct home *home, peer_fn *start, peer_fn *message,
	       const struct parent_handler *handler)
{
	char number[16];
	int fd = peer_start(&home->peer, &parent_protocol, start, message,
			    home);

	snprintf(number, sizeof(number), "%d", fd);
	setenv("NITPICKER_PARENT", number, 1);
	setenv("NITPICKER_REPORTS", "views focus", 1);
	home->loop = loop_create();
	home->parent = parent_connect(home->loop, handler, NULL);
	ck_assert_ptr_nonnull(home->parent);
	ck_assert_ptr_null(getenv("NITPICKER_PARENT"));
}

void home_close(struct home *home)
{
	parent_destroy(home->parent);
	peer_stop(&home->peer);
	loop_destroy(home->loop);
}
