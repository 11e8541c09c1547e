#include <linux/input-event-codes.h>
#include <string.h>

#include "keyboard_codes.h"
#include "ps2.h"

enum {
	PREFIX_EXTENDED = 0xe0,
	PREFIX_PAUSE = 0xe1,
	PREFIX_RELEASE = 0xf0, /* set 2 only */
	RELEASE_BIT = 0x80, /* set 1 only */
	OVERRUN_SET_1 = 0xff,
	OVERRUN_SET_2 = 0x00,
	/* These two send no release, in either set. */
	HANJA = 0xf1,
	HANGEUL = 0xf2,
	/* Repeat begins after 500 ms, as the setup asks for. */
	SILENT_US = 1000000,
};

void ps2_keyboard_init(struct ps2_keyboard *keyboard, enum ps2_set set,
		       const struct ps2_keyboard_handler *handler, void *user)
{
	*keyboard = (struct ps2_keyboard){
		.handler = handler,
		.user = user,
		.set = set,
	};
}

static bool test(const uint64_t *words, unsigned code)
{
	return words[code / 64] >> (code % 64) & 1;
}

static bool is_pressed(const struct ps2_keyboard *keyboard, unsigned code)
{
	return code && test(keyboard->pressed, code);
}

static void change(struct ps2_keyboard *keyboard, unsigned code, bool pressed)
{
	keyboard->pressed[code / 64] ^= UINT64_C(1) << (code % 64);
	if (!pressed && keyboard->newest == code)
		keyboard->newest = 0;
	keyboard->handler->key(keyboard->user, code, pressed);
}

static void tap(struct ps2_keyboard *keyboard, unsigned code)
{
	if (!is_pressed(keyboard, code)) {
		change(keyboard, code, true);
		change(keyboard, code, false);
	}
}

void ps2_keyboard_release_all(struct ps2_keyboard *keyboard)
{
	for (unsigned code = 1; code < 64 * PS2_KEY_WORDS; code++)
		if (is_pressed(keyboard, code))
			change(keyboard, code, false);
	keyboard->prefix_bytes = 0;
}

static unsigned code_of(const struct ps2_keyboard *keyboard, uint8_t scan,
			bool extended)
{
	return keyboard->set == PS2_SET_1 ? ps2_set1_code(scan, extended)
					  : ps2_set2_code(scan, extended);
}

static bool is_fake_shift(const struct ps2_keyboard *keyboard, uint8_t scan,
			  bool extended)
{
	return extended &&
	       (keyboard->set == PS2_SET_1 ? scan == 0x2a || scan == 0x36
					   : scan == 0x12 || scan == 0x59);
}

static void press(struct ps2_keyboard *keyboard, unsigned code,
		  uint64_t time_us)
{
	if (is_pressed(keyboard, code)) {
		if (keyboard->newest == code) {
			keyboard->repeats[code / 64] |= UINT64_C(1)
							<< (code % 64);
			keyboard->newest_us = time_us;
		}
		return;
	}
	keyboard->newest = code;
	keyboard->newest_us = time_us;
	change(keyboard, code, true);
}

static void handle_key(struct ps2_keyboard *keyboard, uint8_t scan,
		       bool extended, bool released, uint64_t time_us)
{
	unsigned code = code_of(keyboard, scan, extended);
	unsigned twin;

	if (is_fake_shift(keyboard, scan, extended))
		return;
	if (!released && !code) {
		/* Not held: damaged bytes would never release it. */
		tap(keyboard, KEY_UNKNOWN);
	} else if (!released) {
		press(keyboard, code, time_us);
	} else if (is_pressed(keyboard, code)) {
		change(keyboard, code, false);
	} else {
		/* A prefix was lost, or made up. */
		twin = code_of(keyboard, scan, !extended);
		if (is_pressed(keyboard, twin))
			change(keyboard, twin, false);
	}
}

/* ---- sequences ---- */

static bool has_prefix(const struct ps2_keyboard *keyboard, uint8_t prefix)
{
	return memchr(keyboard->prefix, prefix, keyboard->prefix_bytes) != NULL;
}

