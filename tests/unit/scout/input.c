/* Mouse and keyboard. */
#include "suite.h"

#include <linux/input-event-codes.h>

static struct bench bench;

static void setup(void)
{
	bench_init(&bench, 100, true);
}

static void teardown(void)
{
	bench_finish(&bench);
}

static struct widget *focus(void)
{
	return bench.ui.focus;
}

START_TEST(click)
{
	bench_click(&bench, bench.links[1]);
	ck_assert_int_eq(bench.activated[1], 1);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.links[1]);
	/* Released elsewhere: the user thought better of it. */
	bench_press(&bench, bench.links[1]);
	bench_release(&bench, bench.links[2]);
	ck_assert_int_eq(bench.activated[1], 1);
	ck_assert_int_eq(bench.activated[2], 0);
}
END_TEST

START_TEST(kill_on_release)
{
	bench_press(&bench, bench.button);
	ck_assert_int_eq(bench.killed, 0);
	bench_release(&bench, bench.links[0]);
	ck_assert_int_eq(bench.killed, 0);
	bench_click(&bench, bench.button);
	ck_assert_int_eq(bench.killed, 1);
}
END_TEST

START_TEST(tab_order)
{
	struct widget *order[] = {
		(struct widget *)bench.links[0], (struct widget *)bench.bars[0],
		(struct widget *)bench.links[1], (struct widget *)bench.bars[1],
		(struct widget *)bench.links[2], (struct widget *)bench.bars[2],
		(struct widget *)bench.rows[3],  (struct widget *)bench.button,
	};

	for (int i = 0; i < 8; i++) {
		bench_key(&bench, KEY_TAB, 0);
		ck_assert_ptr_eq(focus(), order[i]);
	}
	bench_key(&bench, KEY_TAB, 0);
	ck_assert_ptr_eq(focus(), order[0]);
	bench_key(&bench, KEY_TAB, UI_SHIFT);
	ck_assert_ptr_eq(focus(), order[7]);
}
END_TEST

START_TEST(arrows)
{
	ui_set_focus(&bench.ui, (struct widget *)bench.links[0]);
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.links[1]);
	bench_key(&bench, KEY_UP, 0);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.links[0]);
	bench_key(&bench, KEY_UP, 0);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.links[0]);
	/* Columns are kept. */
	ui_set_focus(&bench.ui, (struct widget *)bench.bars[0]);
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.bars[1]);
	ui_set_focus(&bench.ui, (struct widget *)bench.links[2]);
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.rows[3]);
}
END_TEST

START_TEST(keys)
{
	ui_set_focus(&bench.ui, (struct widget *)bench.links[0]);
	bench_key(&bench, KEY_ENTER, 0);
	bench_key(&bench, KEY_SPACE, 0);
	ck_assert_int_eq(bench.activated[0], 2);
	/* On the link, too, they change the quota of its row. */
	bench_key(&bench, KEY_RIGHT, 0);
	ck_assert_uint_eq(bench.changed_to, 2 << 20);
	bench_key(&bench, KEY_LEFT, 0);
	bench_key(&bench, KEY_LEFT, 0);
	ck_assert_uint_eq(bench.changed_to, 512 << 10);
	bench_key(&bench, KEY_LEFT, 0);
	ck_assert_int_eq(bench.changes, 3);
	bench_key(&bench, KEY_RIGHT, UI_SHIFT);
	ck_assert_uint_eq(bench.changed_to, 4 << 20);
	ui_set_focus(&bench.ui, (struct widget *)bench.rows[3]);
	bench_key(&bench, KEY_DELETE, 0);
	ck_assert_int_eq(bench.killed, 1);
}
END_TEST

START_TEST(drag)
{
	struct rect r = widget_rect((struct widget *)bench.bars[0]);
	struct ui_event event = { .type = UI_PRESS,
				  .x = r.x + 9,
				  .y = r.y + 12 };

	ui_event(&bench.ui, &event);
	ck_assert_uint_eq(bench.changed_to, 512 << 10);
	/* Beyond the end: as much as there is. */
	event.type = UI_MOTION;
	event.x = r.x + 5000;
	ui_event(&bench.ui, &event);
	ck_assert_uint_eq(bench.changed_to, 16 << 20);
	event.type = UI_RELEASE;
	ui_event(&bench.ui, &event);
	int changes = bench.changes;

	event.type = UI_MOTION;
	event.x = r.x + 50;
	ui_event(&bench.ui, &event);
	ck_assert_int_eq(bench.changes, changes);
}
END_TEST

