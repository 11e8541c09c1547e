/* Names and labels, hostile ones first of all. */
#include "child/label.h"

#include <stdio.h>
#include <string.h>

#include "child/child.h"
#include "suite.h"

START_TEST(names)
{
	char name[CHILD_NAME_MAX + 2];

	ck_assert(child_name_is_valid("testnit.2"));
	ck_assert(child_name_is_valid("a+b_c-D"));
	ck_assert(!child_name_is_valid(""));
	ck_assert(!child_name_is_valid("."));
	ck_assert(!child_name_is_valid(".."));
	ck_assert(!child_name_is_valid("a/b"));
	ck_assert(!child_name_is_valid("a b"));
	ck_assert(!child_name_is_valid("a\nb"));
	ck_assert(!child_name_is_valid("\xc3\xa4"));
	memset(name, 'x', sizeof(name));
	name[CHILD_NAME_MAX - 1] = '\0';
	ck_assert(child_name_is_valid(name));
	name[CHILD_NAME_MAX - 1] = 'x';
	name[CHILD_NAME_MAX] = '\0';
	ck_assert(child_name_is_valid(name));
	name[CHILD_NAME_MAX] = 'x';
	name[CHILD_NAME_MAX + 1] = '\0';
	ck_assert(!child_name_is_valid(name));
}
END_TEST

START_TEST(labels)
{
	char label[LABEL_MAX + 8];

	ck_assert(label_is_valid(""));
	ck_assert(label_is_valid("launchpad -> scout.2"));
	ck_assert(!label_is_valid("launchpad -> "));
	ck_assert(!label_is_valid(" -> scout"));
	ck_assert(!label_is_valid("a ->b"));
	ck_assert(!label_is_valid("a -> .."));
	ck_assert(!label_is_valid("a -> b/c"));
	memset(label, 'x', sizeof(label));
	label[sizeof(label) - 1] = '\0';
	ck_assert(!label_is_valid(label));
	ck_assert_uint_eq(label_depth(""), 0);
	ck_assert_uint_eq(label_depth("a"), 1);
	ck_assert_uint_eq(label_depth("a -> b -> c"), 3);
}
END_TEST

START_TEST(joining)
{
	char out[LABEL_MAX + 1], longest[LABEL_MAX + 1];

	ck_assert(label_join(out, "a", ""));
	ck_assert_str_eq(out, "a");
	ck_assert(label_join(out, "a", "b -> c"));
	ck_assert_str_eq(out, "a -> b -> c");
	memset(longest, 'x', LABEL_MAX);
	longest[LABEL_MAX - 5] = '\0';
	ck_assert(label_join(out, "a", longest));
	ck_assert_uint_eq(strlen(out), LABEL_MAX);
	longest[LABEL_MAX - 5] = 'x';
	longest[LABEL_MAX - 4] = '\0';
	ck_assert(!label_join(out, "a", longest));
}
END_TEST

START_TEST(paths_stay_below_their_folder)
{
	static const char *const hostile[] = {
		"..",        "a -> ..",  "/etc",        "a/../../b",
		"a -> /etc", "a\n -> b", "a -> b -> .", "a ->  -> b",
	};
	char path[LABEL_MAX + 1];
	size_t i;

	ck_assert(label_to_path("", path, sizeof(path)));
	ck_assert_str_eq(path, "");
	ck_assert(label_to_path("launchpad -> scout", path, sizeof(path)));
	ck_assert_str_eq(path, "launchpad/scout");
	ck_assert(!label_to_path("launchpad -> scout", path, 15));
	ck_assert(label_to_path("launchpad -> scout", path, 16));
	for (i = 0; i < sizeof(hostile) / sizeof(*hostile); i++)
		ck_assert_msg(!label_to_path(hostile[i], path, sizeof(path)),
			      "%s", hostile[i]);
}
END_TEST

START_TEST(made_names)
{
	char out[CHILD_NAME_MAX + 1], base[CHILD_NAME_MAX + 1];

	label_clean_name(out, "my program (1)");
	ck_assert_str_eq(out, "my_program__1_");
	label_clean_name(out, "..");
	ck_assert_str_eq(out, "_.");
	label_clean_name(out, "");
	ck_assert_str_eq(out, "_");
	label_instance_name(out, "testnit", 1);
	ck_assert_str_eq(out, "testnit");
	label_instance_name(out, "testnit", 2);
	ck_assert_str_eq(out, "testnit.2");
	memset(base, 'x', CHILD_NAME_MAX);
	base[CHILD_NAME_MAX] = '\0';
	label_instance_name(out, base, 12);
	ck_assert(child_name_is_valid(out));
	ck_assert_str_eq(out + CHILD_NAME_MAX - 3, ".12");
}
END_TEST

Suite *label_suite(void)
{
	Suite *suite = suite_create("label");
	TCase *tcase = tcase_create("label");

	tcase_add_test(tcase, names);
	tcase_add_test(tcase, labels);
	tcase_add_test(tcase, joining);
	tcase_add_test(tcase, paths_stay_below_their_folder);
	tcase_add_test(tcase, made_names);
	suite_add_tcase(suite, tcase);
	return suite;
}
