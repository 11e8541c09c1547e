/*
 * Names and labels: pure text.
 *
 * A label is names joined by " -> ", at most LABEL_MAX bytes.
 */
#ifndef CHILD_LABEL_H
#define CHILD_LABEL_H

#include <stdbool.h>
#include <stddef.h>

#define LABEL_JOINT " -> "

enum { LABEL_MAX = 256 };

/* Empty, or valid names joined by LABEL_JOINT. */
bool label_is_valid(const char *label);

/* Number of names; 0 for the empty one. */
unsigned label_depth(const char *label);

/* FIRST -> REST, or the one that is not empty. False when that is too long;
 * `out` has LABEL_MAX + 1 bytes. */
bool label_join(char *out, const char *first, const char *rest);

/* "launchpad -> scout" -> "launchpad/scout"; false for an invalid label. */
bool label_to_path(const char *label, char *out, size_t size);

/* A valid name made of any text: other characters become '_', too long ones
 * are cut. `out` has CHILD_NAME_MAX + 1 bytes. */
void label_clean_name(char *out, const char *text);

/* base, or base.2, base.3 ...: the n-th instance (from 1). The base is cut
 * where that would be too long. */
void label_instance_name(char *out, const char *base, unsigned n);

#endif
