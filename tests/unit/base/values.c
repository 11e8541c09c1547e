#include "suite.h"
#include "capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"

static struct config *parse(const char *text)
{
	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     NULL);

	ck_assert_ptr_nonnull(config);
	return config;
}

/* The log since capture_begin is this line of a warning; "": nothing. */
static void check_log(struct capture *capture, const char *expected)
{
	char *text = capture_end(capture);
	char *wanted = *expected ? xasprintf("%s: warning: %s\n",
					     program_invocation_short_name,
					     expected)
				 : xstrdup("");

	ck_assert_str_eq(text, wanted);
	free(text);
	free(wanted);
}

START_TEST(attribute_or_node)
{
	struct config *config = parse(
		"<a x='1'><x>2</x><y> 3 </y><z><i/></z></a>");
	const struct config_node *root = config_root(config);

	ck_assert_str_eq(config_value(root, "x"), "1");
	ck_assert_str_eq(config_value(root, "y"), "3");
	ck_assert_str_eq(config_value(root, "z"), "");
	ck_assert_ptr_null(config_value(root, "i"));
	config_destroy(config);
}
END_TEST

START_TEST(booleans)
{
	struct config *config = parse("<a b='yes' c='off' d='1' e='Yes'>"
				      "<f/></a>");
	const struct config_node *root = config_root(config);
	struct capture capture;
	bool value = false;

	ck_assert(config_get_bool(root, "b", &value) && value);
	ck_assert(config_get_bool(root, "c", &value) && !value);
	ck_assert(config_get_bool(root, "d", &value) && value);
	ck_assert(config_get_bool(root, "missing", &value) && value);
	capture_begin(&capture);
	ck_assert(!config_get_bool(root, "e", &value) && value);
	check_log(&capture, "test:1:1: <a>: e=\"Yes\" is neither \"yes\" nor "
			    "\"no\"");
	capture_begin(&capture);
	ck_assert(!config_get_bool(root, "f", &value) && value);
	check_log(&capture, "test:1:34: <f>: \"\" is neither \"yes\" nor "
			    "\"no\"");
	config_destroy(config);
}
END_TEST

START_TEST(numbers)
{
	const char *const bad[] = { "",
				    "-",
				    "+1",
				    " 1",
				    "1 ",
				    "0x1",
				    "1.5",
				    "11",
				    "-11",
				    "1e1",
				    "99999999999999999999" };
	int64_t value = 5;

	for (int64_t i = -10; i <= 10; i++) {
		char *text = xasprintf("<a x='%d'/>", (int)i);
		struct config *config = parse(text);

		ck_assert(config_get_int(config_root(config), "x", -10, 10,
					 &value));
		ck_assert_int_eq(value, i);
		config_destroy(config);
		free(text);
	}
	for (size_t i = 0; i < array_size(bad); i++) {
		char *text = xasprintf("<a>\n<x>%s</x></a>", bad[i]);
		struct config *config = parse(text);
		struct capture capture;
		const struct config_node *root = config_root(config);

		/* White space around text belongs to the document. */
		bool trimmed = strchr(bad[i], ' ');

		value = 5;
		capture_begin(&capture);
		ck_assert_int_eq(config_get_int(root, "x", -10, 10, &value),
				 trimmed);
		char *line = trimmed ? xstrdup("")
				     : xasprintf(
					       "test:2:1: <x>: \"%s\" is not a "
					       "number from -10 to 10",
					       bad[i]);

		check_log(&capture, line);
		ck_assert_int_eq(value, trimmed ? 1 : 5);
		free(line);
		config_destroy(config);
		free(text);
	}
}
END_TEST

START_TEST(sizes)
{
	static const struct {
		const char *text;
		uint64_t bytes;
		bool valid;
	} cases[] = {
		{ "0", 0, true },
		{ "123", 123, true },
		{ "512K", 512 << 10, true },
		{ "9M", 9 << 20, true },
		{ "1G", 1 << 30, true },
		{ "8589934591G", 8589934591u * (1ull << 30), true },
		{ "8589934592G", 0, false },
		{ "9223372036854775808", 0, false },
		{ "99999999999999999999999", 0, false },
		{ "", 0, false },
		{ "K", 0, false },
		{ "-1", 0, false },
		{ "1k", 0, false },
		{ "1KB", 0, false },
		{ "1 M", 0, false },
		{ "1.5M", 0, false },
	};

	for (size_t i = 0; i < array_size(cases); i++) {
		uint64_t bytes = 77;

		ck_assert_int_eq(config_parse_bytes(cases[i].text, &bytes),
				 cases[i].valid);
		ck_assert_uint_eq(bytes, cases[i].valid ? cases[i].bytes : 77);
	}
}
END_TEST

START_TEST(size_complaint)
{
	struct config *config = parse("<start ram='9 apples'/>");
	struct capture capture;
	uint64_t bytes = 3;

	capture_begin(&capture);
	ck_assert(!config_get_bytes(config_root(config), "ram", &bytes));
	check_log(&capture, "test:1:1: <start>: ram=\"9 apples\" is not a size "
			    "(use 512K, 9M, 1G)");
	ck_assert_uint_eq(bytes, 3);
	config_destroy(config);
}
END_TEST

