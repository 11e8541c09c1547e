/* <start> and <launcher> nodes, in all forms and bad ones. */
#include "child/description.h"

#include <stdlib.h>
#include <string.h>

#include "child/family.h"
#include "suite.h"

static struct entry *parse(const char *text)
{
	char *problem = NULL;
	struct config *config = config_parse(text, strlen(text), "test.xml", 1,
					     1, &problem);
	struct entry *entry;

	ck_assert_msg(config != NULL, "%s", problem);
	entry = entry_parse(config_root(config));
	/* Nothing of it may point into the document. */
	config_destroy(config);
	return entry;
}

START_TEST(sub_nodes_and_attributes)
{
	struct entry *entry = parse("<launcher><filename>liquid_fb</filename>"
				    "<ram_quota>10M</ram_quota>\n"
				    " <config> <title>Console</title> </config>"
				    "</launcher>");

	ck_assert_str_eq(entry->name, "liquid_fb");
	ck_assert_str_eq(entry->filename, "liquid_fb");
	ck_assert_uint_eq(entry->ram_quota, 10 << 20);
	ck_assert_str_eq(entry->config.text,
			 "<config> <title>Console</title> </config>");
	ck_assert_str_eq(entry->config.file, "test.xml");
	ck_assert_uint_eq(entry->config.line, 2);
	ck_assert_uint_eq(entry->config.column, 2);
	entry_destroy(entry);
	entry = parse("<start name=\"pad\" filename=\"launchpad\" "
		      "ram_quota=\"1G\" restart=\"on-failure\"/>");
	ck_assert_str_eq(entry->name, "pad");
	ck_assert_uint_eq(entry->ram_quota, 1 << 30);
	ck_assert(entry->restart);
	ck_assert_ptr_null(entry->config.text);
	entry_destroy(entry);
}
END_TEST

START_TEST(what_is_needed)
{
	struct entry *entry = parse("<launcher filename=\"testnit\">"
				    "<needs path=\"/proc\"/>"
				    "<needs path=\"proc\"/></launcher>");

	ck_assert_str_eq(entry->name, "testnit");
	entry_destroy(entry);
	ck_assert_ptr_null(parse("<start filename=\"testnit\">"
				 "<needs path=\"/proc\"/>"
				 "<needs path=\"/not/there\"/></start>"));
}
END_TEST

START_TEST(everything_else)
{
	struct entry *entry = parse(
		"<start><filename>/usr/bin/true</filename>"
		"<arg value=\"-x\"/><arg value=\"\"/>"
		"<env name=\"A\" value=\"b\"/>"
		"<provides><service name=\"Log\"/></provides>"
		"<route><service name=\"Nitpicker\"><child name=\"n\"/>"
		"<parent/></service><any-service><child/></any-service>"
		"</route></start>");
	struct entry *copy = entry_copy(entry);

	entry_destroy(entry);
	ck_assert_str_eq(copy->name, "true");
	ck_assert_str_eq(copy->args->value, "-x");
	ck_assert_str_eq(copy->args->next->value, "");
	ck_assert_str_eq(copy->env->name, "A");
	ck_assert(entry_pairs_have(copy->provides, "Log"));
	ck_assert_str_eq(copy->routes->service, "Nitpicker");
	ck_assert_int_eq(copy->routes->target, ROUTE_CHILD);
	ck_assert_str_eq(copy->routes->child, "n");
	ck_assert_int_eq(copy->routes->next->target, ROUTE_PARENT);
	ck_assert_ptr_null(copy->routes->next->next->service);
	ck_assert_int_eq(copy->routes->next->next->target, ROUTE_ANY_CHILD);
	entry_destroy(copy);
}
END_TEST

START_TEST(bad_input)
{
	struct entry *entry;

	ck_assert_ptr_null(parse("<start/>"));
	ck_assert_ptr_null(parse("<start><filename/></start>"));
	ck_assert_ptr_null(parse("<start><filename>../sh</filename></start>"));
	ck_assert_ptr_null(parse("<start><filename>a/b</filename></start>"));
	/* The rest of a node with bad parts counts. */
	entry = parse("<start name=\"a/b\" filename=\"testnit\" "
		      "ram_quota=\"much\" restart=\"often\" colour=\"red\">"
		      "<arg/><env name=\"LD_PRELOAD\" value=\"x\"/>"
		      "<env name=\"A=B\" value=\"x\"/>"
		      "<provides><service/></provides>"
		      "<route><nonsense/><service name=\"X\"><uncle/>"
		      "</service></route></start>");
	ck_assert_str_eq(entry->name, "testnit");
	ck_assert_uint_eq(entry->ram_quota, 0);
	ck_assert(!entry->restart);
	ck_assert_ptr_null(entry->args);
	ck_assert_ptr_null(entry->env);
	ck_assert_ptr_null(entry->provides);
	ck_assert_ptr_null(entry->routes);
	entry_destroy(entry);
}
END_TEST

START_TEST(programs)
{
	char *folder = suite_program_folder(), *path, *same;
	bool suite;

	path = program_path("testnit", &suite);
	ck_assert(suite);
	ck_assert_int_eq(strncmp(path, folder, strlen(folder)), 0);
	/* The same program by its whole path. */
	same = program_path(path, &suite);
	ck_assert(suite);
	ck_assert_str_eq(same, path);
	free(same);
	free(path);
	path = program_path("/usr/bin/true", &suite);
	ck_assert(!suite);
	free(path);
	ck_assert_ptr_null(program_path("x/y", &suite));
	free(folder);
}
END_TEST

/* Who is killed now and then comes back at once, who dies at once waits. */
START_TEST(only_a_crash_loop_waits_long)
{
	static const uint64_t loop[] = { 100, 100,  100,  100,  200,   400,
					 800, 1600, 3200, 6400, 10000, 10000 };
	unsigned failures = 0;

	for (size_t i = 0; i < sizeof(loop) / sizeof(*loop); i++)
		ck_assert_uint_eq(child_backoff_ms(&failures, 50), loop[i]);
	ck_assert_uint_eq(child_backoff_ms(&failures, 2000), 3200);
	ck_assert_uint_eq(child_backoff_ms(&failures, 3600000), 100);
	for (int i = 0; i < 100; i++)
		ck_assert_uint_eq(child_backoff_ms(&failures, 1000), 100);
}
END_TEST

Suite *entry_suite(void)
{
	Suite *suite = suite_create("entry");
	TCase *tcase = tcase_create("entry");
	tcase_add_test(tcase, only_a_crash_loop_waits_long);

	tcase_add_test(tcase, sub_nodes_and_attributes);
	tcase_add_test(tcase, what_is_needed);
	tcase_add_test(tcase, everything_else);
	tcase_add_test(tcase, bad_input);
	tcase_add_test(tcase, programs);
	suite_add_tcase(suite, tcase);
	return suite;
}
