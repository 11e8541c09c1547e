/*
 * What programs write, made from a seed.
 */
#ifndef CORPUS_H
#define CORPUS_H

#include <stddef.h>

/* "plain", "colour", "full-screen", "wide"; about `bytes` bytes (*made), owned
 * by the caller. NULL for an unknown kind. */
char *corpus_make(const char *kind, size_t bytes, size_t *made);

#endif
