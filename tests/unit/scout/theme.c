/* <theme> of a config. */
#include <string.h>

#include "base/config.h"
#include "suite.h"

static void check(const char *text, enum theme_mode mode, int percent,
		  bool reduced)
{
	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     NULL);
	struct theme_choice choice = theme_read(config_root(config));

	ck_assert_ptr_eq(choice.theme, theme_get(mode));
	ck_assert_int_eq(choice.text_percent, percent);
	ck_assert_int_eq(choice.reduced, reduced);
	config_destroy(config);
}

START_TEST(node)
{
	check("<config/>", THEME_LIGHT, 100, false);
	check("<config><theme mode='dark' motion='reduced' text='150'/>"
	      "</config>",
	      THEME_DARK, 150, true);
	check("<config><theme><mode>high-contrast</mode></theme></config>",
	      THEME_HIGH_CONTRAST, 100, false);
	/* What is wrong is as if it weren't there. */
	check("<config><theme mode='pink' motion='reduced' text='99'/>"
	      "</config>",
	      THEME_LIGHT, 100, true);
}
END_TEST

Suite *theme_suite(void)
{
	Suite *suite = suite_create("scout theme");
	TCase *tests = tcase_create("theme");

	tcase_add_test(tests, node);
	suite_add_tcase(suite, tests);
	return suite;
}
