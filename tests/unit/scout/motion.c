/* What moves, for how long, and that nothing does with motion="reduced". */
#include "suite.h"

static struct bench bench;

static void with_motion(void)
{
	bench_init(&bench, 100, false);
}

static void without_motion(void)
{
	bench_init(&bench, 100, true);
}

static void teardown(void)
{
	bench_finish(&bench);
}

/* How long `value` is on its way, ms; the first frame starts it. */
static int time_of(const float *value)
{
	int ms = 0;

	bench_wait(&bench, 1);
	for (; ui_is_animated(&bench.ui, value) && ms < 2000; ms++)
		bench_wait(&bench, 1);
	return ms;
}

static struct widget *widget_of(void *widget)
{
	return widget;
}

START_TEST(times)
{
	struct widget *button = widget_of(bench.button);

	bench_hover(&bench, button);
	ck_assert_int_eq(time_of(&button->glow), MS_HOVER_IN);
	ck_assert(button->glow == 1);
	bench_press(&bench, button);
	ck_assert_int_eq(time_of(&button->sink), MS_PRESS);
	bench_release(&bench, bench.links[0]);
	ck_assert_int_eq(time_of(&button->sink), MS_RELEASE);
	ck_assert(button->sink == 0);
	bench_hover(&bench, button);
	bench_wait(&bench, 1000);
	bench_hover(&bench, bench.links[0]);
	ck_assert_int_eq(time_of(&button->glow), MS_HOVER_OUT);
	widget_set_disabled(button, true);
	ck_assert_int_eq(time_of(&button->faint), MS_DISABLE);
	bench_wait(&bench, 1000);
	ck_assert(!ui_is_moving(&bench.ui));
}
END_TEST

/* While it comes the others make room; while it goes it is gone already for
 * who clicks, walks or reads the report. */
START_TEST(comes_and_goes)
{
	struct widget *row = widget_of(bench.rows[1]);
	struct widget *below = widget_of(bench.rows[2]);
	int there = below->r.y;

	widget_appear(row, MS_ROW_IN);
	bench_wait(&bench, 1);
	ck_assert_int_eq(below->r.y, there - row->r.h - (36 - row->r.h));
	bench_wait(&bench, MS_ROW_IN / 3);
	ck_assert_int_gt(row->r.h, 0);
	ck_assert_int_lt(row->r.h, 36);
	bench_wait(&bench, MS_ROW_IN);
	ck_assert_int_eq(row->r.h, 36);
	ck_assert_int_eq(below->r.y, there);
	ui_set_focus(&bench.ui, widget_of(bench.links[1]));
	widget_leave(row, MS_ROW_OUT);
	ck_assert_ptr_null(bench.ui.focus);
	bench_wait(&bench, 1);
	bench_click(&bench, bench.links[1]);
	ck_assert_int_eq(bench.activated[1], 0);
	ck_assert_ptr_eq(below->previous, row);
	bench_wait(&bench, MS_ROW_OUT - 1);
	ck_assert_ptr_eq(below->previous, row);
	bench_wait(&bench, 1);
	ck_assert_ptr_ne(below->previous, row);
	bench_wait(&bench, 1);
	ck_assert_int_eq(below->r.y, there - 36);
	bench_wait(&bench, 1000);
	ck_assert(!ui_is_moving(&bench.ui));
}
END_TEST

START_TEST(gone_on_its_way)
{
	struct widget *row = widget_of(bench.rows[1]);

	widget_leave(row, MS_ROW_OUT);
	widget_destroy(row);
	bench_wait(&bench, 1);
	ck_assert(!ui_is_moving(&bench.ui));
}
END_TEST

/* A note goes by itself, and nothing ticks while it stays; an error doesn't. */
START_TEST(notes)
{
	struct widget *overlay = frame_overlay(bench.frame);

	toast_show(&bench.ui, overlay, "No", "It did not work.");
	toast_note(&bench.ui, overlay, "Copied", "It is in the clipboard.");
	bench_wait(&bench, 0);
	ck_assert_uint_eq(bench.alarm,
			  bench.ui.now + MS_TOAST_STAY * 1000000ull);
	bench_wait(&bench, MS_TOAST_IN + 1);
	ck_assert(!ui_is_moving(&bench.ui));
	bench_wait(&bench, MS_TOAST_STAY - MS_TOAST_IN - 1);
	ck_assert(overlay->last->leaving == !bench.ui.reduced ||
		  overlay->first == overlay->last);
	bench_wait(&bench, 1);
	bench_wait(&bench, MS_TOAST_OUT);
	ck_assert_ptr_nonnull(overlay->first);
	ck_assert_ptr_eq(overlay->first, overlay->last);
	ck_assert_uint_eq(bench.alarm, 0);
	ck_assert(toasts_dismiss(overlay));
	ck_assert(!toasts_dismiss(overlay));
}
END_TEST

START_TEST(reduced)
{
	struct widget *button = widget_of(bench.button);
	struct widget *overlay = frame_overlay(bench.frame);
	struct widget *row = widget_of(bench.rows[1]);
	struct widget *below = widget_of(bench.rows[2]);

	bench_hover(&bench, button);
	ck_assert(button->glow == 1);
	bench_press(&bench, button);
	ck_assert(button->sink == 1);
	bench_release(&bench, bench.links[0]);
	ck_assert(button->sink == 0);
	widget_set_disabled(button, true);
	widget_appear(row, MS_ROW_IN);
	ck_assert(row->away == 0);
	widget_leave(row, MS_ROW_OUT);
	ck_assert_ptr_ne(below->previous, row);
	toast_show(&bench.ui, overlay, "No", "It did not work.");
	bar_step(bench.bars[0], 1);
	scroll_to(bench.scroll, 10);
	ck_assert(!ui_is_moving(&bench.ui));
	toasts_dismiss(overlay);
	ck_assert_ptr_null(overlay->first);
}
END_TEST

Suite *motion_suite(void)
{
	Suite *suite = suite_create("scout motion");
	TCase *full = tcase_create("full");
	TCase *none = tcase_create("reduced");

	tcase_add_checked_fixture(full, with_motion, teardown);
	tcase_add_test(full, times);
	tcase_add_test(full, comes_and_goes);
	tcase_add_test(full, gone_on_its_way);
	tcase_add_test(full, notes);
	suite_add_tcase(suite, full);
	tcase_add_checked_fixture(none, without_motion, teardown);
	tcase_add_test(none, reduced);
	tcase_add_test(none, notes);
	suite_add_tcase(suite, none);
	return suite;
}
