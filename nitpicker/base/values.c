#include "base/config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"

enum {
	COMPLAINT_MAX = 512, /* bytes of a complaint without its place */
	CHECK_LINES_MAX = 64, /* lines of one config_check_known */
	WORD_MAX = 64, /* bytes; longer words are not compared */
};

void config_complain(const struct config_node *node, const char *format, ...)
{
	char text[COMPLAINT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	log_warning("%s:%u:%u: <%.64s>: %s", config_file(node->document),
		    node->line, node->column, node->name, text);
}

/* Says what is wrong with the value and returns false. */
static bool complain_value(const struct config_node *node, const char *name,
			   const char *problem)
{
	const char *attribute = config_attribute(node, name);

	if (attribute)
		config_complain(node, "%s=\"%.64s\" %s", name, attribute,
				problem);
	else
		config_complain(config_child(node, name), "\"%.64s\" %s",
				config_child(node, name)->text, problem);
	return false;
}

/* Index of the word, or -1. */
static int find_word(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

bool config_get_bool(const struct config_node *node, const char *name,
		     bool *out)
{
	static const char *const words[] = { "no",   "yes", "false",
					     "true", "off", "on",
					     "0",    "1",   NULL };
	const char *value = config_value(node, name);

	if (!value)
		return true;

	int i = find_word(words, value);

	if (i < 0)
		return complain_value(node, name,
				      "is neither \"yes\" nor \"no\"");
	*out = i & 1;
	return true;
}

bool config_get_int(const struct config_node *node, const char *name,
		    int64_t min, int64_t max, int64_t *out)
{
	const char *value = config_value(node, name);
	char problem[96];
	char *end;

	if (!value)
		return true;

	const char *digits = value + (*value == '-');

	errno = 0;

	int64_t number = strtoll(value, &end, 10);

	if (*digits >= '0' && *digits <= '9' && *end == '\0' && !errno &&
	    number >= min && number <= max) {
		*out = number;
		return true;
	}
	snprintf(problem, sizeof(problem),
		 "is not a number from %" PRId64 " to %" PRId64, min, max);
	return complain_value(node, name, problem);
}

bool config_parse_bytes(const char *text, uint64_t *out)
{
	uint64_t bytes = 0;
	unsigned shift = 0;
	const char *s = text;

	for (; *s >= '0' && *s <= '9'; s++) {
		bytes = bytes * 10 + (uint64_t)(*s - '0');
		if (bytes > INT64_MAX / 16)
			return false;
	}
	if (s == text)
		return false;
	switch (*s) {
	case 'G':
		shift += 10;
		__attribute__((fallthrough));
	case 'M':
		shift += 10;
		__attribute__((fallthrough));
	case 'K':
		shift += 10;
		s++;
	}
	if (*s || bytes > (uint64_t)INT64_MAX >> shift)
		return false;
	*out = bytes << shift;
	return true;
}

bool config_get_bytes(const struct config_node *node, const char *name,
		      uint64_t *out)
{
	const char *value = config_value(node, name);

	if (!value || config_parse_bytes(value, out))
		return true;
	return complain_value(node, name, "is not a size (use 512K, 9M, 1G)");
}

bool config_get_color(const struct config_node *node, const char *name,
		      uint32_t *out)
{
	const char *value = config_value(node, name);

	if (!value)
		return true;
	if (value[0] != '#' || strlen(value) != 7 ||
	    strspn(value + 1, "0123456789abcdefABCDEF") != 6)
		return complain_value(node, name,
				      "is not a colour (use #rrggbb)");
	*out = (uint32_t)strtoul(value + 1, NULL, 16);
	return true;
}

/* `"a", "b" or "c"` into out, cut at its size. */
static void list_words(const char *const *words, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (int i = 0; words[i] && used < size; i++) {
		const char *joint = i == 0 ? "" : !words[i + 1] ? " or " : ", ";

		used += (size_t)snprintf(out + used, size - used, "%s\"%s\"",
					 joint, words[i]);
	}
}

bool config_get_choice(const struct config_node *node, const char *name,
		       const char *const *choices, int *out)
{
	const char *value = config_value(node, name);
	char list[256], problem[288];

	if (!value)
		return true;

	int i = find_word(choices, value);

	if (i >= 0) {
		*out = i;
		return true;
	}
	list_words(choices, list, sizeof(list));
	snprintf(problem, sizeof(problem), "is not one of %s", list);
	return complain_value(node, name, problem);
}

bool config_get_either(const struct config_node *node, const char *name,
		       const char *first, const char *second, bool *out)
{
	const char *const words[] = { first, second, NULL };
	int value = *out;
	bool valid = config_get_choice(node, name, words, &value);

	*out = value;
	return valid;
}

bool config_has_word(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += length) {
		if (!length)
			return false;
		if ((at == list || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	}
	return false;
}

/* ---- unknown words ---- */

/* Edits (insert, delete, replace, swap of neighbours) from a to b. */
static unsigned distance(const char *a, const char *b)
{
	size_t rows = strlen(a), columns = strlen(b);
	unsigned table[3][WORD_MAX + 1];

	if (rows > WORD_MAX || columns > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= columns; j++)
		table[0][j] = (unsigned)j;
	for (size_t i = 1; i <= rows; i++) {
		unsigned *now = table[i % 3], *above = table[(i + 2) % 3];
		const unsigned *before = table[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= columns; j++) {
			unsigned best = above[j - 1] + (a[i - 1] != b[j - 1]);

			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	return table[rows % 3][columns];
}

/* The known word that was probably meant, at most two edits away. */
static const char *find_similar(const char *const *known, const char *word)
{
	const char *similar = NULL;
	unsigned least = 3;

	for (; *known; known++) {
		unsigned edits = distance(*known, word);

		/* As many edits as letters make any word of any other. */
		if (edits < least && edits < strlen(*known)) {
			least = edits;
			similar = *known;
		}
	}
	return similar;
}

static void complain_unknown(const struct config_node *node, const char *what,
			     const char *word, const char *const *known)
{
	const char *similar = find_similar(known, word);

	if (similar)
		config_complain(node,
				"unknown %s \"%.64s\", did you mean \"%s\"?",
				what, word, similar);
	else
		config_complain(node, "unknown %s \"%.64s\"", what, word);
}

/* Parents add these to the config of everybody, who may not need them. */
static bool is_inherited(const struct config_node *node)
{
	return !node->parent->parent && (strcmp(node->name, "theme") == 0 ||
					 strcmp(node->name, "keyboard") == 0);
}

int config_check_known(const struct config_node *node, const char *const *known)
{
	const struct config_attribute *attribute = node->attributes;
	int count = 0;

	for (; attribute; attribute = attribute->next)
		if (find_word(known, attribute->name) < 0 &&
		    ++count <= CHECK_LINES_MAX)
			complain_unknown(node, "attribute", attribute->name,
					 known);
	for (const struct config_node *child = node->children; child;
	     child = child->next)
		if (find_word(known, child->name) < 0 && !is_inherited(child) &&
		    ++count <= CHECK_LINES_MAX)
			complain_unknown(child, "node", child->name, known);
	if (count > CHECK_LINES_MAX)
		config_complain(node, "and %d more unknown ones",
				count - CHECK_LINES_MAX);
	return count;
}

/* ---- writing ---- */

/* What stands for the character in XML; NULL: itself. */
static const char *escape(uint32_t code)
{
	switch (code) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	case 0xfffe:
	case 0xffff:
		return "?";
	}
	/* XML has no way to write the other control characters of ASCII. */
	return code < 0x20 || code == 0x7f ? "?" : NULL;
}

char *config_escape(const char *text)
{
	size_t left = strlen(text);
	/* No escape is longer than six bytes. */
	char *out = xcalloc(left * 6 + 1, 1), *end = out;

	while (left) {
		uint32_t code;
		size_t length = utf8_decode(text, left, &code);
		const char *instead = length ? escape(code) : "?";

		if (instead)
			end = stpcpy(end, instead);
		else
			end = mempcpy(end, text, length);
		text += length ? length : 1;
		left -= length ? length : 1;
	}
	*end = '\0';
	return out;
}

void config_put(FILE *out, const char *name, const char *value)
{
	char *text = config_escape(value);

	fprintf(out, " %s=\"%s\"", name, text);
	free(text);
}
