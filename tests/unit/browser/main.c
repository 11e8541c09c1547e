/*
 * The browser's ways: history, addresses of links, books.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "scout/browser/book.h"
#include "scout/browser/history.h"
#include "suite.h"

START_TEST(there_and_back)
{
	struct history history = { .count = 0 };
	const struct history_entry *entry;

	ck_assert(!history_can(&history, -1));
	history_add(&history, "a");
	history_keep(&history, (struct page_place){ 7, 3 });
	history_add(&history, "b");
	history_add(&history, "c");
	ck_assert(!history_can(&history, 1));
	ck_assert_str_eq(history_step(&history, -1)->address, "b");
	entry = history_step(&history, -1);
	ck_assert_str_eq(entry->address, "a");
	ck_assert_uint_eq(entry->place.text, 7);
	ck_assert_int_eq(entry->place.offset, 3);
	ck_assert_ptr_null(history_step(&history, -1));
	/* The same way again keeps what is forward, another one cuts it. */
	history_add(&history, "b");
	ck_assert(history_can(&history, 1));
	history_step(&history, -1);
	history_add(&history, "d");
	ck_assert(!history_can(&history, 1));
	ck_assert_str_eq(history_step(&history, -1)->address, "a");
	history_finish(&history);
}
END_TEST

START_TEST(history_is_bounded)
{
	struct history history = { .count = 0 };
	char name[16];

	for (int i = 0; i <= HISTORY_MAX; i++) {
		snprintf(name, sizeof(name), "%d", i);
		history_add(&history, name);
	}
	ck_assert_uint_eq(history.count, HISTORY_MAX);
	ck_assert_str_eq(history.entries[0].address, "1");
	ck_assert_str_eq(history.entries[history.now].address, name);
	history_finish(&history);
}
END_TEST

START_TEST(addresses)
{
	static const struct {
		const char *from, *to, *is;
	} cases[] = {
		{ "a.md", "b.md", "b.md" },
		{ "x/a.md", "b.md", "x/b.md" },
		{ "x/a.md", "../b.md#there", "b.md" },
		{ "x/a.md", "#there", "x/a.md" },
		{ "x/a.md", "/b.md", "b.md" },
		{ "x/a.md", "./y//b%20c.md", "x/y/b c.md" },
		/* nothing leads out of the book */
		{ "a.md", "../../etc/passwd", "etc/passwd" },
		{ "a.md", "%2e%2e/b.md", "b.md" },
		{ "a.md", "b%zz%", "b%zz%" },
	};

	for (size_t i = 0; i < array_size(cases); i++) {
		char *is = book_resolve(cases[i].from, cases[i].to);

		ck_assert_str_eq(is, cases[i].is);
		free(is);
	}
}
END_TEST

/* All headings of the second level, however many there are. */
START_TEST(contents)
{
	enum { HEADINGS = 3000 };
	char path[] = "/tmp/unit_browser.XXXXXX", *text;
	FILE *file = fdopen(mkstemp(path), "w");
	struct source source = { .memory = SIZE_MAX };
	struct book book;
	size_t bytes;
	unsigned links = 0;

	ck_assert_ptr_nonnull(file);
	fputs("# Title\n\n", file);
	for (int i = 0; i < HEADINGS; i++)
		fprintf(file, "## Part\n\n### Below\n\n");
	fclose(file);
	book_open(&book, &source, path);
	text = book_contents(&book, &bytes);
	ck_assert_ptr_nonnull(strstr(text, "# Title"));
	ck_assert_ptr_nonnull(strstr(text, "#part-2999>)"));
	for (char *at = text; (at = strstr(at, "- [Part]")); at++)
		links++;
	ck_assert_uint_eq(links, HEADINGS);
	free(text);
	book_finish(&book);
	/* Too large a chapter costs its headings only. */
	source.memory = 1000;
	book_open(&book, &source, path);
	text = book_contents(&book, &bytes);
	ck_assert_ptr_null(strstr(text, "[Part]"));
	free(text);
	book_finish(&book);
	unlink(path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("browser");
	TCase *ways = tcase_create("ways");
	SRunner *runner;
	int failed;

	tcase_add_test(ways, there_and_back);
	tcase_add_test(ways, history_is_bounded);
	tcase_add_test(ways, addresses);
	tcase_add_test(ways, contents);
	suite_add_tcase(suite, ways);
	suite_add_tcase(suite, contrast_case());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
