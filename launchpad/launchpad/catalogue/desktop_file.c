#include "desktop_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "desktop_entry.h"

/* ---- characters ---- */

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-';
}

static bool is_utf8(const char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes;) {
		uint32_t code;
		size_t length = utf8_decode(text + i, bytes - i, &code);

		if (!length || !code)
			return false;
		i += length;
	}
	return true;
}

/* ---- lines ---- */

struct reader {
	struct desktop_file *file;
	unsigned line;
	char *problem;
};

static void complain(struct reader *reader, const char *what)
{
	if (!reader->problem)
		reader->problem = xasprintf("line %u: %s", reader->line, what);
}

/* A heading is kept as a key without a value, to find it twice. */
static struct desktop_key *add(struct reader *reader)
{
	struct desktop_file *file = reader->file;

	if (file->count == DESKTOP_KEYS_MAX) {
		complain(reader, "too many keys");
		return NULL;
	}
	file->keys[file->count] = (struct desktop_key){
		.group = file->groups,
		.line = reader->line,
	};
	return &file->keys[file->count++];
}

static void read_group(struct reader *reader, const char *line, size_t bytes)
{
	static const char first[] = "Desktop Entry";
	struct desktop_key *key;
	size_t n = bytes - 2;

	if (bytes < 3 || line[bytes - 1] != ']' || memchr(line + 1, '[', n) ||
	    memchr(line + 1, ']', n)) {
		complain(reader, "a malformed group");
		return;
	}
	if (!reader->file->groups &&
	    (n != strlen(first) || memcmp(line + 1, first, n) != 0)) {
		complain(reader, "the first group isn't [Desktop Entry]");
		return;
	}
	reader->file->groups++;
	key = add(reader);
	if (!key)
		return;
	key->group = 0;
	key->heads = reader->file->groups;
	key->name = line + 1;
	key->name_bytes = n;
}

static void read_locale(struct reader *reader, struct desktop_key *key,
			const char *from, size_t bytes)
{
	if (bytes < 3 || from[bytes - 1] != ']') {
		complain(reader, "a malformed key");
		return;
	}
	key->locale = from + 1;
	key->locale_bytes = bytes - 2;
}

static void read_key(struct reader *reader, const char *line, size_t bytes)
{
	const char *equals = memchr(line, '=', bytes);
	struct desktop_key *key = NULL;
	size_t n = 0, end;

	if (!equals || !reader->file->groups) {
		complain(reader, "neither a comment, nor a group, nor a key");
		return;
	}
	end = (size_t)(equals - line);
	while (end && line[end - 1] == ' ')
		end--;
	while (n < end && is_key_char(line[n]))
		n++;
	key = n ? add(reader) : NULL;
	if (!n)
		complain(reader, "a malformed key");
	if (!key)
		return;
	key->name = line;
	key->name_bytes = n;
	if (n < end && line[n] == '[')
		read_locale(reader, key, line + n, end - n);
	else if (n < end)
		complain(reader, "a malformed key");
	key->value = equals + 1;
	key->value_bytes = bytes - (size_t)(equals + 1 - line);
	while (key->value_bytes && *key->value == ' ') {
		key->value++;
		key->value_bytes--;
	}
}

static void read_line(struct reader *reader, const char *line, size_t bytes)
{
	if (bytes && memchr(line, '\r', bytes))
		complain(reader, "lines end with a carriage return");
	else if (!bytes || line[0] == '#')
		return;
	else if (line[0] == '[')
		read_group(reader, line, bytes);
	else
		read_key(reader, line, bytes);
}

/* ---- twice the same ---- */

static int compare_part(const char *a, size_t n, const char *b, size_t m)
{
	int order = n && m ? memcmp(a, b, n < m ? n : m) : 0;

	return order ? order : n < m ? -1 : n > m;
}

static int compare(const void *a, const void *b)
{
	const struct desktop_key *one = a, *two = b;
	int order;

	if (one->group != two->group)
		return one->group < two->group ? -1 : 1;
	order = compare_part(one->name, one->name_bytes, two->name,
			     two->name_bytes);
	return order ? order
		     : compare_part(one->locale, one->locale_bytes, two->locale,
				    two->locale_bytes);
}

/* Sorts by group, name, language. */
static void find_twins(struct reader *reader)
{
	struct desktop_file *file = reader->file;

	qsort(file->keys, file->count, sizeof(*file->keys), compare);
	for (size_t i = 1; i < file->count; i++) {
		const struct desktop_key *key = &file->keys[i];

		if (compare(key - 1, key) != 0)
			continue;
		reader->line = key->line > key[-1].line ? key->line
							: key[-1].line;
		complain(reader, key->group ? "a key for the second time"
					    : "a group for the second time");
	}
}