START_TEST(colours)
{
	struct config *config = parse(
		"<a b='#ff8000' c='#FF80' d='red' e='#12345g'/>");
	const struct config_node *root = config_root(config);
	struct capture capture;
	uint32_t color = 1;

	ck_assert(config_get_color(root, "b", &color));
	ck_assert_uint_eq(color, 0xff8000);
	capture_begin(&capture);
	ck_assert(!config_get_color(root, "c", &color));
	check_log(&capture,
		  "test:1:1: <a>: c=\"#FF80\" is not a colour (use #rrggbb)");
	capture_begin(&capture);
	ck_assert(!config_get_color(root, "d", &color));
	ck_assert(!config_get_color(root, "e", &color));
	ck_assert_uint_eq(color, 0xff8000);
	free(capture_end(&capture));
	config_destroy(config);
}
END_TEST

START_TEST(choices)
{
	static const char *const words[] = { "light", "dark", "x", NULL };
	struct config *config = parse("<a b='dark' c='blue'/>");
	const struct config_node *root = config_root(config);
	struct capture capture;
	int choice = -1;

	ck_assert(config_get_choice(root, "b", words, &choice));
	ck_assert_int_eq(choice, 1);
	capture_begin(&capture);
	ck_assert(!config_get_choice(root, "c", words, &choice));
	check_log(&capture, "test:1:1: <a>: c=\"blue\" is not one of "
			    "\"light\", \"dark\" or \"x\"");
	config_destroy(config);
}
END_TEST

static void check_unknown(const char *text, const char *expected)
{
	static const char *const known[] = { "launcher", "color", "x", NULL };
	struct config *config = parse(text);
	struct capture capture;

	capture_begin(&capture);
	ck_assert_int_eq(config_check_known(config_root(config), known),
			 *expected != '\0');
	check_log(&capture, expected);
	config_destroy(config);
}

START_TEST(unknown_words)
{
	check_unknown("<a x='1' color='2'><launcher/></a>", "");
	check_unknown("<a colour=''/>",
		      "test:1:1: <a>: unknown attribute \"colour\", "
		      "did you mean \"color\"?");
	check_unknown("<a>\n <lanucher/></a>",
		      "test:2:2: <lanucher>: unknown node \"lanucher\", "
		      "did you mean \"launcher\"?");
	check_unknown("<a><laucnhr/></a>",
		      "test:1:4: <laucnhr>: unknown node \"laucnhr\", "
		      "did you mean \"launcher\"?");
	/* Three edits, and one letter of one. */
	check_unknown("<a><lanch/></a>",
		      "test:1:4: <lanch>: unknown node \"lanch\"");
	check_unknown("<a><y/></a>", "test:1:4: <y>: unknown node \"y\"");
}
END_TEST

START_TEST(many_unknown_words)
{
	static const char *const known[] = { NULL };
	char *text = xcalloc(4 * 1000 + 8, 1), *end = stpcpy(text, "<a>");
	struct capture capture;
	int lines = 0;

	for (int i = 0; i < 1000; i++)
		end = stpcpy(end, "<n/>");
	strcpy(end, "</a>");

	struct config *config = parse(text);

	capture_begin(&capture);
	ck_assert_int_eq(config_check_known(config_root(config), known), 1000);

	char *log = capture_end(&capture);

	for (const char *s = log; (s = strchr(s, '\n')); s++)
		lines++;
	ck_assert_int_eq(lines, 65);
	ck_assert_ptr_nonnull(strstr(log, "and 936 more unknown ones\n"));
	free(log);
	config_destroy(config);
	free(text);
}
END_TEST

START_TEST(escaping)
{
	const char *nasty = "<a b=\"c\">&amp; \t\n\r \x01\x7f\xff\xc3 "
			    "\xc3\xbc \xef\xbf\xbf";
	char *escaped = config_escape(nasty);

	ck_assert_str_eq(escaped,
			 "&lt;a b=&quot;c&quot;&gt;&amp;amp; &#9;&#10;&#13; "
			 "???? \xc3\xbc ?");

	char *document = xasprintf("<r t=\"%s\"/>", escaped);
	struct config *config = parse(document);

	ck_assert_str_eq(config_value(config_root(config), "t"),
			 "<a b=\"c\">&amp; \t\n\r ???? \xc3\xbc ?");
	config_destroy(config);
	free(document);
	free(escaped);
}
END_TEST

Suite *values_suite(void)
{
	Suite *suite = suite_create("values");
	TCase *tcase = tcase_create("values");

	tcase_add_test(tcase, attribute_or_node);
	tcase_add_test(tcase, booleans);
	tcase_add_test(tcase, numbers);
	tcase_add_test(tcase, sizes);
	tcase_add_test(tcase, size_complaint);
	tcase_add_test(tcase, colours);
	tcase_add_test(tcase, choices);
	tcase_add_test(tcase, unknown_words);
	tcase_add_test(tcase, many_unknown_words);
	tcase_add_test(tcase, escaping);
	suite_add_tcase(suite, tcase);
	return suite;
}
