/*
 * One port: a descriptor of serio_raw, the dialogue with the device behind it,
 * and what it says. A port without a device is quiet until one is plugged in,
 * which tells of itself.
 */
#ifndef DRIVER_PS2_PORT_H
#define DRIVER_PS2_PORT_H

#include "base/loop.h"
#include "driver/ps2/protocol/ps2.h"

enum port_kind { PORT_KEYBOARD, PORT_MOUSE };

struct port_handler {
	void (*key)(void *user, unsigned code, bool pressed);
	void (*packet)(void *user, const struct ps2_packet *packet);
	/* The device is gone: what it held is not held any more. */
	void (*lost)(void *user);
};

struct port {
	struct loop *loop;
	const struct port_handler *handler;
	void *user;
	enum port_kind kind;
	bool translated; /* keyboard only */
	int fd; /* -1: closed */
	struct loop_source *source;
	struct ps2_device device;
	struct timer reply, silence;
	union {
		struct {
			struct ps2_keyboard keyboard;
			struct ps2_keyboard_setup keyboard_setup;
		};
		struct {
			struct ps2_mouse mouse;
			struct ps2_mouse_setup mouse_setup;
		};
	};
	bool set_up; /* the device works; dialogues are about LEDs now */
	unsigned leds, leds_shown, leds_sent; /* PS2_LED_*: wanted, known */
};

/* `fd`, taken over, is read and written; what waits in it is forgotten. Begins
 * to talk to the device. */
void port_init(struct port *port, struct loop *loop, enum port_kind kind,
	       int fd, bool translated, const struct port_handler *handler,
	       void *user);
void port_finish(struct port *port); /* fine when not initialised: zeroed */

/* Keyboards only; sent as soon as the device listens. */
void port_set_leds(struct port *port, unsigned leds);

#endif
