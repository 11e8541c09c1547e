#include "catalogue/search.h"

#include <stdlib.h>
#include <string.h>

#include "suite.h"

static unsigned score(const char *wanted, const char *name, const char *others,
		      unsigned uses)
{
	const struct searched searched = { name, others, uses };
	struct search_hit hit;

	return search_match(wanted, &searched, &hit) ? hit.score : 0;
}

static uint64_t letters(const char *wanted, const char *name)
{
	const struct searched searched = { name, "", 0 };
	struct search_hit hit = { 0 };

	ck_assert(search_match(wanted, &searched, &hit));
	return hit.letters;
}

START_TEST(order_of_classes)
{
	/* Each answers to "fire" worse than the one before. */
	const unsigned scores[] = {
		score("fire", "firefox", "", 0),
		score("fire", "big firefox", "", 0),
		score("fire", "first real", "", 0),
		score("fire", "other", "sets fire", 0),
		score("fire", "campfire", "", 0),
		score("fire", "fabric river", "", 0),
	};

	for (int i = 0; i < 6; i++)
		ck_assert_msg(scores[i], "class %d finds nothing", i);
	for (int i = 1; i < 6; i++)
		ck_assert_uint_gt(scores[i - 1], scores[i]);
}
END_TEST

START_TEST(uses_only_break_ties)
{
	ck_assert_uint_gt(score("f", "foot", "", 3), score("f", "foo", "", 2));
	ck_assert_uint_gt(score("f", "foo", "", 0), score("f", "foot", "", 0));
	ck_assert_uint_gt(score("f", "foot", "", 0),
			  score("f", "a foot", "", 100000));
}
END_TEST

START_TEST(initials)
{
	ck_assert_uint_eq(letters("lfb", "liquid_fb"), 1 | 1 << 7 | 1 << 8);
	ck_assert_uint_eq(letters("li", "liquid_fb"), 3);
	ck_assert_uint_eq(letters("gimp", "gnu image program"),
			  1 | 1 << 4 | 1 << 5 | 1 << 10);
}
END_TEST

START_TEST(marks)
{
	ck_assert_uint_eq(letters("nit", "testnit"), 0x70);
	ck_assert_uint_eq(letters("fb", "liquid_fb"), 3 << 7);
	ck_assert_uint_eq(letters("tst", "testnit"), 1 | 1 << 2 | 1 << 3);
}
END_TEST

START_TEST(not_found)
{
	ck_assert_uint_eq(score("xyz", "testnit", "a program", 9), 0);
	/* Letters far from each other explain nothing. */
	ck_assert_uint_eq(score("hgy",
				"the long name of a thing that nobody"
				" thought of",
				"", 0),
			  0);
	ck_assert_uint_eq(score("tt", "testnit", "", 0), 0);
	ck_assert_uint_eq(score("ogra", "other", "a program", 0), 0);
}
END_TEST

START_TEST(folding)
{
	static const char *const pairs[][2] = {
		{ "Firefox", "firefox" },
		{ "\u00c4RGER \u00d7 \u00de", "\u00e4rger \u00d7 \u00fe" },
		{ "\u0391\u03a9\u03a3", "\u03b1\u03c9\u03c3" },
		{ "\u041f\u0420\u042f", "\u043f\u0440\u044f" },
		{ "\u4e2d\u6587", "\u4e2d\u6587" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		char *folded = search_fold(pairs[i][0]);

		ck_assert_str_eq(folded, pairs[i][1]);
		free(folded);
	}
}
END_TEST

/* Names on which backtracking would take for ever. */
START_TEST(hostile)
{
	char name[4001], wanted[64];

	for (int i = 0; i < 4000; i++)
		name[i] = i % 2 ? ' ' : 'a';
	name[4000] = 0;
	memset(wanted, 'a', 62);
	wanted[62] = 'b';
	wanted[63] = 0;
	ck_assert_uint_eq(score(wanted, name, name, 0), 0);
}
END_TEST

Suite *search_suite(void)
{
	Suite *suite = suite_create("search");
	TCase *tests = tcase_create("search");

	tcase_add_test(tests, order_of_classes);
	tcase_add_test(tests, uses_only_break_ties);
	tcase_add_test(tests, initials);
	tcase_add_test(tests, marks);
	tcase_add_test(tests, not_found);
	tcase_add_test(tests, folding);
	tcase_add_test(tests, hostile);
	suite_add_tcase(suite, tests);
	return suite;
}
