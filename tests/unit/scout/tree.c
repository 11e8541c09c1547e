/* Layout, damage, life of widgets. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bench bench;

static void setup(void)
{
	bench_init(&bench, 100, true);
}

static void teardown(void)
{
	bench_finish(&bench);
}

static struct rect rect_of(void *widget)
{
	return widget_rect(widget);
}

START_TEST(columns)
{
	struct rect one = rect_of(bench.rows[0]), two = rect_of(bench.rows[1]);
	struct rect bar = rect_of(bench.bars[0]);
	struct rect link = rect_of(bench.links[0]);

	ck_assert_int_eq(one.h, 36);
	ck_assert_int_eq(two.y, one.y + 36);
	ck_assert_int_eq(bar.x, one.x + 164);
	ck_assert_int_eq(bar.x + bar.w, one.x + one.w - 8);
	ck_assert_int_eq(link.x, one.x + 48);
	/* Targets are large enough to be hit. */
	ck_assert_int_ge(link.h, 24);
	ck_assert_int_ge(bar.h, 24);
	ck_assert_int_ge(rect_of(bench.button).w, 24);
}
END_TEST

START_TEST(scales)
{
	struct rect before = rect_of(bench.bars[2]);

	bench_finish(&bench);
	bench_init(&bench, 200, true);
	struct rect after = rect_of(bench.bars[2]);

	ck_assert_int_eq(after.x, 2 * before.x);
	ck_assert_int_eq(after.y, 2 * before.y);
	ck_assert_int_eq(after.h, 2 * before.h);
}
END_TEST

START_TEST(large_text)
{
	int before = rect_of(bench.rows[1]).h;

	ui_set_theme(&bench.ui, theme_get(THEME_LIGHT), 100, 200, true);
	ui_update(&bench.ui, 2);
	ck_assert_int_eq(rect_of(bench.rows[1]).h, 2 * before);
}
END_TEST

START_TEST(nothing_changes)
{
	struct rect rects[UI_DAMAGE_MAX];

	ui_take_damage(&bench.ui, rects);
	bench.wakes = 0;
	ui_update(&bench.ui, 5);
	ck_assert_uint_eq(ui_take_damage(&bench.ui, rects), 0);
	ck_assert_int_eq(bench.wakes, 0);
	ck_assert(!ui_is_moving(&bench.ui));
}
END_TEST

START_TEST(damage_is_clipped)
{
	struct rect rects[UI_DAMAGE_MAX];
	struct widget *row = (struct widget *)bench.rows[0];

	ui_take_damage(&bench.ui, rects);
	widget_damage_rect(row, (struct rect){ -50, -50, 5000, 5000 });
	ck_assert_uint_eq(ui_take_damage(&bench.ui, rects), 1);
	ck_assert(rect_equal(rects[0], rect_of(row)));
	widget_damage_rect(row, (struct rect){ 0, 40, 10, 10 });
	ck_assert_uint_eq(ui_take_damage(&bench.ui, rects), 0);
}
END_TEST

START_TEST(damage_is_joined)
{
	struct rect rects[UI_DAMAGE_MAX];
	struct widget *root = bench.ui.root;

	ui_take_damage(&bench.ui, rects);
	widget_damage_rect(root, (struct rect){ 0, 0, 10, 10 });
	widget_damage_rect(root, (struct rect){ 10, 0, 10, 10 });
	ck_assert_uint_eq(bench.ui.damages, 1);
	widget_damage_rect(root, (struct rect){ 300, 200, 10, 10 });
	ck_assert_uint_eq(bench.ui.damages, 2);
	/* All of them stay covered when the list is full. */
	for (int i = 0; i < 100; i++)
		widget_damage_rect(root, (struct rect){ (i * 37) % 390,
							(i * 91) % 290, 3, 3 });
	unsigned count = ui_take_damage(&bench.ui, rects);

	ck_assert_uint_le(count, UI_DAMAGE_MAX);
	for (int i = 0; i < 100; i++) {
		struct rect r = { (i * 37) % 390, (i * 91) % 290, 3, 3 };
		bool covered = false;

		for (unsigned j = 0; j < count; j++)
			covered |= rect_contains(rects[j], r);
		ck_assert(covered);
	}
}
END_TEST

START_TEST(destroying)
{
	struct widget *row = (struct widget *)bench.rows[1];
	int y = rect_of(bench.rows[1]).y;

	ui_set_focus(&bench.ui, (struct widget *)bench.links[1]);
	bench_press(&bench, bench.links[1]);
	widget_destroy(row);
	widget_destroy(row);
	ck_assert_ptr_null(bench.ui.focus);
	ck_assert_ptr_null(bench.ui.grab);
	ui_update(&bench.ui, 2);
	ck_assert_int_eq(rect_of(bench.rows[2]).y, y);
}
END_TEST

START_TEST(report)
{
	ui_set_focus(&bench.ui, (struct widget *)bench.links[0]);
	widget_set_name((struct widget *)bench.rows[1], "<a & \"b\">");

	char *text = ui_report(&bench.ui, 1000, 2000, 0, 16);
	struct rect r = rect_of(bench.links[0]);
	char place[128];

	snprintf(place, sizeof(place),
		 "role=\"link\" name=\"one\" state=\"focused\" x=\"%d\" "
		 "y=\"%d\" w=\"%d\" h=\"%d\" sx=\"%d\" sy=\"%d\"",
		 r.x + 1000, r.y + 2000, r.w, r.h, r.x + 1000, r.y + 2016);
	ck_assert_ptr_nonnull(strstr(text, place));
	ck_assert_ptr_nonnull(
		strstr(text, "role=\"button\" name=\"kill run\""));
	ck_assert_ptr_nonnull(strstr(text, "value=\"1.0 MiB\""));
	ck_assert_ptr_nonnull(strstr(text, "&lt;a &amp; &quot;b&quot;&gt;"));
	free(text);
}
END_TEST

/* Motion takes its time, ends where it should, and then nothing runs. */
START_TEST(motion)
{
	struct widget *row = (struct widget *)bench.rows[0];

	bench.ui.reduced = false;
	ui_animate(&bench.ui, row, &row->glow, 1, 100);
	ck_assert(ui_is_moving(&bench.ui));
	ui_update(&bench.ui, 1000000);
	ck_assert(row->glow < 0.1f);
	ui_update(&bench.ui, 51000000);
	ck_assert(row->glow > 0.5f && row->glow < 1);
	ui_update(&bench.ui, 102000000);
	ck_assert(row->glow == 1);
	ck_assert(!ui_is_moving(&bench.ui));
	bench.ui.reduced = true;
	ui_animate(&bench.ui, row, &row->glow, 0, 100);
	ck_assert(row->glow == 0);
	ck_assert(!ui_is_moving(&bench.ui));
}
END_TEST

Suite *tree_suite(void)
{
	Suite *suite = suite_create("scout tree");
	TCase *tests = tcase_create("tree");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, columns);
	tcase_add_test(tests, scales);
	tcase_add_test(tests, large_text);
	tcase_add_test(tests, nothing_changes);
	tcase_add_test(tests, damage_is_clipped);
	tcase_add_test(tests, damage_is_joined);
	tcase_add_test(tests, destroying);
	tcase_add_test(tests, report);
	tcase_add_test(tests, motion);
	suite_add_tcase(suite, tests);
	return suite;
}
