/*
 * spare: key codes that no keyboard is expected to use, which type characters
 * that no key of the layout types.
 *
 * An X client looks a key up when it handles the event, which may be long after
 * the press, and nothing says when; so a code isn't given another meaning for
 * SPARE_REST_NS after it was pressed. More different characters than there are
 * codes wait for that, which nobody types: some 12 a second go on for ever.
 * Shorter rests were too short on a machine that is starved: with 3 s, xterm
 * got a few of 3,500 characters wrong every other time. Codes without a meaning
 * are used first, then those of rare keys (media, launchers), which get their
 * meaning back once the user presses them.
 */
#ifndef XVFB_GLUE_SPARE_H
#define XVFB_GLUE_SPARE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	SPARE_KEYS = 128, /* the most that are used */
	SPARE_RARE_FIRST = 129 + 8, /* KEY_AGAIN: rare keys begin here */
};

#define SPARE_REST_NS 10000000000ull

struct spare_key {
	uint32_t keysym; /* 0: not ours yet */
	uint64_t pressed; /* ns of CLOCK_MONOTONIC */
	uint8_t code;
	bool rare; /* has another meaning */
	bool used; /* the user has such a key */
	bool held;
};

/* Zeroed memory is a pool without keys. */
struct spare {
	struct spare_key keys[SPARE_KEYS];
	unsigned count;
};

/*
 * Finds the codes. `keysyms`: the meanings of the codes from KEYCODE_MIN to
 * KEYCODE_MAX, `per_code` each; `modifiers`: the codes of modifiers (zeroes are
 * fine). Forgets what was there.
 */
void spare_find(struct spare *spare, const uint32_t *keysyms, unsigned per_code,
		const uint8_t *modifiers, unsigned modifier_count);

enum spare_answer {
	SPARE_READY, /* the code has that meaning: press it */
	SPARE_CHANGE, /* it has to get it first */
	SPARE_LATER, /* none before *when */
	SPARE_NONE,
};

/* A code that types `keysym` at the time `now`; it counts as pressed then. */
enum spare_answer spare_take(struct spare *spare, uint32_t keysym, uint64_t now,
			     uint8_t *code, uint64_t *when);

/* The user presses that key, if it is one of these: others are used before it,
 * and while it is held, only they. True: its meaning has to be given back. */
bool spare_press(struct spare *spare, uint8_t code, uint64_t now);
void spare_release(struct spare *spare, uint8_t code);

#endif
