/*
 * Characters by name. The table of the names is md4c's.
 */
#include <md4c-html.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "document.h"

struct answer {
	char text[64];
	size_t bytes;
};

static void collect(const char *text, unsigned size, void *user)
{
	struct answer *answer = user;
	size_t room = sizeof(answer->text) - answer->bytes;

	if (size < room)
		room = size;
	memcpy(answer->text + answer->bytes, text, room);
	answer->bytes += room;
}

static size_t by_number(const char *name, size_t bytes,
			char out[ENTITY_BYTES_MAX])
{
	bool hex = bytes > 3 && (name[2] == 'x' || name[2] == 'X');
	char digits[10] = { 0 };
	size_t from = hex ? 3 : 2, length = bytes - from - 1;
	unsigned long code;
	size_t written;

	if (length >= sizeof(digits))
		return 0;
	memcpy(digits, name + from, length);
	code = strtoul(digits, NULL, hex ? 16 : 10);
	written = code ? utf8_encode((uint32_t)code, out) : 0;
	return written ? written : utf8_encode(0xfffd, out);
}

size_t document_entity(const char *name, size_t bytes,
		       char out[ENTITY_BYTES_MAX])
{
	static const struct {
		const char *name;
		char character;
	} escaped[] = {
		{ "&amp;", '&' },  { "&lt;", '<' },     { "&gt;", '>' },
		{ "&quot;", '"' }, { "&NewLine;", 10 }, { "&Tab;", 9 },
	};
	struct answer answer = { .bytes = 0 };
	const char *begin, *end;

	if (bytes > 3 && name[1] == '#')
		return by_number(name, bytes, out);
	for (size_t i = 0; i < sizeof(escaped) / sizeof(escaped[0]); i++)
		if (strlen(escaped[i].name) == bytes &&
		    !memcmp(escaped[i].name, name, bytes)) {
			out[0] = escaped[i].character;
			return 1;
		}
	/* "<p>X</p>" comes back; "<p>&amp;..." for a name it doesn't know. */
	if (bytes > 48 ||
	    md_html(name, (unsigned)bytes, collect, &answer, 0, 0))
		return 0;
	begin = answer.text + 3;
	end = memchr(begin, '<', answer.bytes > 3 ? answer.bytes - 3 : 0);
	if (!end || *begin == '&' || end - begin > ENTITY_BYTES_MAX)
		return 0;
	memcpy(out, begin, (size_t)(end - begin));
	return (size_t)(end - begin);
}
