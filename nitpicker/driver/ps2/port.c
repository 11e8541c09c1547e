#include "port.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "session/input.h"

enum {
	READ_BYTES = 64, /* what the kernel keeps of a port */
	LEDS_UNKNOWN = 8,
	SET_LEDS = 0xed,
	LED_ANSWER_MS = 200,
};

static const char *name(const struct port *port)
{
	return port->kind == PORT_KEYBOARD ? "keyboard" : "mouse";
}

static void close_port(struct port *port)
{
	loop_remove(port->source);
	port->source = NULL;
	close(port->fd);
	port->fd = -1;
	timer_cancel(&port->reply);
	timer_cancel(&port->silence);
	port->device.busy = false;
}

static void lose(struct port *port, const char *why)
{
	log_warning("the port of the %s is lost: %s", name(port), why);
	close_port(port);
	if (port->kind == PORT_KEYBOARD)
		ps2_keyboard_release_all(&port->keyboard);
	port->handler->lost(port->user);
}

/* ---- dialogues ---- */

static void send(void *user, uint8_t byte)
{
	struct port *port = user;

	/* One byte always fits; what fails is told by the missing answer. */
	if (write(port->fd, &byte, 1) != 1)
		log_debug("%s: %s", name(port), strerror(errno));
}

static void set_timer(void *user, unsigned ms)
{
	struct port *port = user;

	if (ms)
		timer_set_in(&port->reply, ms * UINT64_C(1000000));
	else
		timer_cancel(&port->reply);
}

static void handle_no_reply(void *user)
{
	ps2_device_timeout(&((struct port *)user)->device);
}

static bool led_command(struct port *port, uint8_t byte,
			struct ps2_command *command)
{
	*command = (struct ps2_command){ .byte = byte,
					 .timeout_ms = LED_ANSWER_MS };
	port->leds_sent = port->leds;
	return true;
}

/* The first byte says what it is about, the second what they shall show. */
static bool next_for_leds(struct port *port, const uint8_t *replies,
			  struct ps2_command *command)
{
	if (replies && port->device.command.byte == SET_LEDS)
		return led_command(port, (uint8_t)port->leds, command);
	/* One that refuses has no LEDs. */
	port->leds_shown = replies ? port->leds_sent : port->leds;
	return port->leds_shown != port->leds &&
	       led_command(port, SET_LEDS, command);
}

static void greet_mouse(struct port *port)
{
	static const char *const types[] = {
		[PS2_MOUSE] = "three buttons",
		[PS2_IMPS2] = "three buttons and a wheel",
		[PS2_EXPS2] = "five buttons and a wheel",
	};
	enum ps2_mouse_type type = ps2_mouse_setup_type(&port->mouse_setup);

	port->mouse.type = type;
	log_info("a mouse with %s", types[type]);
}

static bool next_for_setup(struct port *port, const uint8_t *replies,
			   struct ps2_command *command)
{
	bool more = port->kind == PORT_MOUSE
			    ? ps2_mouse_setup_next(&port->mouse_setup, replies,
						   command)
			    : ps2_keyboard_setup_next(&port->keyboard_setup,
						      replies, command);

	if (more)
		return true;
	port->set_up = port->kind == PORT_MOUSE ? port->mouse_setup.done
						: port->keyboard_setup.done;
	if (!port->set_up) {
		log_info("no %s answers", name(port));
	} else if (port->kind == PORT_MOUSE) {
		greet_mouse(port);
	} else {
		port->leds_shown = 0;
		return port->leds != 0 && led_command(port, SET_LEDS, command);
	}
	return false;
}

static bool next(void *user, const uint8_t *replies,
		 struct ps2_command *command)
{
	struct port *port = user;

	return port->set_up ? next_for_leds(port, replies, command)
			    : next_for_setup(port, replies, command);
}

static const struct ps2_device_handler device_handler = {
	.send = send,
	.timer = set_timer,
	.next = next,
};

