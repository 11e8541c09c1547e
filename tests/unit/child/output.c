/* Lines of children: escaped, labelled, counted, kept. */
#include "child/output.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

static const char *escaped(const char *text, size_t length)
{
	static char out[256];

	output_escape(out, text, length);
	return out;
}

START_TEST(escaping)
{
	ck_assert_str_eq(escaped("plain", 5), "plain");
	ck_assert_str_eq(escaped("\x1b[2J", 4), "\\x1b[2J");
	ck_assert_str_eq(escaped("a\0b", 3), "a\\x00b");
	ck_assert_str_eq(escaped("\xc3\xa4", 2), "\xc3\xa4");
	ck_assert_str_eq(escaped("\xc3", 1), "\\xc3");
	ck_assert_str_eq(escaped("\xff\xfe", 2), "\\xff\\xfe");
	/* C1: a terminal may take it for an escape. */
	ck_assert_str_eq(escaped("\xc2\x9b", 2), "\\xc2\\x9b");
	ck_assert_str_eq(escaped("\x7f\r\t", 3), "\\x7f\\x0d\\x09");
}
END_TEST

static const char *prefixed(const char *label, bool is_parent, const char *line)
{
	static char out[256];

	output_prefix(out, sizeof(out), label, is_parent, line);
	return out;
}

START_TEST(prefixes)
{
	ck_assert_str_eq(prefixed("scout", false, "hello"), "[scout] hello");
	ck_assert_str_eq(prefixed("scout", false, "scout: hello"),
			 "[scout] hello");
	ck_assert_str_eq(prefixed("launchpad", true, "[scout] hello"),
			 "[launchpad -> scout] hello");
	/* Nobody gets out of its own label. */
	ck_assert_str_eq(prefixed("testnit", false, "[launchpad] hello"),
			 "[testnit] [launchpad] hello");
	ck_assert_str_eq(prefixed("launchpad", true, "[../x] hello"),
			 "[launchpad] [../x] hello");
}
END_TEST

struct lines {
	unsigned count;
	char last[4 * CHILD_LOG_LINE + 1];
};

static void count_line(void *user, const char *line)
{
	struct lines *lines = user;

	lines->count++;
	strcpy(lines->last, line);
}

/* What `text` written into a child's pipe becomes. */
static void run_output(struct output *output, struct lines *lines,
		       const char *text, size_t length)
{
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	output_attach(output, ends[0]);
	ck_assert_int_eq(write(ends[1], text, length), (ssize_t)length);
	close(ends[1]);
	output_drain(output);
	(void)lines;
}

START_TEST(lines_are_split_and_kept)
{
	struct loop *loop = loop_create();
	struct lines lines = { 0 };
	struct output output;
	char text[2 * CHILD_LOG_LINE];
	int i;

	output_init(&output, loop, count_line, &lines);
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\n';
	run_output(&output, &lines, text, sizeof(text));
	ck_assert_uint_eq(lines.count, 2);
	ck_assert_uint_eq(strlen(lines.last), CHILD_LOG_LINE - 1);
	run_output(&output, &lines, "no newline", 10);
	ck_assert_str_eq(lines.last, "no newline");
	for (i = 0; i < 30; i++) {
		const int length = sprintf(text, "line %d\n", i);

		run_output(&output, &lines, text, (size_t)length);
	}
	ck_assert_str_eq(output_kept(&output, 0), "line 10");
	ck_assert_str_eq(output_kept(&output, CHILD_LOG_KEPT - 1), "line 29");
	ck_assert_ptr_null(output_kept(&output, CHILD_LOG_KEPT));
	output_finish(&output);
	loop_destroy(loop);
}
END_TEST

START_TEST(a_flood_is_cut)
{
	enum { FLOOD = LIMIT_LOG_LINES + 500 };
	struct loop *loop = loop_create();
	struct lines lines = { 0 };
	struct output output;
	char text[2 * FLOOD];
	int i;

	for (i = 0; i < FLOOD; i++)
		memcpy(text + 2 * i, "x\n", 2);
	output_init(&output, loop, count_line, &lines);
	run_output(&output, &lines, text, sizeof(text));
	/* One more line says how many were left out. */
	ck_assert_uint_eq(lines.count, LIMIT_LOG_LINES + 1);
	ck_assert_str_eq(lines.last,
			 "(500 lines left out: more than 1000 in a second)");
	output_finish(&output);
	loop_destroy(loop);
}
END_TEST

Suite *output_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *tcase = tcase_create("output");

	tcase_add_test(tcase, escaping);
	tcase_add_test(tcase, prefixes);
	tcase_add_test(tcase, lines_are_split_and_kept);
	tcase_add_test(tcase, a_flood_is_cut);
	suite_add_tcase(suite, tcase);
	return suite;
}
