/* Passwords of the locked screen. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "nitlock/secret.h"

START_TEST(fits_only_its_password)
{
	static const char *const passwords[] = { "a", "open sesame",
						 "\xc3\xa4\xe2\x82\xac",
						 " blanks " };

	for (size_t i = 0; i < 4; i++) {
		char *hash = secret_make(passwords[i]);

		ck_assert_ptr_nonnull(hash);
		ck_assert(secret_is_hash(hash));
		if (strlen(passwords[i]) > 1)
			ck_assert_ptr_null(strstr(hash, passwords[i]));
		ck_assert_uint_lt(strlen(hash), SECRET_HASH_MAX);
		for (size_t k = 0; k < 4; k++)
			ck_assert(secret_fits(hash, passwords[k]) == (i == k));
		ck_assert(!secret_fits(hash, ""));
		ck_assert(!secret_fits(hash, hash));
		free(hash);
	}
}
END_TEST

START_TEST(has_salt)
{
	char *one = secret_make("same"), *two = secret_make("same");

	ck_assert_str_ne(one, two);
	ck_assert(secret_fits(one, "same") && secret_fits(two, "same"));
	free(one);
	free(two);
}
END_TEST

/* As mkpasswd(1) prints them. */
START_TEST(takes_other_methods)
{
	ck_assert(secret_fits(
		"$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnI"
		"FNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
		"Hello world!"));
	ck_assert(!secret_fits(
		"$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnI"
		"FNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
		"Hello world"));
}
END_TEST

/* Nothing fits what is no hash, not even itself. */
START_TEST(nothing_fits_what_is_none)
{
	static const char *const odd[] = {
		"",  "*",   "*0",    "*1",           "x",    "$y$", "$", ":",
		"!", "$6$", "plain", "secretsecret", "$9$x", "\xff"
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		ck_assert_msg(!secret_is_hash(odd[i]) ||
				      !strcmp(odd[i], "$y$") ||
				      !strcmp(odd[i], "$6$"),
			      "%s", odd[i]);
		ck_assert_msg(!secret_fits(odd[i], odd[i]), "%s", odd[i]);
		ck_assert_msg(!secret_fits(odd[i], ""), "%s", odd[i]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("secret");
	TCase *tests = tcase_create("secret");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, fits_only_its_password);
	tcase_add_test(tests, has_salt);
	tcase_add_test(tests, takes_other_methods);
	tcase_add_test(tests, nothing_fits_what_is_none);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
