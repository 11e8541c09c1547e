/*
 * Chords: a key with Super and Shift, or Super alone, as configs name them and
 * as people read them.
 */
#ifndef SESSION_CHORD_H
#define SESSION_CHORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chord {
	int code; /* of linux/input-event-codes.h; 0: Super alone */
	bool super, shift;
};

/* Left or right. */
bool chord_is_super(uint32_t code);
bool chord_is_shift(uint32_t code);

/* "Super" or "[Super+][Shift+]KEY_X"; false for anything else. */
bool chord_parse(const char *text, struct chord *chord);

/* "Super+Shift+Tab"; cut at size. */
void chord_text(const struct chord *chord, char *out, size_t size);

#endif
