/*
 * Labels say who a session belongs to: the names that all parents gave, from
 * the outermost to the program's own, joined by " -> ". Policies name whole
 * elements of them.
 */
#ifndef SESSION_LABEL_H
#define SESSION_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many elements of `label` the pattern names when it matches it or
 * something above it, 0: it doesn't. */
unsigned label_match(const char *pattern, const char *label);
/* True when `label` lies below `above`. */
bool label_is_below(const char *label, const char *above);

/* Where no policy gives one: one of eight colours 0xRRGGBB, always the same for
 * a label. Dark text can be read on all of them. */
uint32_t label_color(const char *label);

/* As people read it, "launchpad › scout"; cut at size. */
void label_display(const char *label, char *out, size_t size);

#endif
