/*
 * The clipboard: one text, offered and read by the focused session only, after
 * the user pressed something in it. The server keeps the sealed memory that it
 * was given; nobody can change it any more.
 */
#include "server.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/utf8.h"

/* The host's text is like that of a session with this label. */
static const char HOST[] = "host";

/* A client that waits for the host's text. */
struct reader {
	struct server *server;
	uint32_t id, serial;
};

void clipboard_init(struct clipboard *clipboard)
{
	*clipboard = (struct clipboard){ .fd = -1 };
}

void clipboard_forget(struct clipboard *clipboard)
{
	if (clipboard->fd >= 0)
		close(clipboard->fd);
	free(clipboard->label);
	clipboard->fd = -1;
	clipboard->label = NULL;
	clipboard->number++;
}

void clipboard_configure(struct server *server,
			 const struct config_node *config)
{
	const struct config_node *node = config_child(config, "clipboard");
	static const char *const known[] = { "host", NULL };
	struct clipboard *clipboard = &server->clipboard;
	clipboard->with_host = false;
	if (node) {
		config_check_known(node, known);
		config_get_bool(node, "host", &clipboard->with_host);
	}
	if (clipboard->host && !clipboard->with_host) {
		clipboard->host = false;
		clipboard_forget(clipboard);
	}
}

void clipboard_offer(struct client *client, struct wire_packet *packet)
{
	struct server *server = client->server;
	struct clipboard *clipboard = &server->clipboard;
	enum wire_status status = WIRE_DENIED;
	size_t bytes = 0;
	char *text = memory_read_blob(packet->fd, LIMIT_CLIPBOARD, &bytes);
	if (!text) {
		wire_fail(client->wire, "clipboard: not a sealed blob");
		return;
	}
	if (!utf8_is_text(text, bytes)) {
		status = WIRE_INVALID;
	} else if (core_acts(&server->core, client->session)) {
		status = WIRE_OK;
		clipboard_forget(clipboard);
		clipboard->host = false;
		clipboard->fd = wire_take_fd(packet);
		clipboard->label = xstrdup(client->session->label);
		client->clipboard_seen = clipboard->number;
		if (clipboard->with_host && server->input)
			input_clipboard_offer_later(server->input,
						    clipboard->fd);
	}
	free(text);
	wire_answer(client->wire, packet->serial, status);
}

static void note_read(struct server *server, const char *owner,
		      const char *reader)
{
	char *from = config_escape(owner), *to = config_escape(reader);
	char *xml = xasprintf("<clipboard owner=\"%s\" reader=\"%s\" "
			      "reads=\"%" PRIu64 "\"/>\n",
			      from, to, ++server->clipboard.reads);
	log_info("%s read the clipboard of %s", reader, owner);
	parent_report(server->component.parent, "", "clipboard", xml);
	free(from);
	free(to);
	free(xml);
}

static void answer(struct client *client, uint32_t serial, const char *owner,
		   int fd)
{
	note_read(client->server, owner, client->session->label);
	wire_send(client->wire, OP_input_clipboard_content, serial, NULL, NULL,
		  0, fd);
}

static void host_answered(void *user, enum wire_status status, int fd)
{
	struct reader *reader = user;
	struct client *client = client_find(reader->server, reader->id);
	if (client && status == WIRE_OK)
		answer(client, reader->serial, HOST, fd);
	else if (client)
		wire_answer(client->wire, reader->serial, WIRE_DENIED);
	if (fd >= 0)
		close(fd);
	free(reader);
}

void clipboard_read(struct client *client, uint32_t serial)
{
	struct server *server = client->server;
	const struct clipboard *clipboard = &server->clipboard;
	const struct policy *policy = &server->core.policy;
	const char *owner = clipboard->host ? HOST : clipboard->label;
	struct reader *reader;
	if (!owner || !core_acts(&server->core, client->session) ||
	    !domain_may_read(client->session->domain,
			     policy_rule(policy, owner)->domain) ||
	    (clipboard->host && !server->input)) {
		wire_answer(client->wire, serial, WIRE_DENIED);
		return;
	}
	if (!clipboard->host) {
		answer(client, serial, owner, clipboard->fd);
		return;
	}
	reader = xcalloc(1, sizeof(*reader));
	*reader = (struct reader){ server, client->id, serial };
	input_clipboard_read_later(server->input, host_answered, reader);
}

void clipboard_host_changed(void *user)
{
	struct server *server = user;
	if (!server->clipboard.with_host)
		return;
	clipboard_forget(&server->clipboard);
	server->clipboard.host = true;
	server_changed(server);
}

void clipboard_update(struct server *server)
{
	struct session *focus = server->core.focus;
	struct client *client = focus ? focus->user : NULL;
	if (!client || client->clipboard_seen == server->clipboard.number)
		return;
	client->clipboard_seen = server->clipboard.number;
	wire_send(client->wire, OP_input_clipboard_changed, 0, NULL, NULL, 0,
		  -1);
}
