/*
 * The session with the parent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "home.h"
#include "suites.h"

static struct home home;

static unsigned configs;
static char mode[16];

static void config_changed(void *user, const struct config_node *root)
{
	(void)user;
	configs++;
	snprintf(mode, sizeof(mode), "%s", config_value(root, "mode"));
}

static void store_means_config(struct peer *of, struct wire_packet *packet)
{
	home_note(of, packet);
	if (packet->message->opcode != OP_parent_store)
		return;
	home_config(of, "<config mode=\"broken\">");
	home_config(of, "<config mode=\"y\"/>");
}

START_TEST(config_and_change)
{
	static const struct parent_handler handler = {
		.config = config_changed,
	};
	const struct config_node *root;

	home_open(&home, home_start, store_means_config, &handler);
	root = parent_config(home.parent);
	ck_assert_str_eq(config_value(root, "mode"), "x");
	ck_assert_uint_eq(root->line, 7);
	ck_assert_int_eq(parent_store(home.parent, "name", "abc", 3), WIRE_OK);
	ck_assert_int_eq(parent_store(home.parent, "../x", "abc", 3),
			 WIRE_INVALID);
	while (!configs)
		loop_turn(home.loop, -1);
	ck_assert_str_eq(mode, "y");
	ck_assert_ptr_eq(parent_config(home.parent),
			 parent_config(home.parent));
	home_close(&home);
}
END_TEST

START_TEST(reports)
{
	home_open(&home, home_start, home_note, NULL);
	ck_assert(parent_report_wanted(home.parent, "focus"));
	ck_assert(!parent_report_wanted(home.parent, "foc"));
	parent_report(home.parent, "", "hover", "<no/>");
	for (int i = 0; i < 2000; i++)
		parent_report(home.parent, "", "views", "<views/>");
	parent_report(home.parent, "", "views", "<last/>");
	parent_report(home.parent, "a -> b", "focus", "<focus/>");
	/* All is out when a later request is answered and nothing waits. */
	for (int i = 0; i < 100; i++)
		loop_turn(home.loop, 0);
	parent_report(home.parent, "", "views", "<last/>");
	parent_exit(home.parent, 3, "the %s", "end");
	for (int i = 0; i < 100; i++)
		loop_turn(home.loop, 0);
	ck_assert_int_eq(parent_start(home.parent, "entry"), WIRE_OK);
	home_close(&home);
	ck_assert_str_eq(home.seen.report, "<last/>");
	ck_assert_uint_gt(home.seen.reports, 2);
}
END_TEST

START_TEST(never_lost)
{
	home_open(&home, home_start, home_note, NULL);
	/* More than the queue and the socket hold. */
	for (uint32_t i = 0; i < 3000; i++)
		parent_revoke(home.parent, i, REVOKE_MALFORMED);
	ck_assert_int_eq(parent_start(home.parent, "entry"), WIRE_OK);
	while (true) {
		/* Answers bring the rest out, so each turn has something to do
		 * until all were sent. */
		if (!loop_turn(home.loop, 0))
			break;
		if (parent_start(home.parent, "again") != WIRE_OK)
			break;
		if (__atomic_load_n(&home.seen.revokes, __ATOMIC_RELAXED) ==
		    3000)
			break;
	}
	home_close(&home);
	ck_assert_uint_eq(home.seen.revokes, 3000);
}
END_TEST

START_TEST(no_parent)
{
	setenv("NITPICKER_PARENT", "/nonexistent/socket", 1);
	home.loop = loop_create();
	ck_assert_ptr_null(parent_connect(home.loop, NULL, NULL));
	setenv("NITPICKER_PARENT", "0", 1);
	ck_assert_ptr_null(parent_connect(home.loop, NULL, NULL));
	setenv("NITPICKER_PARENT", "12x", 1);
	ck_assert_ptr_null(parent_connect(home.loop, NULL, NULL));
	loop_destroy(home.loop);
}
END_TEST

START_TEST(runtime_folder)
{
	char folder[] = "/tmp/unit_session_XXXXXX", *path, *expected;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_RUNTIME_DIR", folder, 1);
	path = runtime_directory();
	expected = xasprintf("%s/nitpicker", folder);
	ck_assert_str_eq(path, expected);
	free(path);
	rmdir(expected);
	/* A link that somebody put there is not followed. */
	ck_assert_int_eq(symlink("/tmp", expected), 0);
	ck_assert_ptr_null(runtime_directory());
	unlink(expected);
	rmdir(folder);
	free(expected);
}
END_TEST

static void deny_all(struct peer *of, struct wire_packet *packet)
{
	if (packet->message->kind == WIRE_REQUEST)
		wire_answer(of->wire, packet->serial, WIRE_NO_SERVICE);
}

START_TEST(denied)
{
	enum wire_status status = WIRE_OK;

	home_open(&home, home_start, deny_all, NULL);
	ck_assert_ptr_null(nitpicker_open(home.loop, home.parent, "", NULL,
					  NULL, &status));
	ck_assert_int_eq(status, WIRE_NO_SERVICE);
	ck_assert_ptr_null(framebuffer_open(home.loop, home.parent, NULL, NULL,
					    NULL, &status));
	ck_assert_ptr_null(
		input_open(home.loop, home.parent, NULL, NULL, &status));
	ck_assert_int_eq(parent_file(home.parent, "name", &status), -1);
	ck_assert_int_eq(status, WIRE_NO_SERVICE);
	home_close(&home);
}
END_TEST

Suite *parent_suite(void)
{
	Suite *suite = suite_create("parent");
	TCase *tcase = tcase_create("parent");

	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, config_and_change);
	tcase_add_test(tcase, reports);
	tcase_add_test(tcase, never_lost);
	tcase_add_test(tcase, no_parent);
	tcase_add_test(tcase, runtime_folder);
	tcase_add_test(tcase, denied);
	suite_add_tcase(suite, tcase);
	return suite;
}
