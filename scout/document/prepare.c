/*
 * What happens to the text of a file before md4c sees it.
 */
#include "prepare.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* ---- front matter ---- */

static size_t line_bytes(const char *text, size_t bytes)
{
	const char *end = memchr(text, '\n', bytes);

	return end ? (size_t)(end + 1 - text) : bytes;
}

static bool is_fence(const char *line, size_t bytes)
{
	while (bytes && (line[bytes - 1] == '\n' || line[bytes - 1] == '\r'))
		bytes--;
	return bytes == 3 && !memcmp(line, "---", 3);
}

/* The value of a line that begins with that key. */
static void take_key(const char *line, size_t bytes, const char *key,
		     struct source_part *value)
{
	size_t length = strlen(key);

	if (bytes <= length || memcmp(line, key, length))
		return;
	line += length;
	bytes -= length;
	while (bytes && (*line == ' ' || *line == '"')) {
		line++;
		bytes--;
	}
	while (bytes && strchr("\r\n \"", line[bytes - 1]))
		bytes--;
	*value = (struct source_part){ line, bytes };
}

size_t source_front(const char *text, size_t bytes, struct source_front *front)
{
	size_t at = line_bytes(text, bytes), length;
	unsigned keys = 0;

	if (!is_fence(text, at))
		return 0;
	for (; at < bytes; at += length, keys++) {
		const char *line = text + at;

		length = line_bytes(line, bytes - at);
		if (is_fence(line, length)) {
			at += length;
			break;
		}
		size_t word = 0;

		while (word < length &&
		       ((line[word] >= 'a' && line[word] <= 'z') ||
			line[word] == '_'))
			word++;
		if (!word || word >= length || line[word] != ':')
			return 0;
	}
	if (!keys || !is_fence(text + at - length, length))
		return 0;
	for (size_t i = line_bytes(text, bytes); i < at; i += length) {
		length = line_bytes(text + i, bytes - i);
		take_key(text + i, length, "title:", &front->title);
		take_key(text + i, length, "next:", &front->next);
	}
	return at;
}

/* ---- UTF-8 ---- */

char *source_repaired(const char *source, size_t bytes, size_t *length,
		      bool *failed)
{
	size_t i = 0, step, out;
	char *copy;

	while (i < bytes && ((source[i] & 0x80) == 0 ||
			     utf8_decode(source + i, bytes - i, NULL)))
		i += source[i] & 0x80 ? utf8_decode(source + i, bytes - i, NULL)
				      : 1;
	if (i == bytes)
		return NULL;
	copy = malloc(bytes * 3);
	*failed = !copy;
	if (!copy)
		return NULL;
	memcpy(copy, source, i);
	for (out = i; i < bytes; i += step ? step : 1) {
		step = utf8_decode(source + i, bytes - i, NULL);
		memcpy(copy + out, step ? source + i : "\xef\xbf\xbd",
		       step ? step : 3);
		out += step ? step : 3;
	}
	*length = out;
	return copy;
}
