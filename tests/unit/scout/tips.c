/* Tooltips: when they come, where, and what takes them away. */
#include "suite.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

static struct bench bench;

static void setup(void)
{
	bench_init(&bench, 100, true);
	widget_set_tip((struct widget *)bench.links[0], "Starts one.");
	widget_set_tip((struct widget *)bench.links[1], "Starts two.");
}

static void teardown(void)
{
	bench_finish(&bench);
}

static bool shows(const char *text)
{
	const struct widget *tip = bench.ui.tip;

	return tip && !tip->hidden && strcmp(tip->name, text) == 0;
}

static void hover_and_wait(void *widget, int ms)
{
	bench_hover(&bench, widget);
	bench_wait(&bench, 0);
	bench_wait(&bench, ms);
}

START_TEST(after_a_while)
{
	bench_hover(&bench, bench.links[0]);
	bench_wait(&bench, 0);
	ck_assert_uint_eq(bench.alarm, bench.ui.now + MS_TIP * 1000000ull);
	bench_wait(&bench, MS_TIP - 1);
	ck_assert(!shows("Starts one."));
	bench_wait(&bench, 1);
	ck_assert(shows("Starts one."));
	/* Nothing more to wait for. */
	ck_assert_uint_eq(bench.alarm, 0);
	ck_assert(!ui_is_moving(&bench.ui));
}
END_TEST

START_TEST(the_next_sooner)
{
	hover_and_wait(bench.links[0], MS_TIP);
	bench_hover(&bench, bench.links[1]);
	ck_assert(bench.ui.tip->hidden);
	bench_wait(&bench, 0);
	bench_wait(&bench, MS_TIP_NEXT);
	ck_assert(shows("Starts two."));
	/* What has none takes it away. */
	bench_hover(&bench, bench.rows[3]);
	ck_assert(bench.ui.tip->hidden);
	bench_wait(&bench, 0);
	ck_assert_uint_eq(bench.alarm, 0);
}
END_TEST

/* Below or above what it explains, inside of the window, never on it. */
START_TEST(beside_its_target)
{
	for (int i = 0; i < 4; i++) {
		struct widget *target = (struct widget *)bench.rows[i];
		struct rect tip, row;

		widget_set_tip(target, "A long sentence that explains what "
				       "this is about, and that is certainly "
				       "longer than a line of a tooltip.");
		widget_place(bench.ui.root, (struct rect){ 0, 0, 400, 240 });
		bench_wait(&bench, 0);
		ui_pointer_leave(&bench.ui);
		hover_and_wait(i < 3 ? (void *)bench.bars[i] : (void *)target,
			       MS_TIP);
		ck_assert(!bench.ui.tip->hidden);
		tip = widget_rect(bench.ui.tip);
		row = widget_visible_rect(target);
		/* Without the room for its shadow. */
		tip = rect_grown(tip, -8);
		ck_assert_int_le(tip.w, 320);
		ck_assert_int_gt(tip.h, 40);
		ck_assert(rect_is_empty(rect_intersect(tip, row)));
		ck_assert(
			rect_equal(tip, rect_intersect(tip, bench.ui.root->r)));
	}
}
END_TEST

START_TEST(with_the_keyboard)
{
	bench_key(&bench, KEY_TAB, 0);
	bench_wait(&bench, 0);
	bench_wait(&bench, MS_TIP);
	ck_assert(shows("Starts one."));
	/* Esc takes the tooltip only. */
	bench_key(&bench, KEY_ESC, 0);
	ck_assert(bench.ui.tip->hidden);
	ck_assert_ptr_eq(bench.ui.focus, (struct widget *)bench.links[0]);
	bench_wait(&bench, 2 * MS_TIP);
	ck_assert(bench.ui.tip->hidden);
	/* The link of the next row: there was none just now. */
	bench_key(&bench, KEY_DOWN, 0);
	bench_wait(&bench, 0);
	bench_wait(&bench, MS_TIP);
	ck_assert(shows("Starts two."));
	bench_key(&bench, KEY_ENTER, 0);
	ck_assert(bench.ui.tip->hidden);
}
END_TEST

START_TEST(gone_by_press_and_wheel)
{
	struct ui_event wheel = { .type = UI_WHEEL, .wheel_y = -120 };

	hover_and_wait(bench.links[0], MS_TIP);
	bench_press(&bench, bench.links[0]);
	ck_assert(bench.ui.tip->hidden);
	bench_release(&bench, bench.links[0]);
	bench_wait(&bench, 0);
	bench_wait(&bench, 2 * MS_TIP);
	ck_assert(bench.ui.tip->hidden);
	hover_and_wait(bench.links[1], MS_TIP);
	ck_assert(shows("Starts two."));
	ui_event(&bench.ui, &wheel);
	ck_assert(bench.ui.tip->hidden);
	ui_pointer_leave(&bench.ui);
	hover_and_wait(bench.links[1], MS_TIP);
	ui_pointer_leave(&bench.ui);
	ck_assert(bench.ui.tip->hidden);
}
END_TEST

START_TEST(gone_with_its_target)
{
	hover_and_wait(bench.links[0], MS_TIP);
	widget_destroy((struct widget *)bench.links[0]);
	ck_assert(bench.ui.tip->hidden);
	ck_assert_ptr_null(bench.ui.tip_target);
	bench_wait(&bench, MS_TIP);
	ck_assert(bench.ui.tip->hidden);
	/* While it is waited for. */
	bench_hover(&bench, bench.links[1]);
	bench_wait(&bench, 0);
	widget_destroy((struct widget *)bench.links[1]);
	bench_wait(&bench, MS_TIP);
	ck_assert(bench.ui.tip->hidden);
}
END_TEST

START_TEST(told_to_assistive_tools)
{
	char *report;

	hover_and_wait(bench.links[0], MS_TIP);
	report = ui_report(&bench.ui, 0, 0, 0, 0);
	ck_assert_ptr_nonnull(strstr(report, " description=\"Starts two.\""));
	ck_assert_ptr_nonnull(
		strstr(report, "role=\"tooltip\" name=\"Starts one.\""));
	free(report);
}
END_TEST

Suite *tips_suite(void)
{
	Suite *suite = suite_create("scout tips");
	TCase *tests = tcase_create("tips");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, after_a_while);
	tcase_add_test(tests, the_next_sooner);
	tcase_add_test(tests, beside_its_target);
	tcase_add_test(tests, with_the_keyboard);
	tcase_add_test(tests, gone_by_press_and_wheel);
	tcase_add_test(tests, gone_with_its_target);
	tcase_add_test(tests, told_to_assistive_tools);
	suite_add_tcase(suite, tests);
	return suite;
}
