/*
 * What PS/2 keyboards and mice say, and how they are talked to: bytes in,
 * keys and movements out. No I/O: ps2_drv brings the bytes (serio_raw), a test
 * brings any.
 *
 * Facts: IBM Personal System/2 Hardware Interface Technical Reference,
 * "Keyboard and Auxiliary Device Controller" and "Keyboards (101- and 102-Key)"
 * (scan codes, commands); Microsoft "Windows Platform Design Notes: Keyboard
 * Scan Code Specification" (media keys); Microsoft IntelliMouse and
 * IntelliMouse Explorer (the rates that are set before the device is asked who
 * it is).
 */
#ifndef DRIVER_PS2_PROTOCOL_PS2_H
#define DRIVER_PS2_PROTOCOL_PS2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PS2_KEY_WORDS = 4 }; /* codes below 256 */

/* Bytes of both devices. */
enum {
	PS2_ACKNOWLEDGE = 0xfa,
	PS2_RESEND = 0xfe,
	PS2_TEST_PASSED = 0xaa,
	PS2_RESET = 0xff,
};

/* ---- keyboard ---- */

/* Set 1 is what the controller makes of set 2 where it translates, as all PCs
 * do unless told otherwise. */
enum ps2_set { PS2_SET_1, PS2_SET_2 };

struct ps2_keyboard_handler {
	/* Linux KEY_* below 256; each press has one release. */
	void (*key)(void *user, unsigned code, bool pressed);
	/* The keyboard says that it was reset: it was plugged in again. All
	 * keys have been released. */
	void (*reset)(void *user);
};

struct ps2_keyboard {
	const struct ps2_keyboard_handler *handler;
	void *user;
	enum ps2_set set;
	uint8_t prefix[8]; /* bytes of a sequence that isn't complete */
	unsigned prefix_bytes;
	uint64_t prefix_us; /* when the last of them came */
	uint64_t pressed[PS2_KEY_WORDS];
	/* Keys that were heard to repeat: such a key, when it is the newest one
	 * and silent, is up. */
	uint64_t repeats[PS2_KEY_WORDS];
	unsigned newest; /* pressed last and held, 0: none */
	uint64_t newest_us; /* when it was last heard */
};

void ps2_keyboard_init(struct ps2_keyboard *keyboard, enum ps2_set set,
		       const struct ps2_keyboard_handler *handler, void *user);

/*
 * The next byte, read at time_us (CLOCK_MONOTONIC). The device's repeat is
 * dropped silently, so are fake shifts. Unknown codes are KEY_UNKNOWN.
 *
 * Bytes can get lost on the way (the kernel's queue has 64). A sequence that
 * is not complete after PS2_GAP_US is forgotten. A release whose prefix was
 * lost releases the key that is held. An overrun (0x00, 0xff) releases all.
 */
void ps2_keyboard_byte(struct ps2_keyboard *keyboard, uint8_t byte,
		       uint64_t time_us);

/*
 * Releases the newest key if it has fallen silent although it repeats while
 * it is held: its release was lost. Returns when to ask again (time_us), or 0:
 * not before the next byte. So a keyboard that doesn't repeat never wakes
 * anybody.
 */
uint64_t ps2_keyboard_check(struct ps2_keyboard *keyboard, uint64_t time_us);

void ps2_keyboard_release_all(struct ps2_keyboard *keyboard);

/* ---- mouse ---- */

enum ps2_mouse_type { PS2_MOUSE, PS2_IMPS2, PS2_EXPS2 };

enum {
	PS2_LEFT = 1,
	PS2_RIGHT = 2,
	PS2_MIDDLE = 4,
	PS2_SIDE = 8,
	PS2_EXTRA = 16
};

struct ps2_packet {
	int x, y; /* counts, x > 0 right, y > 0 down */
	int wheel, tilt; /* notches, > 0: away from the user, to the right */
	unsigned buttons; /* PS2_LEFT ... that are down */
};

struct ps2_mouse_handler {
	void (*packet)(void *user, const struct ps2_packet *packet);
	/* The mouse says that it was reset: it was plugged in again. */
	void (*reset)(void *user);
};

enum { PS2_HISTORY = 8 }; /* two packets */