START_TEST(scrolling)
{
	struct ui_event wheel = { .type = UI_WHEEL, .wheel_y = -120 };
	struct ui_event motion = { .type = UI_MOTION, .x = 100, .y = 100 };

	widget_place(bench.ui.root, (struct rect){ 0, 0, 400, 150 });
	ui_event(&bench.ui, &motion);
	ui_event(&bench.ui, &wheel);
	ui_update(&bench.ui, 2);
	ck_assert_int_gt(scroll_position(bench.scroll), 0);
	scroll_to(bench.scroll, -5);
	ck_assert_int_eq(scroll_position(bench.scroll), 0);
	scroll_to(bench.scroll, 100000);
	ui_update(&bench.ui, 3);
	struct rect last = widget_rect((struct widget *)bench.rows[3]);

	ck_assert_int_le(last.y + last.h, 150);
	/* What gets the focus comes into sight. */
	ui_set_focus(&bench.ui, (struct widget *)bench.links[0]);
	ui_update(&bench.ui, 4);
	struct rect link = widget_visible_rect((struct widget *)bench.links[0]);

	ck_assert_int_ge(link.h, 36);
}
END_TEST

/* The thumb follows the pointer at once; beside it a press goes by a page. */
START_TEST(thumb)
{
	struct rect area;
	struct ui_event event = { .type = UI_PRESS };

	widget_place(bench.ui.root, (struct rect){ 0, 0, 400, 150 });
	ui_update(&bench.ui, 2);
	area = widget_rect((struct widget *)bench.scroll);
	event.x = area.x + area.w - 10; /* not the sizer */
	event.y = area.y + 20;
	ui_event(&bench.ui, &event);
	event.type = UI_MOTION;
	event.y += 10;
	ui_event(&bench.ui, &event);
	int some = scroll_position(bench.scroll);

	ck_assert_int_gt(some, 0);
	event.y += 1000;
	ui_event(&bench.ui, &event);
	int all = scroll_position(bench.scroll);

	ck_assert_int_gt(all, some);
	event.type = UI_RELEASE;
	ui_event(&bench.ui, &event);
	ui_update(&bench.ui, 3);
	event.type = UI_PRESS;
	event.y = area.y + 10;
	ui_event(&bench.ui, &event);
	ck_assert_int_lt(scroll_position(bench.scroll), all);
}
END_TEST

/* What can't be used takes no press, and hands it to nobody. */
START_TEST(disabled)
{
	struct widget *link = (struct widget *)bench.links[1];

	link->disabled = true;
	bench_click(&bench, link);
	ck_assert_int_eq(bench.activated[1], 0);
	ck_assert_ptr_ne(focus(), link);
	link->disabled = false;
	/* Nor what stands in it. */
	((struct widget *)bench.rows[1])->disabled = true;
	bench_click(&bench, link);
	ck_assert_int_eq(bench.activated[1], 0);
	for (int i = 0; i < 12; i++) {
		bench_key(&bench, KEY_TAB, 0);
		ck_assert_ptr_ne(focus(), link);
	}
}
END_TEST

static void activated_inside(void *user)
{
	((struct bench *)user)->killed++;
}

/* What is hidden gives the keyboard to what it is in. */
START_TEST(hidden_focus)
{
	struct widget *content = scroll_content(bench.scroll);
	struct tree *tree = tree_create(&bench.ui, content, "more");
	struct link *link = link_create(&bench.ui, tree_body(tree), "inside",
					activated_inside, &bench);

	tree_set_open(tree, true);
	ui_set_focus(&bench.ui, (struct widget *)link);
	tree_set_open(tree, false);
	ck_assert_ptr_eq(focus(), (struct widget *)tree);
	ui_set_focus(&bench.ui, (struct widget *)bench.links[0]);
	widget_set_hidden((struct widget *)bench.rows[0], true);
	ck_assert_ptr_null(focus());
}
END_TEST

