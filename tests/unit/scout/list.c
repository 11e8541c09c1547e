/* Lists: many lines cheaply, keyboard, mouse, selection. */
#include "suite.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 300, ROW = 32 };

static struct bench bench;
static struct list *list;
static struct widget *widget;
static struct {
	size_t asked, changed, activated, last;
} seen;

static const char *text(void *user, size_t row)
{
	static char buffer[32];

	(void)user;
	seen.asked++;
	snprintf(buffer, sizeof(buffer), "%s %zu",
		 row % 7 == 3 ? "Tuesday" : "line", row);
	return buffer;
}

static void changed(void *user, size_t row)
{
	(void)user;
	seen.changed++;
	seen.last = row;
}

static void activate(void *user, size_t row)
{
	(void)user;
	seen.activated++;
	seen.last = row;
}

static void make(enum list_mode mode, size_t rows)
{
	static const struct list_source source = {
		.text = text,
		.changed = changed,
		.activate = activate,
	};

	bench_init(&bench, 100, true);
	widget_destroy_children(frame_body(bench.frame));
	list = list_create(&bench.ui, frame_body(bench.frame), "days", mode,
			   &source, NULL);
	widget = (struct widget *)list;
	memset(&seen, 0, sizeof(seen));
	list_set_rows(list, rows);
	/* The title takes 41. */
	widget_place(bench.ui.root,
		     (struct rect){ 0, 0, WIDTH, 41 + 4 + 5 * ROW });
	ui_set_focus(&bench.ui, widget);
	bench_wait(&bench, 0);
}

static void finish(void)
{
	bench_finish(&bench);
}

static struct widget *line(size_t row)
{
	char name[32];

	snprintf(name, sizeof(name), " %zu", row);
	for (struct widget *w = widget->first->first->first; w; w = w->next)
		if (!w->hidden && strstr(w->name, name) &&
		    strcmp(strstr(w->name, name), name) == 0)
			return w;
	return NULL;
}

static size_t widgets(void)
{
	size_t count = 0;

	for (struct widget *w = widget->first->first->first; w; w = w->next)
		count++;
	return count;
}

START_TEST(only_what_is_in_sight)
{
	make(LIST_ONE, LIST_ROWS_MAX + 5);
	ck_assert_uint_le(widgets(), 7);
	ck_assert_uint_le(seen.asked, 7);
	ck_assert_ptr_nonnull(line(0));
	ck_assert_ptr_nonnull(line(4));
	seen.asked = 0;
	list_set_current(list, 777777);
	bench_wait(&bench, 0);
	ck_assert_uint_le(seen.asked, 7);
	ck_assert_uint_le(widgets(), 7);
	struct rect r = widget_visible_rect(line(777777));

	ck_assert_int_eq(r.h, ROW);
	/* One line further asks for one text. */
	seen.asked = 0;
	bench_key(&bench, KEY_DOWN, 0);
	bench_wait(&bench, 0);
	ck_assert_uint_le(seen.asked, 1);
	bench_key(&bench, KEY_END, 0);
	ck_assert_uint_eq(list_current(list), LIST_ROWS_MAX - 1);
	bench_wait(&bench, 0);
	ck_assert_ptr_nonnull(line(LIST_ROWS_MAX - 1));
	finish();
}
END_TEST

/* Each line in sight once, at its place, whatever was scrolled. */
START_TEST(right_lines)
{
	struct ui_event wheel = { .type = UI_WHEEL };

	make(LIST_ONE, 1000);
	bench_hover(&bench, widget);
	for (int i = 0; i < 200; i++) {
		int first = -widget->first->first->r.y / ROW;

		wheel.wheel_y = i % 3 ? -100 - 40 * (i % 5) : 70;
		ui_event(&bench.ui, &wheel);
		bench_wait(&bench, 16);
		first = -widget->first->first->r.y / ROW;
		for (int row = first; row < first + 5 && row < 1000; row++) {
			ck_assert_ptr_nonnull(line((size_t)row));
			ck_assert_int_eq(line((size_t)row)->r.y, row * ROW);
		}
	}
	ck_assert_int_lt(widget->first->first->r.y, -100);
	finish();
}
END_TEST