struct ps2_mouse {
	const struct ps2_mouse_handler *handler;
	void *user;
	enum ps2_mouse_type type;
	uint8_t bytes[4];
	unsigned count;
	uint64_t last_us; /* when the last byte came */
	uint8_t history[PS2_HISTORY]; /* the last bytes, the newest at the end
				       */
	unsigned seen; /* how many of them came without a silence between */
	uint8_t buttons, trusted; /* of the last packet; that have stayed */
	unsigned agreeing; /* packets with the same buttons */
	unsigned dropped; /* bytes that belonged to no packet, so far */
};

/* A packet's bytes follow one another within 2 ms or so; a longer silence is
 * between two packets. */
enum { PS2_GAP_US = 50000 };

void ps2_mouse_init(struct ps2_mouse *mouse, enum ps2_mouse_type type,
		    const struct ps2_mouse_handler *handler, void *user);

/*
 * The next byte, read at time_us. Packets have no mark where they begin but
 * bit 3 of the first byte; where bytes were lost or doubled, the stream is
 * brought back in step by that bit, by silence, and by what no wheel can do.
 */
void ps2_mouse_byte(struct ps2_mouse *mouse, uint8_t byte, uint64_t time_us);

/* ---- talking to a device ---- */

/* One byte to the device, what it answers after its acknowledgement, and how
 * long that may take (a reset includes a self test). */
struct ps2_command {
	uint8_t byte;
	uint8_t replies;
	uint16_t timeout_ms;
};

enum { PS2_REPLIES_MAX = 4, PS2_RESENDS_MAX = 3 };

struct ps2_device_handler {
	void (*send)(void *user, uint8_t byte);
	/* To call ps2_device_timeout after ms; 0: not any more. */
	void (*timer)(void *user, unsigned ms);
	/*
	 * The last command ended: `replies` (NULL: it was refused, or there was
	 * no answer). Fills in the next one, or returns false: the dialogue is
	 * over.
	 */
	bool (*next)(void *user, const uint8_t *replies,
		     struct ps2_command *command);
};

struct ps2_device {
	const struct ps2_device_handler *handler;
	void *user;
	bool busy, acknowledged;
	struct ps2_command command;
	uint8_t replies[PS2_REPLIES_MAX];
	unsigned reply_count, resends;
};

void ps2_device_init(struct ps2_device *device,
		     const struct ps2_device_handler *handler, void *user);

/* Begins a dialogue; one that runs is given up. */
void ps2_device_start(struct ps2_device *device,
		      const struct ps2_command *first);

/* True when the byte belongs to the dialogue. Before the acknowledgement a
 * device may still say other things: those are data. */
bool ps2_device_byte(struct ps2_device *device, uint8_t byte);
void ps2_device_timeout(struct ps2_device *device);

/* ---- the two dialogues ---- */

/*
 * Reset, then the two knocks: a device that says 3 after the first has a
 * wheel; one that says 4 after the second has five buttons. A device that says
 * 3 again at the second stays what it was. Then 100 samples/s, 8 counts/mm,
 * and it reports.
 */
struct ps2_mouse_setup {
	unsigned step;
	uint8_t id;
	bool present; /* it has answered the reset */
	bool done; /* it reports */
};

/* Fills in the first command. */
void ps2_mouse_setup_begin(struct ps2_mouse_setup *setup,
			   struct ps2_command *command);
/* As ps2_device_handler.next. */
bool ps2_mouse_setup_next(struct ps2_mouse_setup *setup, const uint8_t *replies,
			  struct ps2_command *command);
enum ps2_mouse_type ps2_mouse_setup_type(const struct ps2_mouse_setup *setup);

/*
 * Reset, which scan codes are sent, LEDs off, reports on. `translated`: the
 * controller makes set 1 of what comes, and the set is not to be touched;
 * else set 2 is asked for, which is what all keyboards begin with anyway.
 */
struct ps2_keyboard_setup {
	unsigned step;
	bool translated;
	bool present, done;
};

void ps2_keyboard_setup_begin(struct ps2_keyboard_setup *setup, bool translated,
			      struct ps2_command *command);
bool ps2_keyboard_setup_next(struct ps2_keyboard_setup *setup,
			     const uint8_t *replies,
			     struct ps2_command *command);

/* Bits of the LED command (0xed). */
enum { PS2_LED_SCROLL = 1, PS2_LED_NUM = 2, PS2_LED_CAPS = 4 };

#endif
