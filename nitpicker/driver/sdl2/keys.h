/*
 * What of a host's keyboard goes on to the client: held keys, the characters
 * that belong to them, and the chord that takes and gives back the grab. No
 * SDL here.
 */
#ifndef SDL2_KEYS_H
#define SDL2_KEYS_H

#include "session/input.h"

enum modifier {
	MODIFIER_CTRL = 1,
	MODIFIER_ALT = 2,
	MODIFIER_SHIFT = 4,
	MODIFIER_SUPER = 8,
};

/* Modifiers and one key; key 0: never matches. */
struct chord {
	int key;
	unsigned modifiers;
};

/* "Ctrl+Alt+G", or "off". The key is a Linux name without "KEY_", in any case.
 * False and *chord untouched when malformed. */
bool chord_parse(const char *text, struct chord *chord);

struct keys {
	uint64_t held[(INPUT_CODE_MAX + 64) / 64]; /* as the client knows it */
	struct chord chord;
	int swallowed; /* key of a chord, until it is released; 0: none */
	int text_code; /* key that text which comes now was typed by; 0: none */
	bool text_repeat;
};

enum press_action { PRESS_IGNORE, PRESS_SEND, PRESS_CHORD };

/* `repeat`: the host repeats a held key. PRESS_SEND: the client gets a press.
 */
enum press_action keys_press(struct keys *keys, int code, bool repeat);
/* True when the client gets a release. */
bool keys_release(struct keys *keys, int code);
bool keys_held(const struct keys *keys, int code);
/* Any key or button at all. */
bool keys_any_held(const struct keys *keys);
/* The client was told that everything is released. */
void keys_forget(struct keys *keys);

/* Text that comes from now on belongs to no press. */
void keys_text_end(struct keys *keys);

/*
 * Takes the next character of `*text` (UTF-8) as the event to send. False when
 * there is none: at the end, and while Ctrl, left Alt or Super is held.
 * Control characters and malformed bytes are passed over.
 */
bool keys_text(const struct keys *keys, const char **text,
	       struct input_event *event);

#endif
