/* Fields: writing, selecting, undoing, the clipboard; choices and menus. */
#include "suite.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "scout/widget/controls.h"
#include "scout/widget/edit.h"

static struct edit edit;

static void setup(void)
{
	edit_init(&edit);
}

static void teardown(void)
{
	edit_finish(&edit);
}

static void type(const char *text)
{
	for (; *text; text++)
		edit_insert(&edit, text, 1, EDIT_TYPE);
}

START_TEST(writing)
{
	type("two words");
	edit_move(&edit, -1, true, false);
	ck_assert_uint_eq(edit.caret, 4);
	edit_erase(&edit, 1, true);
	ck_assert_str_eq(edit.text, "two ");
	edit_insert(&edit, "\xc3\xa9\xff\n!", 5, EDIT_PASTE);
	ck_assert_str_eq(edit.text, "two \xc3\xa9 !");
	edit_move(&edit, -1, false, false);
	edit_move(&edit, -1, false, false);
	edit_erase(&edit, -1, false);
	ck_assert_str_eq(edit.text, "two  !");
}
END_TEST

START_TEST(undoing)
{
	type("abc");
	edit_insert(&edit, " pasted", 7, EDIT_PASTE);
	ck_assert(edit_undo(&edit));
	ck_assert_str_eq(edit.text, "abc");
	/* What was typed in a row is one step. */
	ck_assert(edit_undo(&edit));
	ck_assert_str_eq(edit.text, "");
	ck_assert(!edit_undo(&edit));
	ck_assert(edit_redo(&edit) && edit_redo(&edit) && !edit_redo(&edit));
	ck_assert_str_eq(edit.text, "abc pasted");
	for (int i = 0; i < 3 * EDIT_STEPS_MAX; i++)
		edit_insert(&edit, "x", 1, EDIT_PASTE);
	ck_assert_uint_eq(edit.undos, EDIT_STEPS_MAX);
}
END_TEST

START_TEST(limits)
{
	char *much = calloc(EDIT_BYTES_MAX + 2, 1);

	memset(much, 'm', EDIT_BYTES_MAX + 1);
	edit_insert(&edit, much, EDIT_BYTES_MAX + 1, EDIT_PASTE);
	ck_assert_uint_eq(strlen(edit.text), EDIT_BYTES_MAX);
	edit_insert(&edit, "x", 1, EDIT_TYPE);
	ck_assert_uint_eq(strlen(edit.text), EDIT_BYTES_MAX);
	free(much);
}
END_TEST

/* ---- the widgets ---- */

static struct bench bench;
static char clipboard[64];
static int chosen;

static void copy(void *user, const char *text, size_t bytes)
{
	(void)user;
	memcpy(clipboard, text, bytes);
	clipboard[bytes] = '\0';
}

static char *paste(void *user, size_t *bytes)
{
	(void)user;
	*bytes = strlen(clipboard);
	return strdup(clipboard);
}

static void picked(void *user, int index)
{
	(void)user;
	chosen = index;
}

START_TEST(widgets)
{
	static const char *const names[] = { "one", "", "three", NULL };
	struct widget *content;
	struct field *field;
	struct choice *radio[2];

	bench_init(&bench, 100, true);
	bench.ui.handler.copy = copy;
	bench.ui.handler.paste = paste;
	content = scroll_content(bench.scroll);
	field = field_create(&bench.ui, content, "field");
	radio[0] = radio_create(&bench.ui, content, "a", NULL, NULL);
	radio[1] = radio_create(&bench.ui, content, "b", NULL, NULL);
	ui_update(&bench.ui, 2);
	field_set_text(field, "hello");
	ui_set_focus(&bench.ui, (struct widget *)field);
	bench_key(&bench, KEY_A, UI_CONTROL);
	bench_key(&bench, KEY_X, UI_CONTROL);
	ck_assert_str_eq(clipboard, "hello");
	ck_assert_str_eq(field_text(field), "");
	bench_key(&bench, KEY_V, UI_CONTROL);
	bench_key(&bench, KEY_V, UI_CONTROL);
	ck_assert_str_eq(field_text(field), "hellohello");
	bench_key(&bench, KEY_Z, UI_CONTROL);
	ck_assert_str_eq(field_text(field), "hello");
	choice_set(radio[0], true);
	ui_set_focus(&bench.ui, (struct widget *)radio[0]);
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert(choice_is_on(radio[1]) && !choice_is_on(radio[0]));
	chosen = -1;
	menu_open(&bench.ui, (struct rect){ 10, 50, 1, 1 }, names, picked,
		  NULL);
	ui_update(&bench.ui, 3);
	bench_key(&bench, KEY_DOWN, 0);
	bench_key(&bench, KEY_ENTER, 0);
	ck_assert_int_eq(chosen, 2);
	ck_assert_ptr_eq(bench.ui.focus, radio[1]);
	bench_finish(&bench);
}
END_TEST

Suite *edit_suite(void)
{
	Suite *suite = suite_create("scout fields");
	TCase *tests = tcase_create("fields");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, writing);
	tcase_add_test(tests, undoing);
	tcase_add_test(tests, limits);
	tcase_add_test(tests, widgets);
	suite_add_tcase(suite, tests);
	return suite;
}
