#include <string.h>

#include "ps2.h"

/* Byte 0. */
enum {
	ALWAYS_SET = 0x08,
	X_SIGN = 0x10,
	Y_SIGN = 0x20,
	X_OVERFLOW = 0x40,
	Y_OVERFLOW = 0x80,
	BUTTONS = 0x07,
};

/* Byte 3 of an ExPS/2 mouse: bits 7 and 6 say what the rest is. */
enum {
	WHEEL_AND_BUTTONS = 0x00,
	HORIZONTAL = 0x40,
	VERTICAL = 0x80,
	KIND = 0xc0,
	SIDE_BIT = 0x10,
	EXTRA_BIT = 0x20,
};

enum {
	AGREEING = 3, /* packets */
	/* Bytes come 1 ms apart, packets 5 to 25 ms. A busy machine reads them
	 * late, so this is no proof. */
	PAUSE_US = 4000,
};

void ps2_mouse_init(struct ps2_mouse *mouse, enum ps2_mouse_type type,
		    const struct ps2_mouse_handler *handler, void *user)
{
	*mouse = (struct ps2_mouse){
		.handler = handler,
		.user = user,
		.type = type,
	};
}

static unsigned packet_bytes(const struct ps2_mouse *mouse)
{
	return mouse->type == PS2_MOUSE ? 3 : 4;
}

/* Two's complement of `bits` bits. */
static int sign_extend(unsigned value, unsigned bits)
{
	unsigned sign = 1u << (bits - 1);

	return (int)((value & (2 * sign - 1)) ^ sign) - (int)sign;
}

static int axis(const struct ps2_mouse *mouse, unsigned byte, unsigned sign,
		unsigned overflow)
{
	unsigned head = mouse->bytes[0];

	if (head & overflow)
		return 0;
	return mouse->bytes[byte] - (head & sign ? 256 : 0);
}

/*
 * A wheel moves by a few notches between two samples. Eight at once, counted
 * in the direction in which the first byte's bit 3 points, with the buttons as
 * they are now: that is the first byte of the next packet, since a byte was
 * lost. `byte`: the last of a packet.
 */
static bool is_next_head(const struct ps2_mouse *mouse, uint8_t byte)
{
	unsigned buttons = mouse->bytes[0] & BUTTONS;

	return (byte & 0x0f) == ALWAYS_SET ||
	       (byte & 0x0f) == (ALWAYS_SET | buttons);
}

static bool is_possible(const struct ps2_mouse *mouse, uint8_t byte)
{
	unsigned high = byte & 0xf8;

	if (mouse->type == PS2_EXPS2 && (byte & KIND) != WHEEL_AND_BUTTONS)
		return (byte & KIND) != KIND;
	if (mouse->type == PS2_IMPS2 && high != 0 && high != 0xf8)
		return false;
	return !is_next_head(mouse, byte);
}

static void read_last(const struct ps2_mouse *mouse, uint8_t byte,
		      struct ps2_packet *packet)
{
	if (mouse->type == PS2_IMPS2) {
		packet->wheel = -sign_extend(byte, 8);
		return;
	}
	switch (byte & KIND) {
	case HORIZONTAL:
		packet->tilt = sign_extend(byte, 6);
		break;
	case VERTICAL:
		packet->wheel = -sign_extend(byte, 6);
		break;
	default:
		packet->wheel = -sign_extend(byte, 4);
		packet->buttons |= (byte & SIDE_BIT ? PS2_SIDE : 0) |
				   (byte & EXTRA_BIT ? PS2_EXTRA : 0);
	}
}

/* ---- in step or not ---- */

/* The wheel stands nearly still, and no other button is held. */
static bool is_quiet(const struct ps2_mouse *mouse, uint8_t byte)
{
	bool wide = mouse->type == PS2_IMPS2;
	int notches = sign_extend(byte, wide ? 8 : 4);

	if (!wide && (byte & (KIND | SIDE_BIT | EXTRA_BIT)))
		return false;
	return notches >= -2 && notches <= 2;
}

/* What a hand does between two samples needs no ninth bit and no overflow. */
static bool is_calm(const struct ps2_mouse *mouse, const uint8_t *packet)
{
	unsigned head = packet[0];

	return (head & ALWAYS_SET) && !(head & (X_OVERFLOW | Y_OVERFLOW)) &&
	       !(head & X_SIGN) == !(packet[1] & 0x80) &&
	       !(head & Y_SIGN) == !(packet[2] & 0x80) &&
	       (mouse->type == PS2_MOUSE || is_quiet(mouse, packet[3]));
}

/* Buttons as they are trusted to be, and not only since one packet ago. */
static bool is_likely(const struct ps2_mouse *mouse)
{
	unsigned buttons = mouse->bytes[0] & BUTTONS;

	return is_calm(mouse, mouse->bytes) && buttons == mouse->trusted &&
	       (buttons == mouse->buttons || mouse->agreeing > 1);
}

