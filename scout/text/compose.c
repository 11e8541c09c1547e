/*
 * Marks: which characters are put onto the one before, and which are one
 * character together with it.
 */
#include "scout/text/text_private.h"
#include "scout/text/unicode/table.h"

enum { FIRST_MARK = 0x300 };

/* How many entries are at most `value`. */
static size_t count_up_to(const uint32_t *table, size_t size, uint32_t value)
{
	size_t low = 0, high = size;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (table[middle] <= value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool code_is_mark(uint32_t code)
{
	return code >= FIRST_MARK &&
	       count_up_to(unicode_marks, unicode_marks_size, code) & 1;
}

uint32_t code_compose(uint32_t code, uint32_t mark)
{
	if (code > 0xffff || mark > 0xffff)
		return 0;

	uint32_t pair = code << 16 | mark;
	size_t i = count_up_to(unicode_pairs, unicode_pairs_size, pair);

	return i && unicode_pairs[i - 1] == pair ? unicode_composed[i - 1] : 0;
}
