#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/base.h"
#include "catalogue/desktop_entry.h"
#include "suite.h"

#define HEAD "[Desktop Entry]\nType=Application\nName=Some\n"

static struct desktop_entry entry;

static bool parse(const char *text, const char *locale, char **problem)
{
	const struct desktop_context context = {
		.file = "/apps/some.desktop",
		.locale = locale,
		.desktop = "Nitpicker",
	};

	return desktop_entry_parse(text, strlen(text), &context, &entry,
				   problem);
}

static void good(const char *text, const char *locale)
{
	char *problem = NULL;

	ck_assert_msg(parse(text, locale, &problem), "%s: %s", text, problem);
	ck_assert_ptr_null(problem);
}

/* The command, joined again. */
static void check_exec(const char *exec, const char *wanted)
{
	char *text = xasprintf(HEAD "Icon=sign\nExec=%s\n", exec), *joined;

	good(text, NULL);
	joined = desktop_args_join(entry.args);
	ck_assert_str_eq(joined, wanted);
	free(joined);
	free(text);
	desktop_entry_finish(&entry);
}

static void bad(const char *text, const char *why)
{
	char *problem = NULL;

	ck_assert_msg(!parse(text, NULL, &problem), "accepted: %s", text);
	ck_assert_msg(problem && strstr(problem, why), "%s: %s instead of %s",
		      text, problem ? problem : "nothing", why);
	free(problem);
}

#define ACTION(id, name, exec) \
	"[Desktop Action " id "]\nName=" name "\nExec=" exec "\n"

START_TEST(actions)
{
	char *joined;

	good(HEAD "Exec=some\nIcon=sign\nActions=new;old;new;\n" ACTION(
		     "old", "Old",
		     "some --old %i") "Name[de]=Alt\n" ACTION("new", "New",
							      "some %u "
							      "--name=%c"),
	     "de_AT");
	ck_assert_uint_eq(entry.action_count, 2);
	ck_assert_str_eq(entry.actions[0].id, "new");
	ck_assert_str_eq(entry.actions[0].name, "New");
	joined = desktop_args_join(entry.actions[0].args);
	ck_assert_str_eq(joined, "some --name=Some");
	free(joined);
	ck_assert_str_eq(entry.actions[1].name, "Alt");
	joined = desktop_args_join(entry.actions[1].args);
	ck_assert_str_eq(joined, "some --old --icon sign");
	free(joined);
	/* What is of the entry stays so. */
	ck_assert_str_eq(entry.name, "Some");
	ck_assert_str_eq(entry.args[0], "some");
	desktop_entry_finish(&entry);
	good(HEAD "Exec=some\nActions=\n[X-Other]\nName=x\n", NULL);
	ck_assert_uint_eq(entry.action_count, 0);
	desktop_entry_finish(&entry);
}
END_TEST

START_TEST(malformed_actions)
{
	bad(HEAD "Exec=some\nActions=a;\n", "no group");
	bad(HEAD "Exec=some\n" ACTION("a", "A", "x"), "isn't named");
	bad(HEAD "Exec=some\nActions=a;\n" ACTION("a", "", "x"), "no Name");
	bad(HEAD "Exec=some\nActions=a;\n[Desktop Action a]\nName=A\n",
	    "no Exec");
	bad(HEAD "Exec=some\nActions=a;\n" ACTION("a", "A", "x %z"),
	    "unknown field code");
	bad(HEAD "Exec=some\nActions=a b;\n" ACTION("a b", "A", "x"),
	    "malformed name");
}
END_TEST

START_TEST(many_actions)
{
	char *text = xstrdup(""), *list = xstrdup(""), *more;

	for (int i = 0; i < DESKTOP_ACTIONS_MAX + 1; i++) {
		more = xasprintf("%s[Desktop Action a%d]\nName=A\nExec=a\n",
				 text, i);
		free(text);
		text = more;
		more = xasprintf("%sa%d;", list, i);
		free(list);
		list = more;
	}
	more = xasprintf(HEAD "Exec=some\nActions=%s\n%s", list, text);
	good(more, NULL);
	ck_assert_uint_eq(entry.action_count, DESKTOP_ACTIONS_MAX);
	desktop_entry_finish(&entry);
	free(more);
	free(list);
	free(text);
}
END_TEST

