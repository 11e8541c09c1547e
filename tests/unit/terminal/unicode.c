/* Widths, and grapheme clusters by Unicode's own test. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

#define UNICODE "/usr/share/unicode/auxiliary/GraphemeBreakTest.txt"

static const struct {
	uint32_t code;
	int width;
} widths[] = {
	{ 'a', 1 },      { 0xe4, 1 },   { 0x301, 0 },   { 0xad, 1 },
	{ 0x200b, 0 },   { 0x200d, 0 }, { 0xfe0f, 0 },  { 0x4e2d, 2 },
	{ 0xac00, 2 },   { 0xac01, 2 }, { 0x1100, 2 },  { 0x1160, 0 },
	{ 0x3042, 2 },   { 0xff21, 2 }, { 0xff71, 1 },  { 0x1f600, 2 },
	{ 0x2764, 1 },   { 0x231a, 2 }, { 0x1f1e9, 1 }, { 0x20000, 2 },
	{ 0x10ffff, 1 }, { 0x2500, 1 }, { 0x1f3fb, 2 }, { 0xe0020, 0 },
	{ 0x1fae8, 2 }, /* Unicode 15 */
};

START_TEST(width)
{
	ck_assert_int_eq(character_width(widths[_i].code), widths[_i].width);
}
END_TEST

/* "÷ 0020 × 0308 ÷": true when all breaks are found, and no others. */
static bool line_holds(const char *line)
{
	uint32_t before = 0, code;
	unsigned state = 0;
	bool breaks = true;

	while (*line && *line != '#') {
		if (!strncmp(line, "÷", 2)) {
			breaks = true;
			line += 2;
		} else if (!strncmp(line, "×", 2)) {
			breaks = false;
			line += 2;
		} else if (sscanf(line, "%x", &code) == 1) {
			if (before &&
			    character_breaks(before, code, &state) != breaks)
				return false;
			before = code;
			line += strspn(line, "0123456789ABCDEF");
		} else {
			break;
		}
		line += strspn(line, " \t");
	}
	return true;
}

START_TEST(clusters_of_unicode)
{
	FILE *file = fopen(UNICODE, "r");
	unsigned count = 0, failed = 0;
	char line[1024];

	ck_assert_msg(file, UNICODE " is missing (package unicode-data)");
	while (fgets(line, sizeof(line), file)) {
		if (strncmp(line, "÷", 2))
			continue;
		count++;
		if (!line_holds(line)) {
			fputs(line, stderr);
			failed++;
		}
	}
	fclose(file);
	ck_assert_uint_ge(count, 600);
	ck_assert_uint_eq(failed, 0);
}
END_TEST

/* With ?2027 a cluster takes one place, without it each character its own. */
START_TEST(clusters_in_cells)
{
	struct terminal *t = written(
		20, 4, "👨‍👩‍👧x\r\n\33[?2027h👨‍👩‍👧x");
	uint32_t codes[TERMINAL_CLUSTER_MAX];

	expect_cursor(t, 3, 1);
	ck_assert_uint_eq(terminal_row(t, 0)[6].code, 'x');
	ck_assert_uint_eq(terminal_characters(t, terminal_row(t, 1), codes), 5);
	put(t, "\r\n🇩🇪🇫🇷|❤️|e\u0301|👍🏽|");
	expect_row(t, 2, "🇩🇪🇫🇷|❤️|e\u0301|👍🏽|");
	expect_cursor(t, 2 + 2 + 1 + 2 + 1 + 1 + 1 + 2 + 1, 2);
	terminal_destroy(t);
}
END_TEST

/* Any number of marks: the cell keeps some of them. */
START_TEST(many_marks)
{
	struct terminal *t = written(8, 4, "a");
	uint32_t codes[TERMINAL_CLUSTER_MAX];

	for (int i = 0; i < 1000; i++)
		put(t, "\u0301");
	put(t, "b");
	ck_assert_uint_eq(terminal_characters(t, terminal_row(t, 0), codes),
			  TERMINAL_CLUSTER_MAX);
	expect_cursor(t, 2, 0);
	terminal_destroy(t);
}
END_TEST

TCase *unicode_case(void)
{
	TCase *tcase = tcase_create("unicode");

	tcase_add_loop_test(tcase, width, 0, (int)array_size(widths));
	tcase_add_test(tcase, clusters_of_unicode);
	tcase_add_test(tcase, clusters_in_cells);
	tcase_add_test(tcase, many_marks);
	return tcase;
}
