/* UTF-8 and where lines end: every byte belongs to one line, and lines come to
 * an end. */
#include <stdlib.h>

#include "scout/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct text_style style = { .size = 14 * 64 };
	struct text *text = text_create();
	const char *string = (const char *)data;
	struct text_breaks breaks;
	enum text_break kind;
	size_t at, last = 0;
	int *x = calloc(size + 1, sizeof(*x));

	text_breaks_begin(&breaks, string, size);
	for (bool first = true; text_breaks_next(&breaks, &at, &kind);
	     first = false, last = at)
		check(at < size && (first ? at == 0 : at > last));
	int width = text_positions(text, style, string, size, x);

	for (size_t i = 0; i <= size; i++)
		check(x[i] >= 0 && x[i] <= width);
	check(text_hit(text, style, string, size, width / 2) <= size);
	for (at = 0; at < size;) {
		struct text_line line = text_line(text, style, string + at,
						  size - at, 100 * 64);

		check(line.bytes > 0 && line.bytes <= size - at &&
		      line.shown <= line.bytes);
		at += line.bytes;
	}
	free(x);
	text_destroy(text);
	return 0;
}
