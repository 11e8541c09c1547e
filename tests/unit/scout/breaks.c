/* Where lines may end, against the file of tests that comes with Unicode. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define TESTS "/usr/share/unicode/auxiliary/LineBreakTest.txt"

enum { LINE = 4096, CHARACTERS_MAX = 256 };

/* One line of the file: characters, and whether a line may end before each. */
struct sample {
	char text[CHARACTERS_MAX * 4];
	size_t bytes;
	bool may[CHARACTERS_MAX * 4];
};

static bool read_sample(const char *line, struct sample *sample)
{
	bool may = false;
	char *end;

	*sample = (struct sample){ 0 };
	while (*line && *line != '#') {
		if (strncmp(line, "\xc3\xb7", 2) == 0 ||
		    strncmp(line, "\xc3\x97", 2) == 0) {
			may = line[1] == '\xb7';
			line += 2;
			continue;
		}
		unsigned long code = strtoul(line, &end, 16);

		if (end == line) {
			line++;
			continue;
		}
		line = end;
		sample->may[sample->bytes] = may;
		sample->bytes += utf8_encode((uint32_t)code,
					     sample->text + sample->bytes);
	}
	return sample->bytes > 0;
}

static bool agrees(const struct sample *sample)
{
	struct text_breaks breaks;
	enum text_break kind;
	size_t at;

	text_breaks_begin(&breaks, sample->text, sample->bytes);
	while (text_breaks_next(&breaks, &at, &kind))
		if ((kind != TEXT_BREAK_NOT) != sample->may[at])
			return false;
	return true;
}

START_TEST(unicode_file)
{
	FILE *file = fopen(TESTS, "r");
	int all = 0, right = 0;
	char line[LINE];

	if (!file) {
		printf("# skipped: %s (package unicode-data)\n", TESTS);
		return;
	}
	while (fgets(line, sizeof(line), file)) {
		struct sample sample;

		if (!read_sample(line, &sample))
			continue;
		all++;
		if (agrees(&sample))
			right++;
		else if (getenv("BREAKS_VERBOSE"))
			printf("# %s", line);
	}
	fclose(file);
	printf("# LineBreakTest.txt: %d of %d (%.2f %%)\n", right, all,
	       100.0 * right / (all ? all : 1));
	ck_assert_int_gt(all, 7000);
	ck_assert_int_ge(right * 1000, all * 995);
}
END_TEST

static enum text_break before(const char *string, size_t offset)
{
	struct text_breaks breaks;
	enum text_break kind;
	size_t at;

	text_breaks_begin(&breaks, string, strlen(string));
	while (text_breaks_next(&breaks, &at, &kind))
		if (at == offset)
			return kind;
	return TEXT_BREAK_MUST;
}

START_TEST(examples)
{
	ck_assert_int_eq(before("two words", 4), TEXT_BREAK_MAY);
	ck_assert_int_eq(before("two words", 3), TEXT_BREAK_NOT);
	ck_assert_int_eq(before("a\nb", 2), TEXT_BREAK_MUST);
	ck_assert_int_eq(before("well-known", 5), TEXT_BREAK_MAY);
	ck_assert_int_eq(before("(see it)", 1), TEXT_BREAK_NOT);
	ck_assert_int_eq(before("3,14", 2), TEXT_BREAK_NOT);
	ck_assert_int_eq(before("no\xc2\xa0"
				"break",
				4),
			 TEXT_BREAK_NOT);
	/* Ideographs: between any two. */
	ck_assert_int_eq(before("\xe6\xbc\xa2\xe5\xad\x97", 3), TEXT_BREAK_MAY);
	/* What is broken is a letter. */
	ck_assert_int_eq(before("a\xff", 1), TEXT_BREAK_NOT);
}
END_TEST

Suite *breaks_suite(void)
{
	Suite *suite = suite_create("scout breaks");
	TCase *tests = tcase_create("breaks");

	tcase_add_test(tests, unicode_file);
	tcase_add_test(tests, examples);
	suite_add_tcase(suite, tests);
	return suite;
}