START_TEST(all_keys)
{
	good(HEAD "GenericName=Thing\nComment=Does\\ssome\\\\thing\n"
		  "Keywords=one;two;\nIcon=some\nPath=/tmp\nTryExec=some\n"
		  "Exec=some --all\nTerminal=true\n"
		  "Categories=GTK;Network;Game;\n",
	     NULL);
	ck_assert_str_eq(entry.name, "Some");
	ck_assert_str_eq(entry.generic, "Thing");
	ck_assert_str_eq(entry.comment, "Does some\\thing");
	ck_assert_str_eq(entry.keywords, "one two ");
	ck_assert_str_eq(entry.icon, "some");
	ck_assert_str_eq(entry.path, "/tmp");
	ck_assert_str_eq(entry.try_exec, "some");
	ck_assert_str_eq(entry.category, "Internet");
	ck_assert_str_eq(entry.args[1], "--all");
	ck_assert_ptr_null(entry.args[2]);
	ck_assert(entry.terminal && entry.shown);
	desktop_entry_finish(&entry);
	good(HEAD "Exec=p\nComment=a\\qb\\\nKeywords=a\\;b;c;\n", NULL);
	ck_assert_str_eq(entry.comment, "a\\qb\\");
	ck_assert_str_eq(entry.keywords, "a b c ");
	desktop_entry_finish(&entry);
}
END_TEST

START_TEST(languages)
{
	static const char text[] = HEAD
		"Exec=p\nName[de]=D\nName[de@euro]=DE\nName[de_AT]=DA\n"
		"Name[de_AT@euro]=DAE\nName[fr]=F\n";
	static const char *const names[][2] = {
		{ "de_AT.UTF-8@euro", "DAE" },
		{ "de_AT.UTF-8", "DA" },
		{ "de_DE@euro", "DE" },
		{ "de_CH.UTF-8", "D" },
		{ "en_US.UTF-8", "Some" },
		{ "C", "Some" },
		{ "fr", "F" },
	};

	for (size_t i = 0; i < array_size(names); i++) {
		good(text, names[i][0]);
		ck_assert_str_eq(entry.name, names[i][1]);
		desktop_entry_finish(&entry);
	}
}
END_TEST

START_TEST(commands)
{
	check_exec("prog", "prog");
	check_exec("prog  -a   b", "prog -a b");
	check_exec("prog %f", "prog");
	check_exec("prog %U --x", "prog --x");
	check_exec("prog --file=%u", "prog --file=");
	check_exec("prog %i", "prog --icon sign");
	check_exec("prog %c", "prog Some");
	check_exec("prog %k", "prog /apps/some.desktop");
	check_exec("prog 100%%", "prog 100%");
	check_exec("prog %d %D %n %N %v %m", "prog");
	check_exec("\"my prog\" \"a b\"", "\"my prog\" \"a b\"");
	/* Twice: once as a string, once as a quoted word. */
	check_exec("prog \"\\\\$x\"", "prog \"\\$x\"");
	check_exec("prog \"say \\\\\"hi\\\\\"\"", "prog \"say \\\"hi\\\"\"");
	check_exec("prog \"\"", "prog \"\"");
}
END_TEST

START_TEST(who_sees_it)
{
	static const struct {
		const char *text;
		bool shown;
	} cases[] = {
		{ "", true },
		{ "NoDisplay=true\n", false },
		{ "Hidden=true\n", false },
		{ "Hidden=false\n", true },
		{ "OnlyShowIn=KDE;\n", false },
		{ "OnlyShowIn=KDE;Nitpicker;\n", true },
		{ "NotShowIn=Nitpicker;\n", false },
		{ "NotShowIn=KDE;\n", true },
	};

	for (size_t i = 0; i < array_size(cases); i++) {
		char *text = xasprintf(HEAD "Exec=p\n%s", cases[i].text);

		good(text, NULL);
		ck_assert_int_eq(entry.shown, cases[i].shown);
		desktop_entry_finish(&entry);
		free(text);
	}
}
END_TEST