static void set_up(struct port *port)
{
	struct ps2_command command;

	port->set_up = false;
	if (port->kind == PORT_MOUSE)
		ps2_mouse_setup_begin(&port->mouse_setup, &command);
	else
		ps2_keyboard_setup_begin(&port->keyboard_setup,
					 port->translated, &command);
	ps2_device_start(&port->device, &command);
}

void port_set_leds(struct port *port, unsigned leds)
{
	struct ps2_command command;

	port->leds = leds;
	if (port->fd < 0 || !port->set_up || port->device.busy ||
	    leds == port->leds_shown)
		return;
	led_command(port, SET_LEDS, &command);
	ps2_device_start(&port->device, &command);
}

/* ---- what the device says ---- */

static void handle_key(void *user, unsigned code, bool pressed)
{
	struct port *port = user;

	port->handler->key(port->user, code, pressed);
}

static void handle_packet(void *user, const struct ps2_packet *packet)
{
	struct port *port = user;

	port->handler->packet(port->user, packet);
}

static void handle_reset(void *user)
{
	struct port *port = user;

	port->handler->lost(port->user);
	set_up(port);
}

static const struct ps2_keyboard_handler keyboard_handler = {
	.key = handle_key,
	.reset = handle_reset,
};

static const struct ps2_mouse_handler mouse_handler = {
	.packet = handle_packet,
	.reset = handle_reset,
};

static void check_silence(void *user)
{
	struct port *port = user;
	uint64_t next_us = ps2_keyboard_check(&port->keyboard, input_now());

	if (next_us)
		timer_set(&port->silence, next_us * 1000);
	else
		timer_cancel(&port->silence);
}

static void take(struct port *port, uint8_t byte, uint64_t now)
{
	if (ps2_device_byte(&port->device, byte))
		return;
	if (port->kind == PORT_KEYBOARD)
		ps2_keyboard_byte(&port->keyboard, byte, now);
	else
		ps2_mouse_byte(&port->mouse, byte, now);
}

static void handle_readable(void *user, int fd, uint32_t events)
{
	struct port *port = user;
	uint8_t bytes[READ_BYTES];
	ssize_t count = read(fd, bytes, sizeof(bytes));
	uint64_t now = input_now();

	(void)events;
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (count <= 0) {
		lose(port, count ? strerror(errno) : "end of file");
		return;
	}
	for (ssize_t i = 0; i < count; i++)
		take(port, bytes[i], now);
	if (port->kind == PORT_KEYBOARD)
		check_silence(port);
}

static void drain(int fd)
{
	uint8_t bytes[READ_BYTES];

	for (unsigned i = 0; i < READ_BYTES; i++)
		if (read(fd, bytes, sizeof(bytes)) <= 0)
			return;
}

void port_init(struct port *port, struct loop *loop, enum port_kind kind,
	       int fd, bool translated, const struct port_handler *handler,
	       void *user)
{
	*port = (struct port){
		.loop = loop,
		.handler = handler,
		.user = user,
		.kind = kind,
		.translated = translated,
		.fd = fd,
		.leds_shown = LEDS_UNKNOWN,
	};
	ps2_device_init(&port->device, &device_handler, port);
	timer_init(&port->reply, loop, handle_no_reply, port);
	timer_init(&port->silence, loop, check_silence, port);
	if (kind == PORT_KEYBOARD)
		ps2_keyboard_init(&port->keyboard,
				  translated ? PS2_SET_1 : PS2_SET_2,
				  &keyboard_handler, port);
	else
		ps2_mouse_init(&port->mouse, PS2_MOUSE, &mouse_handler, port);
	drain(fd);
	port->source = loop_add_fd(loop, fd, LOOP_READ | LOOP_URGENT,
				   handle_readable, port);
	set_up(port);
}

void port_finish(struct port *port)
{
	if (!port->loop)
		return;
	if (port->fd >= 0)
		close_port(port);
	timer_finish(&port->reply);
	timer_finish(&port->silence);
}