char *desktop_file_read(const char *text, size_t bytes,
			struct desktop_file *file)
{
	struct reader reader = { .file = file };
	size_t lines = 1;

	*file = (struct desktop_file){ .group = 1 };
	if (bytes > DESKTOP_FILE_MAX)
		return xstrdup("larger than 256 KiB");
	if (!is_utf8(text, bytes))
		return xstrdup("not UTF-8");
	for (size_t i = 0; i < bytes; i++)
		lines += text[i] == '\n';
	lines = lines < DESKTOP_KEYS_MAX ? lines : DESKTOP_KEYS_MAX;
	file->keys = xcalloc(lines, sizeof(*file->keys));
	for (size_t at = 0; at < bytes && !reader.problem;) {
		const char *end = memchr(text + at, '\n', bytes - at);
		size_t length = end ? (size_t)(end - text) - at : bytes - at;

		reader.line++;
		read_line(&reader, text + at, length);
		at += length + 1;
	}
	if (!reader.problem && !file->groups)
		reader.problem = xstrdup("no [Desktop Entry] in it");
	if (!reader.problem)
		find_twins(&reader);
	return reader.problem;
}

void desktop_file_finish(struct desktop_file *file)
{
	free(file->keys);
}

/* ---- finding ---- */

static bool is_named(const struct desktop_key *key, const char *name)
{
	return key->name_bytes == strlen(name) &&
	       memcmp(key->name, name, key->name_bytes) == 0;
}

unsigned desktop_file_group(const struct desktop_file *file, const char *name)
{
	const struct desktop_key *heading;

	for (size_t i = 0; (heading = desktop_file_heading(file, i)); i++)
		if (is_named(heading, name))
			return heading->heads;
	return 0;
}

/* Sorted, they stand before all keys. */
const struct desktop_key *desktop_file_heading(const struct desktop_file *file,
					       size_t n)
{
	return n < file->groups ? &file->keys[n] : NULL;
}

const struct desktop_key *desktop_file_find(const struct desktop_file *file,
					    const char *name)
{
	for (size_t i = 0; i < file->count; i++)
		if (file->keys[i].group == file->group &&
		    !file->keys[i].locale && is_named(&file->keys[i], name))
			return &file->keys[i];
	return NULL;
}

/* The parts of LANG_COUNTRY.CHARSET@MODIFIER. */
struct locale {
	const char *lang, *country, *modifier;
	size_t lang_bytes, country_bytes, modifier_bytes;
};

static struct locale split(const char *text, size_t bytes)
{
	struct locale locale = { .lang = text };
	const char *end = text + bytes, *at = text, *from;

	while (at < end && !memchr("_.@", *at, 3))
		at++;
	locale.lang_bytes = (size_t)(at - text);
	if (at < end && *at == '_') {
		for (from = ++at; at < end && !memchr(".@", *at, 2);)
			at++;
		locale.country = from;
		locale.country_bytes = (size_t)(at - from);
	}
	while (at < end && *at != '@')
		at++;
	if (at < end) {
		locale.modifier = at + 1;
		locale.modifier_bytes = (size_t)(end - at - 1);
	}
	return locale;
}

/* 0: it doesn't fit; the order is that of the specification. */
static int fit(const struct locale *of, const struct locale *wanted)
{
	bool country = of->country_bytes, modifier = of->modifier_bytes;

	if (compare_part(of->lang, of->lang_bytes, wanted->lang,
			 wanted->lang_bytes) ||
	    (country && compare_part(of->country, of->country_bytes,
				     wanted->country, wanted->country_bytes)) ||
	    (modifier &&
	     compare_part(of->modifier, of->modifier_bytes, wanted->modifier,
			  wanted->modifier_bytes)))
		return 0;
	return 1 + modifier + 2 * country;
}

const struct desktop_key *desktop_file_find_localized(
	const struct desktop_file *file, const char *name, const char *locale)
{
	const struct desktop_key *best = desktop_file_find(file, name);
	struct locale wanted = split(locale, strlen(locale));
	int best_fit = 0;

	for (size_t i = 0; i < file->count; i++) {
		const struct desktop_key *key = &file->keys[i];

		if (key->group != file->group || !key->locale ||
		    !is_named(key, name))
			continue;
		struct locale of = split(key->locale, key->locale_bytes);
		int now = fit(&of, &wanted);

		if (now > best_fit) {
			best_fit = now;
			best = key;
		}
	}
	return best;
}