static bool is_head(uint8_t byte)
{
	return (byte & (ALWAYS_SET | X_OVERFLOW | Y_OVERFLOW)) == ALWAYS_SET;
}

/* Nobody changes two buttons between two samples. */
static bool changes_two_buttons(const struct ps2_mouse *mouse)
{
	unsigned changed = (mouse->bytes[0] & BUTTONS) ^ mouse->buttons;

	return changed & (changed - 1);
}

/*
 * A packet is complete, but odd: is there a better place where packets begin,
 * with `left` bytes in the next one? They look like the beginning of one, and
 * before them lies a calm packet with the same buttons (where the odd packet is
 * calm, too: those that are trusted).
 */
static bool is_better(const struct ps2_mouse *mouse, unsigned left)
{
	unsigned size = packet_bytes(mouse);
	const uint8_t *head = mouse->history + PS2_HISTORY - left;
	const uint8_t *before = head - size;
	bool trusted = (head[0] & BUTTONS) == mouse->trusted;

	if (left + size > mouse->seen || !is_head(head[0]))
		return false;
	if (trusted && changes_two_buttons(mouse))
		return true;
	return is_calm(mouse, before) && !((head[0] ^ before[0]) & BUTTONS) &&
	       (trusted || !is_calm(mouse, mouse->bytes));
}

/* How many bytes the next packet has in a better place; 0: there is none. */
static unsigned better_place(const struct ps2_mouse *mouse)
{
	for (unsigned left = 1; left < packet_bytes(mouse); left++)
		if (is_better(mouse, left))
			return left;
	return 0;
}

/* Buttons are believed once they have stayed for a while. */
static void trust(struct ps2_mouse *mouse, unsigned buttons)
{
	if (buttons != mouse->buttons) {
		mouse->buttons = (uint8_t)buttons;
		mouse->agreeing = 0;
	}
	if (++mouse->agreeing >= AGREEING)
		mouse->trusted = (uint8_t)buttons;
}

static void deliver(struct ps2_mouse *mouse)
{
	struct ps2_packet packet = {
		.x = axis(mouse, 1, X_SIGN, X_OVERFLOW),
		.y = -axis(mouse, 2, Y_SIGN, Y_OVERFLOW),
		.buttons = mouse->bytes[0] & BUTTONS,
	};

	trust(mouse, packet.buttons);
	if (mouse->type != PS2_MOUSE)
		read_last(mouse, mouse->bytes[3], &packet);
	mouse->count = 0;
	mouse->handler->packet(mouse->user, &packet);
}

/* A jump and a click in the same sample. */
static bool is_nonsense(const struct ps2_mouse *mouse)
{
	return !is_calm(mouse, mouse->bytes) &&
	       ((mouse->bytes[0] & BUTTONS) ^ mouse->buttons) &&
	       (mouse->bytes[0] & BUTTONS) != mouse->trusted;
}

static void complete(struct ps2_mouse *mouse)
{
	unsigned left = is_likely(mouse) ? 0 : better_place(mouse);

	if (!left && !is_nonsense(mouse)) {
		deliver(mouse);
		return;
	}
	mouse->dropped += mouse->count - left;
	mouse->count = left;
	memcpy(mouse->bytes, mouse->history + PS2_HISTORY - left, left);
}

/* Adds the byte to the packet, where it can be part of one. */
static void add(struct ps2_mouse *mouse, uint8_t byte)
{
	memmove(mouse->history, mouse->history + 1, PS2_HISTORY - 1);
	mouse->history[PS2_HISTORY - 1] = byte;
	if (mouse->seen < PS2_HISTORY)
		mouse->seen++;
	if (mouse->count == 3 && !is_possible(mouse, byte)) {
		mouse->dropped += 3;
		mouse->count = 0;
	}
	if (mouse->count == 0 && !(byte & ALWAYS_SET)) {
		mouse->dropped++;
		return;
	}
	mouse->bytes[mouse->count++] = byte;
	if (mouse->count == packet_bytes(mouse))
		complete(mouse);
}

/* What comes after a silence begins with a first byte. */
static void begin_anew(struct ps2_mouse *mouse)
{
	mouse->dropped += mouse->count;
	mouse->count = 0;
	mouse->seen = 0;
	mouse->trusted = mouse->buttons;
}

void ps2_mouse_byte(struct ps2_mouse *mouse, uint8_t byte, uint64_t time_us)
{
	if (time_us - mouse->last_us > PS2_GAP_US)
		begin_anew(mouse);
	if (mouse->count && time_us - mouse->last_us > PAUSE_US &&
	    is_head(byte) && (byte & BUTTONS) == mouse->trusted) {
		mouse->dropped += mouse->count;
		mouse->count = 0;
	}
	mouse->last_us = time_us;
	if (mouse->count == 1 && mouse->bytes[0] == PS2_TEST_PASSED &&
	    byte == 0x00) {
		mouse->count = 0;
		mouse->handler->reset(mouse->user);
		return;
	}
	add(mouse, byte);
}
