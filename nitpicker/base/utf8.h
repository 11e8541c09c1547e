/*
 * UTF-8, as far as everybody who takes text from others needs it.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Bytes of the character at `text` (1 to 4), of which at most `max` may be
 * read; 0 when it is not valid UTF-8 (overlong forms, surrogates and what is
 * beyond U+10FFFF included). *code (may be NULL) gets the code point.
 */
size_t utf8_decode(const char *text, size_t max, uint32_t *code);

/* Text of whole characters, none of them NUL. */
bool utf8_is_text(const char *text, size_t bytes);

/* Writes the character (1 to 4 bytes, no NUL) and returns its length; 0 for
 * what is no code point. */
size_t utf8_encode(uint32_t code, char out[4]);

#endif
