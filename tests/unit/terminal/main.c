#include <stdio.h>
#include <string.h>

#include "suite.h"

struct terminal *written(int columns, int rows, const char *text)
{
	struct terminal *t = terminal_create(columns, rows, 100, NULL, NULL);

	put(t, text);
	return t;
}

void put(struct terminal *t, const char *text)
{
	terminal_write(t, text, strlen(text));
}

char *row_string(const struct terminal *t, int row)
{
	const uint64_t line = terminal_screen_line(t) + (uint64_t)row;

	return terminal_text(
		t, (struct terminal_point){ line, 0 },
		(struct terminal_point){ line, terminal_columns(t) }, true,
		NULL);
}

void expect_row(const struct terminal *t, int row, const char *text)
{
	char *found = row_string(t, row);

	ck_assert_str_eq(found, text);
	free(found);
}

void expect_cursor(const struct terminal *t, int x, int y)
{
	struct terminal_cursor cursor;

	terminal_get_cursor(t, &cursor);
	ck_assert_int_eq(cursor.x, x);
	ck_assert_int_eq(cursor.y, y);
}

static int print_stream(unsigned seed, bool screen)
{
	char *stream = xcalloc(STREAM_MAX, 1);
	size_t bytes = stream_make(seed, stream, STREAM_MAX);
	struct terminal *t = terminal_create(SCREEN_COLUMNS, SCREEN_ROWS, 100,
					     NULL, NULL);
	char *text;

	terminal_write(t, stream, bytes);
	text = screen_text(t);
	if (screen)
		fputs(text, stdout);
	else
		fwrite(stream, bytes, 1, stdout);
	free(text);
	free(stream);
	terminal_destroy(t);
	return 0;
}

int main(int argc, char **argv)
{
	Suite *suite = suite_create("terminal");
	SRunner *runner;
	int failed;

	/* For oracle/make. */
	if (argc == 3)
		return print_stream((unsigned)atoi(argv[2]),
				    !strcmp(argv[1], "--screen"));
	suite_add_tcase(suite, rules_case());
	suite_add_tcase(suite, margins_case());
	suite_add_tcase(suite, replies_case());
	suite_add_tcase(suite, styles_case());
	suite_add_tcase(suite, input_case());
	suite_add_tcase(suite, lines_case());
	suite_add_tcase(suite, resize_case());
	suite_add_tcase(suite, unicode_case());
	suite_add_tcase(suite, damage_case());
	suite_add_tcase(suite, oracle_case());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
