/* Lines as text: selecting, words, finding. */
#include <stdio.h>

#include "suite.h"

static struct terminal_point at(const struct terminal *t, int row, int x)
{
	return (struct terminal_point){ terminal_screen_line(t) + (uint64_t)row,
					x };
}

START_TEST(as_text)
{
	struct terminal *t = written(8, 4, "one\r\n12345678wrap\r\nlast");
	size_t bytes;
	char *out = terminal_text(t, at(t, 0, 1), at(t, 3, 2), false, &bytes);

	ck_assert_str_eq(out, "ne\n12345678wrap\nla");
	ck_assert_uint_eq(bytes, 18);
	free(out);
	out = terminal_text(t, at(t, 0, 1), at(t, 3, 3), true, NULL);
	ck_assert_str_eq(out, "ne\n23\nra\nas");
	free(out);
	terminal_destroy(t);
}
END_TEST

START_TEST(words)
{
	struct terminal *t = written(8, 4, "a see /usr/lib/x.c, b");
	struct terminal_point from, to;
	char *out;

	terminal_word(t, at(t, 1, 1), &from, &to);
	out = terminal_text(t, from, to, false, NULL);
	ck_assert_str_eq(out, "/usr/lib/x.c");
	free(out);
	terminal_word(t, at(t, 0, 1), &from, &to);
	ck_assert_int_eq(to.x - from.x, 1);
	terminal_whole_line(t, from.line + 1, &from, &to);
	out = terminal_text(t, from, to, false, NULL);
	ck_assert_str_eq(out, "a see /usr/lib/x.c, b");
	free(out);
	terminal_destroy(t);
}
END_TEST

START_TEST(finding)
{
	struct terminal *t = written(8, 4,
				     "one Two\r\n123456two\r\nx\r\ny\r\n"
				     "z\r\nend");
	struct terminal_point from = at(t, 9, 0), to;

	ck_assert(terminal_find(t, "two", false, &from, &to));
	ck_assert_uint_eq(from.line, 1);
	ck_assert_int_eq(from.x, 6);
	ck_assert_uint_eq(to.line, 2);
	ck_assert_int_eq(to.x, 1);
	ck_assert(terminal_find(t, "two", false, &from, &to));
	ck_assert_uint_eq(from.line, 0);
	ck_assert_int_eq(from.x, 4);
	ck_assert(!terminal_find(t, "two", false, &from, &to));
	ck_assert(terminal_find(t, "two", true, &from, &to));
	ck_assert_uint_eq(from.line, 1);
	from = at(t, 9, 0);
	ck_assert(terminal_find(t, "Two", false, &from, &to));
	ck_assert_uint_eq(from.line, 0);
	ck_assert(!terminal_find(t, "nothing", true, &from, &to));
	ck_assert(!terminal_find(t, "", true, &from, &to));
	terminal_destroy(t);
}
END_TEST

/* Lines keep their numbers while others come and the oldest go. */
START_TEST(numbers)
{
	struct terminal *t = written(8, 4, "");
	struct cell cells[8];
	char text[32];

	terminal_set_scrollback(t, 20);
	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "%d\r\n", i);
		put(t, text);
	}
	ck_assert_uint_eq(terminal_screen_line(t), 97);
	ck_assert_uint_eq(terminal_first_line(t), 77);
	terminal_line(t, 77, cells);
	ck_assert_uint_eq(cells[0].code, '7');
	ck_assert_uint_eq(cells[1].code, '7');
	terminal_line(t, 76, cells);
	ck_assert_uint_eq(cells[0].code, 0);
	terminal_line(t, 98, cells);
	ck_assert_uint_eq(cells[1].code, '8');
	put(t, "\33[3J");
	ck_assert_uint_eq(terminal_first_line(t), 97);
	terminal_destroy(t);
}
END_TEST

TCase *lines_case(void)
{
	TCase *tcase = tcase_create("lines");

	tcase_add_test(tcase, as_text);
	tcase_add_test(tcase, words);
	tcase_add_test(tcase, finding);
	tcase_add_test(tcase, numbers);
	return tcase;
}
