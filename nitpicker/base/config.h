/*
 * Config documents: XML read with expat into a tree that remembers its places,
 * so that every complaint names file, line and column.
 *
 * Refused: DOCTYPE (so no entities), depth over CONFIG_MAX_DEPTH, more than
 * CONFIG_MAX_NODES nodes, more than CONFIG_MAX_BYTES bytes.
 *
 * A value can be written as an attribute or as a sub node with text:
 * <launcher ram_quota="1M"/> and <launcher><ram_quota>1M</ram_quota></launcher>
 * are the same to config_value and all that is built on it. (The attribute
 * wins.) The typed getters leave *out alone when there is no such value, and
 * also when it is malformed; then they log one line with the place, the value
 * and what is permitted, and return false. Absent values return true.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/loop.h"

enum {
	CONFIG_MAX_DEPTH = 64,
	CONFIG_MAX_NODES = 20000,
	CONFIG_MAX_BYTES = 1 << 20,
};

struct config;

struct config_attribute {
	const char *name, *value;
	struct config_attribute *next;
};

struct config_node {
	const char *name;
	const char *text; /* directly inside, white space trimmed; never NULL */
	unsigned line, column; /* of '<', counted from 1, in the file */
	size_t offset, length; /* of the whole element in the source, bytes */
	struct config_attribute *attributes;
	struct config_node *parent, *children, *next;
	const struct config *document;
};

/*
 * Parses `length` bytes (copied). `file`, `line` and `column` say where the
 * text stood, for messages. On an error: NULL and, in *error (owned by the
 * caller, may be NULL), "FILE:LINE:COLUMN: what".
 */
struct config *config_parse(const char *text, size_t length, const char *file,
			    unsigned line, unsigned column, char **error);

/* The same from a file; *error also tells why it can't be read. */
struct config *config_load(const char *path, char **error);
void config_destroy(struct config *config);

const struct config_node *config_root(const struct config *config);
const char *config_file(const struct config *config);

/* The text of an element as it stands in the source. Not NUL-terminated. */
const char *config_source(const struct config_node *node, size_t *length);

/* First child with that name / next sibling with that name; NULL: none.
 * A NULL name matches all. */
const struct config_node *config_child(const struct config_node *node,
				       const char *name);
const struct config_node *config_next(const struct config_node *node,
				      const char *name);
const char *config_attribute(const struct config_node *node, const char *name);

/* Attribute or text of the sub node; NULL: none. */
const char *config_value(const struct config_node *node, const char *name);

/* yes/no, true/false, on/off, 1/0. */
bool config_get_bool(const struct config_node *node, const char *name,
		     bool *out);
bool config_get_int(const struct config_node *node, const char *name,
		    int64_t min, int64_t max, int64_t *out);
/* Bytes: digits with an optional K, M or G (powers of 1024). */
bool config_get_bytes(const struct config_node *node, const char *name,
		      uint64_t *out);
/* #rrggbb -> 0x00rrggbb. */
bool config_get_color(const struct config_node *node, const char *name,
		      uint32_t *out);
/* One of the words of `choices` (ends with NULL) -> its index. */
bool config_get_choice(const struct config_node *node, const char *name,
		       const char *const *choices, int *out);

/* One of two words: is it the second one? */
bool config_get_either(const struct config_node *node, const char *name,
		       const char *first, const char *second, bool *out);

/* True when `word` is one of the words of `list`, separated by blanks. */
bool config_has_word(const char *list, const char *word);

/* "FILE:LINE:COLUMN: <NODE>: text" as a warning. */
void config_complain(const struct config_node *node, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Warns about each sub node and attribute that is not in `known` (ends with
 * NULL), with "did you mean" where a known word is at most two edits away.
 * <theme> and <keyboard> directly below the root are known to everybody.
 * Returns how many there were.
 */
int config_check_known(const struct config_node *node,
		       const char *const *known);

/* Parses a size like config_get_bytes; false if malformed. */
bool config_parse_bytes(const char *text, uint64_t *out);

/* XML text with & < > " and control characters escaped; owned by the caller. */
char *config_escape(const char *text);
/* Writes an attribute, with a space before it: ` name="value"`. */
void config_put(FILE *out, const char *name, const char *value);

/* ---- files that change ---- */

struct config_watch;
typedef void config_watch_fn(void *user);

/*
 * Calls fn after the file was written, replaced, created or removed, 40 ms
 * after the last such event and only if its content changed. Watches the
 * directory, and that of the target if the file is a symlink. NULL with errno
 * where that can't be.
 */
struct config_watch *config_watch_create(struct loop *loop, const char *path,
					 config_watch_fn *fn, void *user);
void config_watch_destroy(struct config_watch *watch);

#endif