START_TEST(keyboard)
{
	make(LIST_ONE, 40);
	ck_assert_uint_eq(list_current(list), LIST_NONE);
	bench_key(&bench, KEY_DOWN, 0);
	bench_key(&bench, KEY_DOWN, 0);
	ck_assert_uint_eq(list_current(list), 1);
	ck_assert_uint_eq(seen.changed, 2);
	bench_key(&bench, KEY_PAGEDOWN, 0);
	ck_assert_uint_eq(list_current(list), 5);
	bench_key(&bench, KEY_PAGEUP, 0);
	bench_key(&bench, KEY_HOME, 0);
	ck_assert_uint_eq(list_current(list), 0);
	bench_key(&bench, KEY_ENTER, 0);
	ck_assert_uint_eq(seen.activated, 1);
	bench_key(&bench, KEY_END, 0);
	ck_assert_uint_eq(list_current(list), 39);
	bench_wait(&bench, 0);
	ck_assert_int_eq(widget_visible_rect(line(39)).h, ROW);
	ck_assert(line(39)->selected);
	finish();
}
END_TEST

static void type(const char *word)
{
	for (; *word; word++) {
		struct ui_event event = { .type = UI_CHARACTER,
					  .character = (uint32_t)*word };

		ui_event(&bench.ui, &event);
	}
}

START_TEST(typing)
{
	make(LIST_ONE, 40);
	type("tue");
	ck_assert_uint_eq(list_current(list), 3);
	type("sday 1");
	ck_assert_uint_eq(list_current(list), 10);
	type("x");
	ck_assert_uint_eq(list_current(list), 10);
	finish();
}
END_TEST

START_TEST(mouse)
{
	make(LIST_ONE, 40);
	bench_click(&bench, line(2));
	ck_assert_uint_eq(list_current(list), 2);
	ck_assert_uint_eq(seen.activated, 0);
	bench_click(&bench, line(2));
	ck_assert_uint_eq(seen.activated, 1);
	bench_click(&bench, line(2));
	ck_assert_uint_eq(seen.activated, 1);
	bench_click(&bench, line(3));
	ck_assert_uint_eq(seen.activated, 1);
	finish();
}
END_TEST

static void click_with(size_t row, unsigned mods)
{
	struct rect r = widget_rect(line(row));
	struct ui_event event = {
		.type = UI_PRESS, .x = r.x + 9, .y = r.y + 9, .mods = mods
	};

	ui_event(&bench.ui, &event);
	event.type = UI_RELEASE;
	ui_event(&bench.ui, &event);
}

START_TEST(many)
{
	make(LIST_MANY, 100);
	click_with(1, 0);
	click_with(3, UI_CONTROL);
	ck_assert_uint_eq(list_selected(list), 2);
	click_with(1, UI_CONTROL);
	ck_assert_uint_eq(list_selected(list), 1);
	ck_assert(list_is_selected(list, 3));
	click_with(2, 0);
	click_with(4, UI_SHIFT);
	ck_assert_uint_eq(list_selected(list), 3);
	ck_assert(!list_is_selected(list, 1));
	bench_key(&bench, KEY_UP, UI_SHIFT);
	ck_assert_uint_eq(list_selected(list), 2);
	/* Ctrl goes without selecting, Space takes one more. */
	bench_key(&bench, KEY_DOWN, UI_CONTROL);
	bench_key(&bench, KEY_DOWN, UI_CONTROL);
	ck_assert_uint_eq(list_selected(list), 2);
	bench_key(&bench, KEY_SPACE, UI_CONTROL);
	ck_assert_uint_eq(list_selected(list), 3);
	ck_assert(list_is_selected(list, 5));
	bench_key(&bench, KEY_A, UI_CONTROL);
	ck_assert_uint_eq(list_selected(list), 100);
	/* Lines that go are not selected any more, nor when they return. */
	list_set_rows(list, 70);
	ck_assert_uint_eq(list_selected(list), 70);
	list_set_rows(list, 100);
	ck_assert_uint_eq(list_selected(list), 70);
	list_set_rows(list, 0);
	ck_assert_uint_eq(list_selected(list), 0);
	ck_assert_uint_eq(list_current(list), LIST_NONE);
	bench_wait(&bench, 0);
	bench_key(&bench, KEY_DOWN, 0);
	bench_key(&bench, KEY_END, 0);
	type("t");
	ck_assert_uint_eq(list_current(list), LIST_NONE);
	finish();
}
END_TEST

START_TEST(reported)
{
	char *report;

	make(LIST_ONE, 40);
	list_set_current(list, 2);
	bench_wait(&bench, 0);
	report = ui_report(&bench.ui, 0, 0, 0, 0);
	ck_assert_ptr_nonnull(strstr(
		report, "role=\"list\" name=\"days\" value=\"3 of 40\""));
	ck_assert_ptr_nonnull(strstr(
		report, "role=\"row\" name=\"line 2\" state=\"selected\""));
	ck_assert_ptr_null(strstr(report, "\"line 30\""));
	free(report);
	/* Nothing of it can be used when it is disabled. */
	widget->disabled = true;
	bench_click(&bench, line(1));
	ck_assert_uint_eq(list_current(list), 2);
	finish();
}
END_TEST

