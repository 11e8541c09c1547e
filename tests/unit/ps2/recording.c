#include "recording.h"

#include <check.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include "driver/ps2/protocol/keyboard_codes.h"

struct line {
	uint64_t time_us;
	unsigned type, code;
	int value;
};

/* The next event; false at the end. */
static bool next_line(const char **at, const char *end, struct line *line)
{
	while (*at < end) {
		const char *start = *at;
		const char *stop = memchr(start, '\n', (size_t)(end - start));
		char text[128];
		double seconds;
		size_t length = (size_t)((stop ? stop : end) - start);

		*at = stop ? stop + 1 : end;
		ck_assert_uint_lt(length, sizeof(text));
		memcpy(text, start, length);
		text[length] = '\0';
		if (sscanf(text, "E: %lf %x %x %d", &seconds, &line->type,
			   &line->code, &line->value) == 4) {
			line->time_us = (uint64_t)(seconds * 1e6 + 0.5);
			return true;
		}
	}
	return false;
}

static void put(struct recording *recording, uint64_t time_us, uint8_t byte)
{
	ck_assert_uint_lt(recording->count, RECORDING_BYTES);
	recording->times_us[recording->count] = time_us;
	recording->bytes[recording->count++] = byte;
}

/* ---- mouse ---- */

/* What the device counts is beyond a byte's reach now and then: it sends more
 * packets. */
static int clamp(int value)
{
	return value > 127 ? 127 : value < -127 ? -127 : value;
}

static void put_packet(struct recording *recording, uint64_t time_us,
		       const struct ps2_packet *packet,
		       enum ps2_mouse_type type)
{
	int up = -packet->y;
	unsigned more = (packet->buttons & PS2_SIDE ? 0x10 : 0) |
			(packet->buttons & PS2_EXTRA ? 0x20 : 0);

	ck_assert_uint_lt(recording->packet_count, RECORDING_PACKETS);
	recording->packets[recording->packet_count++] = *packet;
	put(recording, time_us,
	    (uint8_t)(0x08 | (packet->buttons & 7) |
		      (packet->x < 0 ? 0x10 : 0) | (up < 0 ? 0x20 : 0)));
	put(recording, time_us + 1000, (uint8_t)packet->x);
	put(recording, time_us + 2000, (uint8_t)up);
	if (type == PS2_IMPS2)
		put(recording, time_us + 3000, (uint8_t)-packet->wheel);
	if (type == PS2_EXPS2)
		put(recording, time_us + 3000,
		    (uint8_t)((-packet->wheel & 0x0f) | more));
}

static unsigned button_bit(unsigned code, enum ps2_mouse_type type)
{
	switch (code) {
	case BTN_LEFT:
		return PS2_LEFT;
	case BTN_RIGHT:
		return PS2_RIGHT;
	case BTN_MIDDLE:
		return PS2_MIDDLE;
	case BTN_SIDE:
		return type == PS2_EXPS2 ? PS2_SIDE : 0;
	default:
		return type == PS2_EXPS2 ? PS2_EXTRA : 0;
	}
}

static void gather(struct ps2_packet *packet, const struct line *line,
		   enum ps2_mouse_type type)
{
	if (line->type == EV_KEY) {
		unsigned bit = button_bit(line->code, type);

		packet->buttons = line->value ? packet->buttons | bit
					      : packet->buttons & ~bit;
	} else if (line->type == EV_REL) {
		*(line->code == REL_X   ? &packet->x
		  : line->code == REL_Y ? &packet->y
					: &packet->wheel) += line->value;
	}
}

void record_mouse(struct recording *recording, const char *text, size_t length,
		  enum ps2_mouse_type type)
{
	struct ps2_packet packet = { 0 };
	const char *end = text + length;
	struct line line;

	*recording = (struct recording){ 0 };
	while (next_line(&text, end, &line)) {
		gather(&packet, &line, type);
		if (line.type != EV_SYN)
			continue;
		packet.x = clamp(packet.x);
		packet.y = clamp(packet.y);
		if (type == PS2_MOUSE)
			packet.wheel = 0;
		put_packet(recording, line.time_us, &packet, type);
		packet = (struct ps2_packet){ .buttons = packet.buttons };
	}
}

/* ---- keyboard ---- */

static void find_scan(enum ps2_set set, unsigned code, uint8_t *scan,
		      bool *extended)
{
	for (unsigned i = 0; i < 0x100; i++) {
		*scan = (uint8_t)(i & 0x7f);
		*extended = i & 0x80;
		if ((set == PS2_SET_1
			     ? ps2_set1_code(*scan, *extended)
			     : ps2_set2_code(*scan, *extended)) == code)
			return;
	}
	ck_abort_msg("no scan code for key %u", code);
}

void record_keyboard(struct recording *recording, const char *text,
		     size_t length, enum ps2_set set)
{
	const char *end = text + length;
	struct line line;
	uint8_t scan;
	bool extended;

	*recording = (struct recording){ 0 };
	while (next_line(&text, end, &line)) {
		uint64_t now = line.time_us;

		if (line.type != EV_KEY)
			continue;
		find_scan(set, line.code, &scan, &extended);
		if (extended)
			put(recording, now, 0xe0);
		if (!line.value && set == PS2_SET_2)
			put(recording, now + 1000, 0xf0);
		put(recording, now + 2000,
		    set == PS2_SET_1 && !line.value ? scan | 0x80 : scan);
	}
}