START_TEST(malformed)
{
	bad("", "no [Desktop Entry]");
	bad("Name=x\n", "neither a comment");
	bad("[Other]\n", "first group");
	bad("[Desktop Entry\n", "malformed group");
	bad("[Desktop Entry]\nName=x\nExec=x\n", "Type: missing");
	bad("[Desktop Entry]\nType=Thing\nName=x\n", "Type: unknown");
	bad("[Desktop Entry]\nType=Application\nExec=x\n", "Name: missing");
	bad(HEAD, "Exec: no command");
	bad(HEAD "Exec=p\nExec=q\n", "line 5: a key for the second time");
	bad(HEAD "Exec=p\n[A]\n[A]\n", "a group for the second time");
	bad(HEAD "Exec=p\nNa me=q\n", "malformed key");
	bad(HEAD "Exec=p\nName[de=q\n", "malformed key");
	bad(HEAD "Exec=p\nwords\n", "neither a comment");
	bad(HEAD "Exec=p %x\n", "unknown field code");
	bad(HEAD "Exec=p %\n", "unknown field code");
	bad(HEAD "Exec=p %f %u\n", "more than one field code");
	bad(HEAD "Exec=p --x=%F\n", "within a word");
	bad(HEAD "Exec=p \"a\n", "doesn't end");
	bad(HEAD "Exec=p a;b\n", "reserved character");
	bad(HEAD "Exec=sh -c 'x'\n", "reserved character");
	bad(HEAD "Exec=p \"$x\"\n", "needs a backslash");
	bad(HEAD "Exec=%f\n", "no command");
	bad(HEAD "Exec=p\nTerminal=yes\n", "neither true nor false");
	bad("[Desktop Entry]\r\nType=Application\r\n", "carriage return");
	bad(HEAD "Exec=p\nComment=\xff\n", "not UTF-8");
}
END_TEST

START_TEST(not_programs)
{
	static const char *const texts[] = {
		"[Desktop Entry]\nType=Link\nName=L\nURL=http://example.org\n",
		"[Desktop Entry]\nType=Directory\nName=D\n",
		HEAD "DBusActivatable=true\n",
		HEAD "Icon=sign\nNoDisplay=true\n",
	};
	char *problem;

	for (size_t i = 0; i < array_size(texts); i++) {
		ck_assert(!parse(texts[i], NULL, &problem));
		ck_assert_ptr_null(problem);
	}
}
END_TEST

START_TEST(limits)
{
	size_t bytes = DESKTOP_FILE_MAX;
	char *text = xcalloc(bytes + 2, 1);
	static const char head[] = HEAD "Exec=p\n#";

	memset(text, 'x', bytes);
	memcpy(text, head, strlen(head));
	good(text, NULL);
	desktop_entry_finish(&entry);
	text[bytes] = 'x';
	bad(text, "larger");
	free(text);
	for (int extra = -1; extra <= 1; extra++) {
		int args = DESKTOP_ARGS_MAX + extra;
		char *exec = xcalloc((size_t)args * 2 + 1, 1);
		char *all;

		for (int i = 0; i < args; i++)
			memcpy(exec + 2 * i, "p ", 2);
		all = xasprintf(HEAD "Exec=%s\n", exec);
		if (extra > 0)
			bad(all, "too many arguments");
		else
			good(all, NULL);
		desktop_entry_finish(&entry);
		free(all);
		free(exec);
	}
}
END_TEST

Suite *desktop_suite(void)
{
	Suite *suite = suite_create("desktop entries");
	TCase *tests = tcase_create("desktop entries");

	tcase_add_test(tests, all_keys);
	tcase_add_test(tests, actions);
	tcase_add_test(tests, malformed_actions);
	tcase_add_test(tests, many_actions);
	tcase_add_test(tests, languages);
	tcase_add_test(tests, commands);
	tcase_add_test(tests, who_sees_it);
	tcase_add_test(tests, malformed);
	tcase_add_test(tests, not_programs);
	tcase_add_test(tests, limits);
	suite_add_tcase(suite, tests);
	return suite;
}
