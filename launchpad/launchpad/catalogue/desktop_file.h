/*
 * desktop_file: the keys of a .desktop file, checked, before anything is made
 * of them. Private to this room.
 */
#ifndef CATALOGUE_DESKTOP_FILE_H
#define CATALOGUE_DESKTOP_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Parts of the text; not NUL-terminated. */
struct desktop_key {
	const char *name, *locale, *value;
	size_t name_bytes, locale_bytes, value_bytes;
	unsigned group, line;
	unsigned heads; /* of a heading: the number of its group */
};

struct desktop_file {
	struct desktop_key *keys;
	size_t count;
	unsigned groups;
	unsigned group; /* that is looked in; 1: that of the entry itself */
};

/* NULL, or what is wrong (owned by the caller). */
char *desktop_file_read(const char *text, size_t bytes,
			struct desktop_file *file);
void desktop_file_finish(struct desktop_file *file);

/* The number of a group; 0: there is none of that name. */
unsigned desktop_file_group(const struct desktop_file *file, const char *name);
/* The n-th heading, its name is that of the group; NULL behind the last. */
const struct desktop_key *desktop_file_heading(const struct desktop_file *file,
					       size_t n);

/* The value of a key without a language; NULL: there is none. */
const struct desktop_key *desktop_file_find(const struct desktop_file *file,
					    const char *name);
/* The one that fits a locale best, LANG_COUNTRY@MODIFIER. */
const struct desktop_key *desktop_file_find_localized(
	const struct desktop_file *file, const char *name, const char *locale);

#endif
