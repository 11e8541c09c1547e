/* Scenarios: includes, themes, hosts, bad input. */
#include "init/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "suite.h"

static struct config *load(void *user, const struct config_node *node,
			   const char *path)
{
	const char *text = user;

	(void)node;
	if (strcmp(path, "more.xml"))
		return NULL;
	return config_parse(text, strlen(text), path, 1, 1, NULL);
}

static void read_scenario(struct scenario *scenario, const char *text,
			  const char *included)
{
	struct config *config = config_parse(text, strlen(text), "test.xml", 1,
					     1, NULL);

	ck_assert_ptr_nonnull(config);
	scenario_init(scenario);
	scenario_read(scenario, config_root(config), load, (void *)included);
	config_destroy(config);
}

START_TEST(includes_are_read_in_their_place)
{
	struct scenario scenario;

	read_scenario(&scenario,
		      "<config ram_quota=\"1G\"><theme mode=\"dark\"/>"
		      "<start><filename>a</filename></start>"
		      "<include path=\"more.xml\"/>"
		      "<include path=\"none.xml\"/><include/>"
		      "<start><filename>c</filename></start></config>",
		      "<config ram_quota=\"2G\"><theme mode=\"light\"/>"
		      "<keyboard layout=\"de\"/>"
		      "<start><filename>b</filename></start></config>");
	ck_assert_uint_eq(scenario.ram_quota, 1 << 30);
	ck_assert_str_eq(scenario.theme, "<theme mode=\"dark\"/>");
	ck_assert_str_eq(scenario.keyboard, "<keyboard layout=\"de\"/>");
	ck_assert_uint_eq(scenario.count, 3);
	ck_assert_str_eq(scenario.entries->name, "a");
	ck_assert_str_eq(scenario.entries->next->name, "b");
	ck_assert_str_eq(scenario.entries->next->next->name, "c");
	scenario_finish(&scenario);
}
END_TEST

START_TEST(endless_includes_end)
{
	struct scenario scenario;

	read_scenario(&scenario,
		      "<config><include path=\"more.xml\"/></config>",
		      "<config><start><filename>a</filename></start>"
		      "<include path=\"more.xml\"/></config>");
	ck_assert_uint_eq(scenario.count, SCENARIO_DEPTH_MAX);
	scenario_finish(&scenario);
}
END_TEST

START_TEST(hosts)
{
	struct scenario scenario;

	read_scenario(&scenario, "<config/>", "");
	ck_assert_uint_eq(scenario.host_quota, 256 << 20);
	ck_assert_uint_eq(scenario.host_clients, 32);
	scenario_finish(&scenario);
	read_scenario(&scenario,
		      "<config><host ram_quota=\"1M\" clients=\"2\"/></config>",
		      "");
	ck_assert_uint_eq(scenario.host_quota, 1 << 20);
	ck_assert_uint_eq(scenario.host_clients, 2);
	scenario_finish(&scenario);
	read_scenario(&scenario, "<config><host>off</host></config>", "");
	ck_assert_uint_eq(scenario.host_clients, 0);
	scenario_finish(&scenario);
	read_scenario(&scenario, "<config><host clients=\"-1\"/></config>", "");
	ck_assert_uint_eq(scenario.host_clients, 32);
	scenario_finish(&scenario);
}
END_TEST

START_TEST(bad_nodes_do_not_stop_the_rest)
{
	struct scenario scenario;

	read_scenario(&scenario,
		      "<config ram_quota=\"lots\"><strat/><start/>"
		      "<start><filename>a</filename></start></config>",
		      "");
	ck_assert_uint_eq(scenario.ram_quota, 0);
	ck_assert_uint_eq(scenario.count, 1);
	scenario_finish(&scenario);
}
END_TEST

START_TEST(theme_of_the_back_end)
{
	struct scenario scenario;

	read_scenario(&scenario, "<config><theme mode=\"dark\"/></config>", "");
	scenario_default_theme(&scenario, "<theme mode=\"light\" "
					  "motion=\"reduced\"/>");
	ck_assert_str_eq(scenario.theme,
			 "<theme mode=\"dark\" motion=\"reduced\"/>");
	scenario_finish(&scenario);
	read_scenario(&scenario, "<config/>", "");
	scenario_default_theme(&scenario, "<theme motion=\"reduced\"/>");
	ck_assert_str_eq(scenario.theme, "<theme motion=\"reduced\"/>");
	scenario_finish(&scenario);
}
END_TEST

START_TEST(back_end_in_front)
{
	struct scenario scenario, other;

	read_scenario(&scenario,
		      "<config><start><filename>a</filename></start></config>",
		      "");
	read_scenario(&other,
		      "<config><start><filename>x</filename></start>"
		      "<start><filename>y</filename></start></config>",
		      "");
	scenario_put_front(&scenario, &other);
	ck_assert_str_eq(scenario.entries->name, "x");
	ck_assert_str_eq(scenario.entries->next->next->name, "a");
	ck_assert_uint_eq(scenario.count, 3);
	scenario_finish(&other);
	scenario_finish(&scenario);
}
END_TEST

Suite *scenario_suite(void)
{
	Suite *suite = suite_create("scenario");
	TCase *tcase = tcase_create("scenario");

	tcase_add_test(tcase, includes_are_read_in_their_place);
	tcase_add_test(tcase, endless_includes_end);
	tcase_add_test(tcase, hosts);
	tcase_add_test(tcase, bad_nodes_do_not_stop_the_rest);
	tcase_add_test(tcase, theme_of_the_back_end);
	tcase_add_test(tcase, back_end_in_front);
	suite_add_tcase(suite, tcase);
	return suite;
}
