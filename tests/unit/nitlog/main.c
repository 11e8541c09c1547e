/* The lines that nitlog keeps. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "nitlog/scrollback.h"

static struct scrollback *lines;

static void setup(void)
{
	lines = scrollback_create();
}

static void teardown(void)
{
	scrollback_destroy(lines);
}

static void add_many(unsigned count)
{
	char text[32];

	for (unsigned i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "line %u", i);
		scrollback_add(lines, i % 2 ? "odd" : "even", text);
	}
}

START_TEST(keeps_the_latest)
{
	for (int extra = -1; extra <= 1; extra++) {
		unsigned count = (unsigned)(SCROLLBACK_LINES + extra);

		scrollback_destroy(lines);
		lines = scrollback_create();
		add_many(count);
		ck_assert_uint_eq(scrollback_end(lines), count);
		ck_assert_uint_eq(scrollback_first(lines), extra > 0);
	}
	ck_assert_str_eq(scrollback_text(lines, 1), "line 1");
	ck_assert_str_eq(scrollback_label(lines, 1), "odd");
	ck_assert_str_eq(scrollback_text(lines, SCROLLBACK_LINES),
			 "line 10000");
	ck_assert_uint_eq(scrollback_labels(lines), 2);
}
END_TEST

START_TEST(keeps_so_many_bytes)
{
	char *text = xcalloc(2049, 1);
	unsigned fit = SCROLLBACK_BYTES / 2048;

	memset(text, 'x', 2048);
	for (unsigned i = 0; i < fit; i++)
		scrollback_add(lines, "a", text);
	ck_assert_uint_eq(scrollback_first(lines), 0);
	scrollback_add(lines, "a", "y");
	ck_assert_uint_eq(scrollback_first(lines), 1);
	ck_assert_uint_eq(scrollback_end(lines), fit + 1);
	free(text);
}
END_TEST

START_TEST(many_labels)
{
	char label[32];

	for (unsigned i = 0; i < SCROLLBACK_LABELS + 5; i++) {
		snprintf(label, sizeof(label), "label %u", i);
		scrollback_add(lines, label, "x");
	}
	ck_assert_uint_eq(scrollback_labels(lines), SCROLLBACK_LABELS);
	ck_assert_str_eq(scrollback_label(lines, SCROLLBACK_LABELS - 2),
			 "label 254");
	ck_assert_str_eq(scrollback_label(lines, SCROLLBACK_LABELS + 4),
			 "others");
}
END_TEST

START_TEST(finds)
{
	uint64_t found;

	ck_assert(!scrollback_find(lines, "x", 0, 1, UINT64_MAX, &found));
	add_many(10100);
	ck_assert(scrollback_find(lines, "LINE 777", UINT64_MAX, -1, UINT64_MAX,
				  &found));
	ck_assert_uint_eq(found, 7779);
	ck_assert(scrollback_find(lines, "line 777", 0, 1, UINT64_MAX, &found));
	ck_assert_uint_eq(found, 777);
	ck_assert(scrollback_find(lines, "odd", 5000, -1, UINT64_MAX, &found));
	ck_assert_uint_eq(found, 4999);
	/* Dropped, later than the end, or never said. */
	ck_assert(
		!scrollback_find(lines, "line 99", 98, -1, UINT64_MAX, &found));
	ck_assert(!scrollback_find(lines, "line 200", 150, 1, 200, &found));
	ck_assert(!scrollback_find(lines, "other", 0, 1, UINT64_MAX, &found));
	ck_assert(!scrollback_find(lines, "", 0, 1, UINT64_MAX, &found));
}
END_TEST

START_TEST(copies)
{
	size_t bytes;
	char *text;

	add_many(4);
	text = scrollback_copy(lines, 1, 3, 1000, &bytes);
	ck_assert_str_eq(text, "odd: line 1\neven: line 2\n");
	ck_assert_uint_eq(bytes, strlen(text));
	free(text);
	/* The latest that fit. */
	text = scrollback_copy(lines, 0, 99, 26, &bytes);
	ck_assert_str_eq(text, "even: line 2\nodd: line 3\n");
	free(text);
	scrollback_clear(lines);
	text = scrollback_copy(lines, 0, 99, 26, &bytes);
	ck_assert_str_eq(text, "");
	free(text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("scrollback");
	TCase *tests = tcase_create("scrollback");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, keeps_the_latest);
	tcase_add_test(tests, keeps_so_many_bytes);
	tcase_add_test(tests, many_labels);
	tcase_add_test(tests, finds);
	tcase_add_test(tests, copies);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