/* A notch glides; with reduced motion it doesn't. */
START_TEST(gliding)
{
	struct ui_event wheel = { .type = UI_WHEEL, .wheel_y = -120 };
	int way[3];

	make(LIST_ONE, 1000);
	bench.ui.reduced = false;
	bench_hover(&bench, widget);
	ui_event(&bench.ui, &wheel);
	bench_wait(&bench, 1);
	bench_wait(&bench, MS_SCROLL / 2);
	way[0] = -widget->first->first->r.y;
	bench_wait(&bench, MS_SCROLL);
	way[1] = -widget->first->first->r.y;
	ck_assert_int_gt(way[0], 0);
	ck_assert_int_lt(way[0], way[1]);
	ck_assert_int_eq(way[1], 72);
	bench_wait(&bench, MS_HOVER_OUT);
	ck_assert(!ui_is_moving(&bench.ui));
	bench.ui.reduced = true;
	ui_event(&bench.ui, &wheel);
	bench_wait(&bench, 0);
	way[2] = -widget->first->first->r.y;
	ck_assert_int_eq(way[2], 144);
	ck_assert(!ui_is_moving(&bench.ui));
	finish();
}
END_TEST

/* ---- slider ---- */

static void slid(void *user, int value)
{
	*(int *)user = value;
}

START_TEST(sliding)
{
	int value = -1;

	bench_init(&bench, 100, true);
	widget_destroy_children(frame_body(bench.frame));
	struct slider *slider = slider_create(&bench.ui,
					      frame_body(bench.frame), "volume",
					      0, 100, 5, slid, &value);

	widget = (struct widget *)slider;
	bench_wait(&bench, 0);
	bench_click(&bench, slider);
	ck_assert_int_eq(value, 50);
	bench_key(&bench, KEY_RIGHT, 0);
	ck_assert_int_eq(value, 55);
	bench_key(&bench, KEY_PAGEUP, 0);
	ck_assert_int_eq(value, 100);
	value = -1;
	bench_key(&bench, KEY_END, 0);
	ck_assert_int_eq(value, -1);
	bench_key(&bench, KEY_HOME, 0);
	ck_assert_int_eq(value, 0);
	slider_set(slider, 33);
	ck_assert_int_eq(value, 0);
	ck_assert_int_eq(slider_value(slider), 33);
	bench_finish(&bench);
}
END_TEST

/* ---- boxes ---- */

START_TEST(boxes)
{
	struct box *box;
	struct widget *a, *b, *c;

	bench_init(&bench, 100, true);
	widget_destroy_children(frame_body(bench.frame));
	box = box_create(&bench.ui, frame_body(bench.frame), ROLE_NONE, "");
	box->across = true;
	box->gap = 10;
	box->pad_x = 20;
	a = (struct widget *)tool_create(&bench.ui, &box->widget, "a", NULL,
					 NULL, NULL);
	b = (struct widget *)field_create(&bench.ui, &box->widget, "b");
	c = (struct widget *)tool_create(&bench.ui, &box->widget, "c", NULL,
					 NULL, NULL);
	b->grow = true;
	bench_wait(&bench, 0);
	ck_assert_int_eq(a->r.x, 20);
	ck_assert_int_eq(b->r.x, a->r.x + a->r.w + 10);
	ck_assert_int_eq(c->r.x, b->r.x + b->r.w + 10);
	ck_assert_int_eq(c->r.x + c->r.w, 380);
	ck_assert_int_eq(a->r.y + a->r.h / 2, box->widget.r.h / 2);
	/* As a column: what grows pushes the last one to the end. */
	box->across = false;
	widget_relayout(&box->widget);
	bench_wait(&bench, 0);
	ck_assert_int_eq(c->r.y + c->r.h, box->widget.r.h);
	ck_assert_int_eq(a->r.w, 360);
	bench_finish(&bench);
}
END_TEST

Suite *list_suite(void)
{
	Suite *suite = suite_create("scout list");
	TCase *tests = tcase_create("list");

	tcase_add_test(tests, only_what_is_in_sight);
	tcase_add_test(tests, right_lines);
	tcase_add_test(tests, keyboard);
	tcase_add_test(tests, typing);
	tcase_add_test(tests, mouse);
	tcase_add_test(tests, many);
	tcase_add_test(tests, reported);
	tcase_add_test(tests, gliding);
	tcase_add_test(tests, sliding);
	tcase_add_test(tests, boxes);
	suite_add_tcase(suite, tests);
	return suite;
}