/* Page Down that nobody wants scrolls, without any focus, too. */
START_TEST(page_keys)
{
	widget_place(bench.ui.root, (struct rect){ 0, 0, 400, 150 });
	ui_update(&bench.ui, 2);
	ui_set_focus(&bench.ui, NULL);
	bench_key(&bench, KEY_PAGEDOWN, 0);
	ck_assert_int_gt(scroll_position(bench.scroll), 0);
	bench_key(&bench, KEY_HOME, 0);
	ck_assert_int_eq(scroll_position(bench.scroll), 0);
}
END_TEST

START_TEST(word_by_two_presses)
{
	struct field *field = field_create(&bench.ui,
					   scroll_content(bench.scroll), "f");
	struct rect r;
	struct ui_event event = { .type = UI_PRESS };

	field_set_text(field, "hello world");
	ui_update(&bench.ui, 2);
	r = widget_rect((struct widget *)field);
	event.x = r.x + 25;
	event.y = r.y + 10;
	for (int i = 0; i < 4; i++) {
		event.type = i % 2 ? UI_RELEASE : UI_PRESS;
		ui_event(&bench.ui, &event);
	}
	bench_key(&bench, KEY_DELETE, 0);
	ck_assert_str_eq(field_text(field), " world");
}
END_TEST

static void chosen_entry(void *user, int index)
{
	*(int *)user = index;
}

START_TEST(menus)
{
	static const char *const names[] = { "a", "b", "", "c", NULL };
	int chosen = -1;

	ui_set_focus(&bench.ui, (struct widget *)bench.links[0]);
	struct widget *menu = menu_open(&bench.ui, (struct rect){ 5, 5, 9, 9 },
					names, chosen_entry, &chosen);

	menu_disable(menu, 0);
	ck_assert_str_eq(focus()->name, "b");
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert_str_eq(focus()->name, "c");
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert_str_eq(focus()->name, "b");
	bench_key(&bench, KEY_UP, 0);
	bench_key(&bench, KEY_ENTER, 0);
	ck_assert_int_eq(chosen, 3);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.links[0]);
}
END_TEST

static void remove_row(void *user)
{
	widget_destroy(user);
}

/* A row may go in its own callback. */
START_TEST(gone_while_pressed)
{
	row_on_delete(bench.rows[3], remove_row, bench.rows[3]);
	ui_set_focus(&bench.ui, (struct widget *)bench.rows[3]);
	bench_key(&bench, KEY_DELETE, 0);
	ui_update(&bench.ui, 2);
	ck_assert_ptr_null(focus());
	bench_key(&bench, KEY_TAB, 0);
	ck_assert_ptr_eq(focus(), (struct widget *)bench.links[0]);
}
END_TEST

START_TEST(toasts)
{
	struct widget *overlay = frame_overlay(bench.frame);

	for (int i = 0; i < 5; i++)
		toast_show(&bench.ui, overlay, "x did not start", "Because.");
	ui_update(&bench.ui, 2);
	bench_click(&bench, overlay->last->first);
	ui_update(&bench.ui, 3);
	ck_assert(toasts_dismiss(overlay));
	ck_assert(toasts_dismiss(overlay));
	ck_assert(!toasts_dismiss(overlay));
}
END_TEST

Suite *input_suite(void)
{
	Suite *suite = suite_create("scout input");
	TCase *tests = tcase_create("input");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, click);
	tcase_add_test(tests, kill_on_release);
	tcase_add_test(tests, tab_order);
	tcase_add_test(tests, arrows);
	tcase_add_test(tests, keys);
	tcase_add_test(tests, drag);
	tcase_add_test(tests, scrolling);
	tcase_add_test(tests, thumb);
	tcase_add_test(tests, disabled);
	tcase_add_test(tests, hidden_focus);
	tcase_add_test(tests, page_keys);
	tcase_add_test(tests, word_by_two_presses);
	tcase_add_test(tests, menus);
	tcase_add_test(tests, gone_while_pressed);
	tcase_add_test(tests, toasts);
	suite_add_tcase(suite, tests);
	return suite;
}
