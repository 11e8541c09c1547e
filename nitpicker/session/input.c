/*
 * Input, client half.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "session/client_private.h"
#include "session/input_held.h"

struct input {
	struct parent *parent;
	struct wire *wire;
	uint32_t id;
	const struct input_handler *handler;
	void *user;
	struct input_held held;
	bool closed; /* input_close inside a callback */
	bool dispatching;
};

uint64_t input_now(void)
{
	return loop_now() / 1000;
}

static void release(struct input *input)
{
	if (input->closed && !input->dispatching)
		free(input);
}

static void dispatch_events(struct input *input,
			    const struct wire_packet *packet)
{
	const struct input_event *events = packet->elements;

	for (unsigned i = 0; i < packet->element_count && !input->closed; i++) {
		input_held_event(&input->held, &events[i]);
		input->handler->event(input->user, &events[i]);
	}
	if (!input->closed && input->handler->batch_end)
		input->handler->batch_end(input->user);
}

static void message(void *user, struct wire_packet *packet)
{
	struct input *input = user;

	input->dispatching = true;
	switch (packet->message->opcode) {
	case OP_input_events:
		dispatch_events(input, packet);
		break;
	case OP_input_keyboard:
		if (input->handler->keyboard)
			input->handler->keyboard(input->user, packet->body);
		break;
	case OP_input_clipboard_changed:
		if (input->handler->clipboard_changed)
			input->handler->clipboard_changed(input->user);
		break;
	default:
		break;
	}
	input->dispatching = false;
	release(input);
}

static void closed(void *user, const char *reason)
{
	struct input *input = user;
	struct input_event event;

	input->dispatching = true;
	while (!input->closed && input_held_release(&input->held, &event))
		input->handler->event(input->user, &event);
	if (!input->closed)
		input->handler->closed(input->user, reason);
	input->dispatching = false;
	release(input);
}

struct input *input_attach(struct loop *loop, struct parent *parent, int fd,
			   uint32_t id, const struct input_handler *handler,
			   void *user)
{
	static const struct wire_handler wire_handler = {
		.message = message,
		.closed = closed,
	};
	struct input *input = xcalloc(1, sizeof(*input));

	*input = (struct input){
		.parent = parent,
		.id = id,
		.handler = handler,
		.user = user,
	};
	input->wire = wire_create(loop, fd, WIRE_CLIENT, &input_protocol,
				  SERVICE_INPUT, true, &wire_handler, input);
	return input;
}

struct input *input_open(struct loop *loop, struct parent *parent,
			 const struct input_handler *handler, void *user,
			 enum wire_status *status)
{
	enum wire_status result;
	uint32_t id;
	int fd;

	result = parent_open(parent, SERVICE_INPUT, "", 0, "", &fd, &id);
	if (status)
		*status = result;
	if (result != WIRE_OK)
		return NULL;
	return input_attach(loop, parent, fd, id, handler, user);
}

void input_close(struct input *input)
{
	if (!input)
		return;
	wire_destroy(input->wire);
	parent_close(input->parent, input->id);
	input->closed = true;
	release(input);
}

enum wire_status input_grab(struct input *input, bool on)
{
	return client_grab(input->wire, on);
}

static void ended(void *user, enum wire_status status,
		  struct wire_packet *packet)
{
	(void)user;
	(void)status;
	(void)packet;
}

void input_set_area(struct input *input, uint32_t w, uint32_t h)
{
	struct input_area body = { .w = w, .h = h };

	wire_post(input->wire, OP_input_area, &body, NULL, 0, -1);
}

void input_grab_later(struct input *input, bool on)
{
	struct input_grab body = { .on = on };

	wire_request(input->wire, OP_input_grab, &body, NULL, 0, -1, ended,
		     NULL);
}

void input_clipboard_offer_later(struct input *input, int blob)
{
	wire_request(input->wire, OP_input_clipboard_offer, NULL, NULL, 0, blob,
		     ended, NULL);
}

struct reading {
	input_clipboard_fn *fn;
	void *user;
};

static void was_read(void *user, enum wire_status status,
		     struct wire_packet *packet)
{
	struct reading *reading = user;
	int fd = packet ? wire_take_fd(packet) : -1;

	reading->fn(reading->user,
		    fd < 0 && status == WIRE_OK ? WIRE_DENIED : status, fd);
	free(reading);
}

void input_clipboard_read_later(struct input *input, input_clipboard_fn *fn,
				void *user)
{
	struct reading *reading = xcalloc(1, sizeof(*reading));

	*reading = (struct reading){ fn, user };
	wire_request(input->wire, OP_input_clipboard_read, NULL, NULL, 0, -1,
		     was_read, reading);
}

enum wire_status input_clipboard_offer(struct input *input, const char *text,
				       size_t bytes)
{
	return client_clipboard_offer(input->wire, text, bytes);
}

int input_clipboard_read(struct input *input)
{
	return client_clipboard_read(input->wire);
}
