/*
 * Log, client half.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "session/log_session.h"

struct log_client {
	struct wire *wire;
	log_closed_fn *closed;
	void *user;
	unsigned long dropped; /* lines, since the last one that went out */
};

static void message(void *user, struct wire_packet *packet)
{
	(void)user;
	(void)packet;
}

static void closed(void *user, const char *reason)
{
	struct log_client *client = user;

	(void)reason;
	client->closed(client->user);
}

/* How many bytes of `text` go into one message: whole characters. */
static size_t piece(const char *text, size_t length)
{
	const size_t most = sizeof(((struct log_write *)0)->text.text);
	size_t at = 0, bytes;
	uint32_t code;

	if (length <= most)
		return length;
	while ((bytes = utf8_decode(text + at, length - at, &code)) &&
	       at + bytes <= most)
		at += bytes;
	return at ? at : most;
}

/* All pieces of a line or, where the queue is too full for them, none. */
static bool send_line(struct log_client *client, const char *label,
		      const char *text)
{
	size_t left = strlen(text), count = 0, length, at;
	struct log_write body = { .more = 0 };

	if (left > LIMIT_LOG_LINE)
		left = LIMIT_LOG_LINE;
	for (at = 0; at < left; at += piece(text + at, left - at))
		count++;
	if (wire_space(client->wire) <= count)
		return false;
	wire_set(&body.label, label);
	do {
		char *part;

		length = piece(text, left);
		part = xstrndup(text, length);
		wire_set(&body.text, part);
		free(part);
		body.more = length < left;
		if (!wire_post(client->wire, OP_log_write, &body, NULL, 0, -1))
			return false;
		text += length;
		left -= length;
	} while (left);
	return true;
}

static void drained(void *user)
{
	struct log_client *client = user;
	char text[64];

	if (!client->dropped)
		return;
	snprintf(text, sizeof(text), "(%lu lines left out: nobody read them)",
		 client->dropped);
	client->dropped = 0;
	send_line(client, "", text);
}

struct log_client *log_client_create(struct loop *loop, int fd,
				     log_closed_fn *fn, void *user)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = closed,
		.drained = drained,
	};
	struct log_client *client = xcalloc(1, sizeof(*client));

	client->closed = fn;
	client->user = user;
	client->wire = wire_create(loop, fd, WIRE_CLIENT, &log_protocol,
				   SERVICE_LOG, false, &handler, client);
	return client;
}

void log_client_destroy(struct log_client *client)
{
	if (!client)
		return;
	wire_destroy(client->wire);
	free(client);
}

void log_client_write(struct log_client *client, const char *label,
		      const char *text)
{
	/* In order: none overtakes the line that tells what is missing. */
	if (client->dropped || !send_line(client, label, text))
		client->dropped++;
}
