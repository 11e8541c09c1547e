/* Another size: lines flow, nothing is lost or doubled. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

START_TEST(flow)
{
	struct terminal *t = written(8, 4, "abcdefghijkl\r\nx");

	terminal_resize(t, 4, 4);
	expect_row(t, 0, "abcd");
	expect_row(t, 2, "ijkl");
	expect_row(t, 3, "x");
	expect_cursor(t, 1, 3);
	terminal_resize(t, 20, 4);
	expect_row(t, 0, "abcdefghijkl");
	expect_row(t, 1, "x");
	expect_cursor(t, 1, 1);
	terminal_destroy(t);
}
END_TEST

START_TEST(wide_ones)
{
	struct terminal *t = written(8, 4, "a中国日本");

	terminal_resize(t, 4, 4);
	expect_row(t, 0, "a中");
	expect_row(t, 1, "国日");
	expect_row(t, 2, "本");
	terminal_resize(t, 5, 4);
	expect_row(t, 0, "a中国");
	terminal_resize(t, 9, 4);
	expect_row(t, 0, "a中国日本");
	terminal_resize(t, 1, 4);
	terminal_destroy(t);
}
END_TEST

/* A cursor that waits behind a full row goes on behind its text. */
START_TEST(the_last_column)
{
	struct terminal *t = written(8, 4, "12345678");

	terminal_resize(t, 10, 4);
	put(t, "9");
	expect_row(t, 0, "123456789");
	terminal_resize(t, 9, 4);
	put(t, "0");
	expect_row(t, 0, "123456789");
	expect_row(t, 1, "0");
	terminal_resize(t, 20, 4);
	expect_row(t, 0, "1234567890");
	terminal_destroy(t);
}
END_TEST

/* More rows: what scrolled out comes back; after clearing it doesn't. */
START_TEST(heights)
{
	struct terminal *t = written(8, 2, "a\r\nb\r\nc\r\nd");

	terminal_resize(t, 8, 4);
	expect_row(t, 0, "a");
	expect_row(t, 3, "d");
	expect_cursor(t, 1, 3);
	terminal_resize(t, 8, 2);
	expect_row(t, 0, "c");
	put(t, "\33[H\33[2Jx");
	terminal_resize(t, 8, 4);
	expect_row(t, 0, "x");
	expect_cursor(t, 1, 0);
	terminal_destroy(t);
}
END_TEST

START_TEST(the_alternate_screen)
{
	struct terminal *t = written(8, 3, "abcdefghij\33[?1049h\33[Hwidest");

	terminal_resize(t, 5, 3);
	expect_row(t, 0, "wides");
	put(t, "\33[?1049l");
	expect_row(t, 0, "abcde");
	expect_row(t, 1, "fghij");
	put(t, "k");
	expect_row(t, 2, "k");
	terminal_resize(t, 12, 3);
	expect_row(t, 0, "abcdefghijk");
	terminal_destroy(t);
}
END_TEST

START_TEST(no_scrollback)
{
	struct terminal *t = written(8, 3, "");

	terminal_set_scrollback(t, 0);
	put(t, "a\r\nb\r\nc\r\nd\r\ne");
	terminal_resize(t, 4, 2);
	expect_row(t, 1, "e");
	terminal_resize(t, 8, 5);
	expect_row(t, 1, "e");
	ck_assert_uint_eq(terminal_first_line(t), terminal_screen_line(t));
	terminal_destroy(t);
}
END_TEST

/* ---- numbers in order ---- */

static unsigned next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

/* All lines as text: each number once, in order, up to `last`. */
static void expect_numbers(const struct terminal *t, unsigned last,
			   unsigned least)
{
	const struct terminal_point from = { terminal_first_line(t), 0 };
	const struct terminal_point to = {
		terminal_screen_line(t) + (uint64_t)terminal_rows(t), 0
	};
	char *text = terminal_text(t, from, to, false, NULL), *at, *end;
	unsigned before = 0, count = 0;

	/* The first line may be the rest of one. */
	at = strchr(text, '\n');
	ck_assert_ptr_nonnull(at);
	for (;;) {
		unsigned long n = strtoul(at, &end, 10);

		if (end == at)
			break;
		ck_assert_msg(!before || n == before + 1, "%lu follows %u", n,
			      before);
		before = (unsigned)n;
		count++;
		at = end;
	}
	ck_assert_uint_eq(before, last);
	ck_assert_uint_ge(count, least);
	free(text);
}

START_TEST(numbers)
{
	const bool soak = getenv("NITPICKER_SOAK");
	const unsigned last = soak ? 1000000 : 100000;
	const unsigned resizes = soak ? 500 : 200;
	struct terminal *t = terminal_create(80, 24, 3000, NULL, NULL);
	uint64_t state = 7;
	char text[32];

	for (unsigned i = 1; i <= last; i++) {
		snprintf(text, sizeof(text), "%u\r\n", i);
		put(t, text);
		if (next_random(&state) % (last / resizes) == 0)
			terminal_resize(t, 1 + (int)next_random(&state) % 120,
					1 + (int)next_random(&state) % 60);
		if (i % (last / 20) == 0) {
			terminal_resize(t, 80, 24);
			expect_numbers(t, i, i < 2000 ? i - 1 : 400);
		}
	}
	terminal_destroy(t);
}
END_TEST

TCase *resize_case(void)
{
	TCase *tcase = tcase_create("resize");

	tcase_set_timeout(tcase, 600);
	tcase_add_test(tcase, flow);
	tcase_add_test(tcase, wide_ones);
	tcase_add_test(tcase, the_last_column);
	tcase_add_test(tcase, heights);
	tcase_add_test(tcase, the_alternate_screen);
	tcase_add_test(tcase, no_scrollback);
	tcase_add_test(tcase, numbers);
	return tcase;
}