static void add_prefix(struct ps2_keyboard *keyboard, uint8_t byte,
		       uint64_t time_us)
{
	/* The longest is e1 f0 14 f0; more is damage. */
	if (keyboard->prefix_bytes == sizeof(keyboard->prefix))
		keyboard->prefix_bytes = 0;
	keyboard->prefix[keyboard->prefix_bytes++] = byte;
	keyboard->prefix_us = time_us;
}

/*
 * Pause: e1, a Ctrl, a Num Lock; then the same as releases, at once, also
 * while the key is held. So it is a tap. True while the sequence goes on.
 */
static bool handle_pause(struct ps2_keyboard *keyboard, uint8_t byte,
			 uint64_t time_us)
{
	bool set_1 = keyboard->set == PS2_SET_1;
	uint8_t ctrl = set_1 ? 0x1d : 0x14, num = set_1 ? 0x45 : 0x77;
	uint8_t scan = set_1 ? byte & 0x7f : byte;
	bool released = set_1 ? byte & RELEASE_BIT
			      : has_prefix(keyboard, PREFIX_RELEASE);

	if (!set_1 && byte == PREFIX_RELEASE) {
		add_prefix(keyboard, byte, time_us);
		return true;
	}
	if (scan == ctrl) {
		add_prefix(keyboard, ctrl, time_us);
		return true;
	}
	if (scan != num || !has_prefix(keyboard, ctrl))
		return false;
	keyboard->prefix_bytes = 0;
	if (!released)
		tap(keyboard, KEY_PAUSE);
	return true;
}

/* What no key sends; true when the byte is dealt with. */
static bool handle_special(struct ps2_keyboard *keyboard, uint8_t byte)
{
	bool set_1 = keyboard->set == PS2_SET_1;

	/* In set 1, this is also the release of the left Shift. */
	if (byte == PS2_TEST_PASSED &&
	    !(set_1 && is_pressed(keyboard, KEY_LEFTSHIFT))) {
		ps2_keyboard_release_all(keyboard);
		keyboard->handler->reset(keyboard->user);
		return true;
	}
	if (byte == (set_1 ? OVERRUN_SET_1 : OVERRUN_SET_2)) {
		ps2_keyboard_release_all(keyboard);
		return true;
	}
	if (byte == HANJA || byte == HANGEUL) {
		tap(keyboard, byte == HANJA ? KEY_HANJA : KEY_HANGEUL);
		return true;
	}
	return false;
}

static bool is_prefix(const struct ps2_keyboard *keyboard, uint8_t byte)
{
	return byte == PREFIX_EXTENDED || byte == PREFIX_PAUSE ||
	       (byte == PREFIX_RELEASE && keyboard->set == PS2_SET_2);
}

void ps2_keyboard_byte(struct ps2_keyboard *keyboard, uint8_t byte,
		       uint64_t time_us)
{
	bool extended, released;

	if (keyboard->prefix_bytes &&
	    time_us - keyboard->prefix_us > PS2_GAP_US)
		keyboard->prefix_bytes = 0;
	if (has_prefix(keyboard, PREFIX_PAUSE)) {
		if (handle_pause(keyboard, byte, time_us))
			return;
		keyboard->prefix_bytes = 0;
	}
	if (is_prefix(keyboard, byte)) {
		add_prefix(keyboard, byte, time_us);
		return;
	}
	if (!keyboard->prefix_bytes && handle_special(keyboard, byte))
		return;
	extended = has_prefix(keyboard, PREFIX_EXTENDED);
	released = has_prefix(keyboard, PREFIX_RELEASE);
	keyboard->prefix_bytes = 0;
	if (keyboard->set == PS2_SET_1) {
		released = byte & RELEASE_BIT;
		byte &= 0x7f;
	}
	handle_key(keyboard, byte, extended, released, time_us);
}

uint64_t ps2_keyboard_check(struct ps2_keyboard *keyboard, uint64_t time_us)
{
	unsigned code = keyboard->newest;

	if (!code || !test(keyboard->repeats, code))
		return 0;
	if (time_us - keyboard->newest_us < SILENT_US)
		return keyboard->newest_us + SILENT_US;
	change(keyboard, code, false);
	return 0;
}
