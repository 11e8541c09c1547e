/* The stack of views, damage, and what a client may not do. */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

static struct desk desk;

static void setup(void)
{
	desk_init(&desk, 200, 216);
}

static void teardown(void)
{
	desk_finish(&desk);
}

static struct session *session(const char *label)
{
	return desk_session(&desk, label, 200, 200, FORMAT_XRGB8888, 7);
}

static const struct view *front(void)
{
	return TAILQ_FIRST(&desk.core.stack);
}

/* ---- damage ---- */

START_TEST(a_hidden_refresh_paints_nothing)
{
	struct session *a = session("a"), *b = session("b");
	struct rect all = { 0, 0, 200, 200 };

	desk_window(&desk, a, 1, 10, 10, 50, 50);
	desk_window(&desk, b, 1, 0, 0, 100, 100);
	desk_show(&desk);
	session_refresh(a, &all, 1);
	ck_assert_int_eq(desk_show(&desk), 0);
	session_refresh(b, &all, 1);
	ck_assert_int_eq(desk_show(&desk), 100 * 100);
}
END_TEST

START_TEST(a_refresh_paints_only_what_is_visible_of_it)
{
	struct session *a = session("a"), *b = session("b");
	struct rect part = { 40, 40, 20, 20 };

	desk_window(&desk, a, 1, 0, 0, 100, 100);
	desk_window(&desk, b, 1, 50, 50, 100, 100);
	desk_show(&desk);
	session_refresh(a, &part, 1);
	ck_assert_int_eq(desk_show(&desk), 20 * 20 - 10 * 10);
}
END_TEST

START_TEST(raising_paints_only_the_overlap)
{
	struct session *a = session("a");

	desk_window(&desk, a, 1, 0, 0, 100, 100);
	desk_window(&desk, a, 2, 60, 60, 100, 100);
	desk_show(&desk);
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 40 * 40);
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 0);
}
END_TEST

START_TEST(moving_paints_old_and_new_place_once)
{
	struct session *a = session("a");
	struct view_geometry g = { 10, 0, 100, 100 };

	desk_window(&desk, a, 1, 0, 0, 100, 100);
	desk_show(&desk);
	desk_record(&desk, OP_view_geometry, 1, &g, sizeof(g));
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 110 * 100);
}
END_TEST

START_TEST(a_click_in_the_focused_session_paints_only_the_menubar)
{
	struct session *a = session("a");
	struct view_title one = { { 3, "one" } }, two = { { 3, "two" } };

	desk_window(&desk, a, 1, 0, 0, 50, 50);
	desk_window(&desk, a, 2, 100, 0, 50, 50);
	desk_record(&desk, OP_view_title, 1, &one, sizeof(one));
	desk_record(&desk, OP_view_title, 2, &two, sizeof(two));
	desk_execute(&desk, a);
	desk_move(&desk, 20, 40);
	desk_key(&desk, 0x110);
	ck_assert_str_eq(session_title_view(a)->title, "one");
	desk_move(&desk, 120, 40);
	desk_show(&desk);
	desk_key(&desk, 0x110);
	ck_assert_str_eq(session_title_view(a)->title, "two");
	ck_assert_int_eq(desk_show(&desk), 200 * 16);
	desk_key(&desk, 0x110); /* once more: nothing is new */
	ck_assert_int_eq(desk_show(&desk), 0);
}
END_TEST

/* Without a click: the first view in the stack that has one gives the title. */
START_TEST(the_title_in_the_menubar_follows_the_views)
{
	struct session *a = session("a");
	struct view_title one = { { 3, "one" } }, two = { { 3, "two" } };

	desk_window(&desk, a, 1, 0, 0, 50, 50);
	desk_window(&desk, a, 2, 100, 0, 50, 50);
	core_focus(&desk.core, a);
	desk_show(&desk);
	desk_record(&desk, OP_view_title, 1, &one, sizeof(one));
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 200 * 16);
	desk_record(&desk, OP_view_title, 2, &two, sizeof(two));
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 200 * 16);
	desk_record(&desk, OP_view_title, 1, &two, sizeof(two)); /* behind */
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 0);
	desk_record(&desk, OP_view_title, 1, &one, sizeof(one));
	desk_record(&desk, OP_view_destroy, 2, NULL, 0);
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 200 * 16 + 50 * 50);
	ck_assert_str_eq(desk.core.title, "one");
}
END_TEST

START_TEST(nothing_to_do_paints_nothing)
{
	struct session *a = session("a");
	struct view_geometry g = { 0, 0, 100, 100 };

	desk_window(&desk, a, 1, 0, 0, 100, 100);
	desk_show(&desk);
	desk_record(&desk, OP_view_geometry, 1, &g, sizeof(g));
	desk_execute(&desk, a);
	ck_assert_int_eq(desk_show(&desk), 0);
}
END_TEST

/* 2018: no redraw when the focused client died. 2024: stale pixels. */
START_TEST(a_client_that_dies_leaves_no_pixels)
{
	struct session *a = session("a");

	desk_window(&desk, a, 1, 0, 0, 100, 100);
	desk_move(&desk, 20, 40);
	desk_key(&desk, 0x110);
	desk_move(&desk, 199, 0);
	desk_show(&desk);
	desk_end(a);
	ck_assert_int_eq(desk_show(&desk), 100 * 100 + 200 * 16);
	ck_assert(desk_pixel_is(&desk, 50, 50, COLOR_BACKGROUND));
	ck_assert_ptr_null(desk.core.focus);
}
END_TEST

/* ---- places ---- */

START_TEST(a_new_view_is_invisible_until_it_is_stacked)
{
	struct session *a = session("a");
	struct view_create create = { 0 };
	struct view_geometry g = { 0, 0, 50, 50 };

	desk_record(&desk, OP_view_create, 1, &create, sizeof(create));
	desk_record(&desk, OP_view_geometry, 1, &g, sizeof(g));
	desk_execute(&desk, a);
	desk_show(&desk);
	ck_assert(!a->visible);
	ck_assert(desk_pixel_is(&desk, 20, 40, COLOR_BACKGROUND));
}
END_TEST

START_TEST(children_follow_and_vanish_with_their_parent)
{
	struct session *a = session("a");
	struct view_create child = { 1 };
	struct view_geometry g = { 5, 5, 10, 10 }, moved = { 100, 100, 50, 50 };

	desk_window(&desk, a, 1, 0, 0, 50, 50);
	desk_record(&desk, OP_view_create, 2, &child, sizeof(child));
	desk_record(&desk, OP_view_geometry, 2, &g, sizeof(g));
	desk_record(&desk, OP_view_front, 2, NULL, 0);
	desk_record(&desk, OP_view_geometry, 1, &moved, sizeof(moved));
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_OK);
	ck_assert_int_eq(view_find(a, 2)->place.x, 105);
	ck_assert_int_eq(view_find(a, 2)->place.y, 121);
	desk_record(&desk, OP_view_destroy, 1, NULL, 0);
	desk_record(&desk, OP_view_destroy, 2, NULL, 0);
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_OK);
	ck_assert_uint_eq(a->view_count, 0);
}
END_TEST

/* 2015: inserting in front of the first view. HEAD: BEHIND_OF was FRONT_OF. */
START_TEST(neighbours)
{
	struct session *a = session("a");
	struct view_front_of of_1 = { 1 };

	desk_window(&desk, a, 1, 0, 0, 50, 50);
	desk_window(&desk, a, 2, 0, 0, 50, 50);
	desk_record(&desk, OP_view_behind_of, 2, &of_1, sizeof(of_1));
	desk_execute(&desk, a);
	ck_assert_uint_eq(front()->id, 1);
	desk_record(&desk, OP_view_front_of, 2, &of_1, sizeof(of_1));
	desk_execute(&desk, a);
	ck_assert_uint_eq(front()->id, 2);
	ck_assert_uint_eq(TAILQ_NEXT(front(), link)->id, 1);
	ck_assert_ptr_eq(TAILQ_NEXT(front(), link),
			 TAILQ_LAST(&desk.core.stack, view_stack));
}
END_TEST

/* ---- execute ---- */

START_TEST(all_or_none)
{
	struct session *a = session("a");
	struct view_create create = { 0 };

	desk_record(&desk, OP_view_create, 1, &create, sizeof(create));
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_record(&desk, OP_view_front, 9, NULL, 0);
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_INVALID);
	ck_assert_uint_eq(a->view_count, 0);
}
END_TEST

START_TEST(depth_of_parents)
{
	struct session *a = session("a");

	for (uint32_t i = 0; i <= LIMIT_VIEW_DEPTH; i++) {
		struct view_create create = { i };

		desk_record(&desk, OP_view_create, i + 1, &create,
			    sizeof(create));
	}
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_OK);

	struct view_create create = { LIMIT_VIEW_DEPTH + 1 };

	desk_record(&desk, OP_view_create, 100, &create, sizeof(create));
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_INVALID);
}
END_TEST

START_TEST(number_of_views)
{
	struct session *a = session("a");
	struct view_create create = { 0 };

	for (uint32_t i = 1; i <= LIMIT_VIEWS; i++) {
		desk_record(&desk, OP_view_create, i, &create, sizeof(create));
		ck_assert_int_eq(desk_execute(&desk, a), WIRE_OK);
	}
	desk_record(&desk, OP_view_create, 5000, &create, sizeof(create));
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_INVALID);
	desk_record(&desk, OP_view_destroy, 1, NULL, 0);
	desk_record(&desk, OP_view_create, 5000, &create, sizeof(create));
	ck_assert_int_eq(desk_execute(&desk, a), WIRE_OK);
}
END_TEST

START_TEST(views_beyond_the_free_ones_are_paid)
{
	struct session *a = session("a");
	struct view_create create = { 0 };
	struct record_walk walk;

	desk_record(&desk, OP_view_create, 1, &create, sizeof(create));
	desk_record(&desk, OP_view_create, 2, &create, sizeof(create));
	walk = (struct record_walk){ desk.records, desk.length };
	ck_assert_int_eq(session_execute(a, walk, 1, 0), WIRE_QUOTA_EXCEEDED);
	ck_assert_int_eq(session_execute(a, walk, 2, 0), WIRE_OK);
	desk.length = 0;
	ck_assert_uint_eq(session_view_bytes(FREE_VIEWS), 0);
	ck_assert_uint_gt(session_view_bytes(FREE_VIEWS + 1), 0);
}
END_TEST

/* ---- who comes to the front ---- */

START_TEST(front_of_an_unfocused_session_goes_behind_the_focused_one)
{
	struct session *a = session("a"), *b = session("b");

	desk_window(&desk, a, 1, 0, 0, 50, 50);
	desk_window(&desk, b, 1, 60, 0, 50, 50); /* the first one may */
	ck_assert_ptr_eq(front()->session, b);
	core_focus(&desk.core, a);
	session_raise(a);
	desk_window(&desk, b, 2, 0, 0, 50, 50);
	ck_assert_ptr_eq(front()->session, a);
	ck_assert_uint_eq(TAILQ_NEXT(front(), link)->id, 2);
	b->pressed_us = desk.now_us - FRONT_GRACE_US;
	desk_record(&desk, OP_view_front, 2, NULL, 0);
	desk_execute(&desk, b);
	ck_assert_ptr_eq(front()->session, b);
	session_raise(a);
	b->pressed_us = desk.now_us - FRONT_GRACE_US - 1;
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_execute(&desk, b);
	ck_assert_ptr_eq(front()->session, a);
}
END_TEST

START_TEST(the_first_window_of_a_started_program_gets_the_focus)
{
	struct session *pad = session("pad"), *other, *child, *late;

	desk_window(&desk, pad, 1, 0, 0, 50, 50);
	desk_move(&desk, 10, 30);
	desk_key(&desk, 0x110);
	other = session("other -> x");
	desk_window(&desk, other, 1, 0, 0, 50, 50);
	ck_assert_ptr_eq(desk.core.focus, pad);
	late = session("pad -> late");
	desk_key(&desk, 30);
	desk_window(&desk, late, 1, 0, 0, 50, 50);
	ck_assert_ptr_eq(desk.core.focus, pad);
	child = session("pad -> x");
	desk_window(&desk, child, 1, 0, 0, 50, 50);
	ck_assert_ptr_eq(desk.core.focus, child);
}
END_TEST

/* ---- backgrounds ---- */

static void background(struct session *owner, uint32_t id)
{
	struct view_create create = { 0 };
	struct view_geometry g = { 0, 0, 200, 200 };

	desk_record(&desk, OP_view_create, id, &create, sizeof(create));
	desk_record(&desk, OP_view_geometry, id, &g, sizeof(g));
	desk_record(&desk, OP_view_background, id, NULL, 0);
	ck_assert_int_eq(desk_execute(&desk, owner), WIRE_OK);
	desk_show(&desk);
}

/* 2013, 2017: a dangling default background. */
START_TEST(backgrounds)
{
	struct session *a = session("a"), *drop = session("backdrop"),
		       *fake = session("a -> backdrop");

	background(fake, 1);
	ck_assert_ptr_null(desk.core.background);
	background(drop, 1);
	ck_assert_ptr_eq(desk.core.background->session, drop);
	background(a, 1);
	ck_assert_ptr_eq(desk.core.background->session, drop);
	core_focus(&desk.core, a);
	ck_assert_ptr_eq(desk.core.background->session, a);
	desk_end(a);
	ck_assert_ptr_eq(desk.core.background->session, drop);
	desk_end(drop);
	ck_assert_ptr_null(desk.core.background);
	ck_assert_int_gt(desk_show(&desk), 0);
	ck_assert(desk_pixel_is(&desk, 100, 100, COLOR_BACKGROUND));
}
END_TEST

/* 2015: bring-to-front also raised the background view. */
START_TEST(front_does_not_raise_a_background)
{
	struct session *drop = session("backdrop"), *a = session("a");

	background(drop, 1);
	desk_window(&desk, a, 1, 0, 0, 50, 50);
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_execute(&desk, drop);
	ck_assert(!session_raise(drop));
	ck_assert_ptr_eq(front()->session, a);
	ck_assert_ptr_eq(front(), TAILQ_LAST(&desk.core.stack, view_stack));
}
END_TEST

/* ---- after a server that died ---- */

static void interleaved(struct session *a, struct session *b)
{
	for (uint32_t id = 1; id <= 4; id++)
		desk_window(&desk, id % 2 ? a : b, id, 0, 0, 50, 50);
}

static void backwards(struct session *a, struct session *b)
{
	for (uint32_t id = 4; id >= 1; id--)
		desk_window(&desk, id % 2 ? a : b, id, 0, 0, 50, 50);
}

START_TEST(views_and_focus_come_back_in_any_order)
{
	struct session *a = session("a"), *b = session("b");
	char *kept, *now;

	interleaved(a, b);
	core_focus(&desk.core, b);
	kept = core_describe(&desk.core);
	core_move_pointer(&desk.core, 7, 9);
	free(kept);
	kept = core_describe(&desk.core);
	ck_assert_str_eq(kept, "7 9 0 b\n4 b\n3 a\n2 b\n1 a\n");
	core_move_pointer(&desk.core, 1, 1);
	desk_end(a);
	desk_end(b);
	core_restore(&desk.core, kept);
	b = session("b");
	a = session("a");
	backwards(a, b);
	desk_window(&desk, session("c"), 1, 0, 0, 50, 50); /* a new one */
	now = core_describe(&desk.core);
	ck_assert_str_eq(now, "7 9 0 b\n1 c\n4 b\n3 a\n2 b\n1 a\n");
	free(now);
	free(kept);
}
END_TEST

START_TEST(after_a_press_the_present_counts)
{
	core_restore(&desk.core, "1 1 0 b\n1 b\n1 a\n");
	desk_key(&desk, 0x110);
	desk_window(&desk, session("b"), 1, 0, 0, 50, 50);
	desk_window(&desk, session("a"), 1, 0, 0, 50, 50);
	ck_assert_str_eq(front()->session->label, "a");
	ck_assert_ptr_null(desk.core.focus);
}
END_TEST

/* The text comes before the output, whose size may be another one now. */
START_TEST(pointer_and_x_ray_come_back)
{
	struct blit_surface output = desk.core.output, none = { 0 };

	desk.core.output = none;
	core_restore(&desk.core, "7 9 1 \n");
	core_set_output(&desk.core, &output, 100);
	ck_assert_int_eq(desk.core.pointer.x, 7);
	ck_assert_int_eq(desk.core.pointer.y, 9);
	ck_assert(desk.core.xray);
	desk.core.output = none;
	core_restore(&desk.core, "100000 -3 0 \n");
	core_set_output(&desk.core, &output, 100);
	ck_assert_int_eq(desk.core.pointer.x, output.width - 1);
	ck_assert_int_eq(desk.core.pointer.y, 0);
	ck_assert(!desk.core.xray);
	core_restore(&desk.core, "what an older one kept\n1 a\n");
	ck_assert(!core_restores(&desk.core));
}
END_TEST

Suite *stack_suite(void)
{
	Suite *suite = suite_create("stack");
	TCase *tcase = tcase_create("stack");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, pointer_and_x_ray_come_back);
	tcase_add_test(tcase, a_hidden_refresh_paints_nothing);
	tcase_add_test(tcase, a_refresh_paints_only_what_is_visible_of_it);
	tcase_add_test(tcase, raising_paints_only_the_overlap);
	tcase_add_test(tcase, moving_paints_old_and_new_place_once);
	tcase_add_test(tcase,
		       a_click_in_the_focused_session_paints_only_the_menubar);
	tcase_add_test(tcase, the_title_in_the_menubar_follows_the_views);
	tcase_add_test(tcase, nothing_to_do_paints_nothing);
	tcase_add_test(tcase, a_client_that_dies_leaves_no_pixels);
	tcase_add_test(tcase, a_new_view_is_invisible_until_it_is_stacked);
	tcase_add_test(tcase, children_follow_and_vanish_with_their_parent);
	tcase_add_test(tcase, neighbours);
	tcase_add_test(tcase, all_or_none);
	tcase_add_test(tcase, depth_of_parents);
	tcase_add_test(tcase, number_of_views);
	tcase_add_test(tcase, views_beyond_the_free_ones_are_paid);
	tcase_add_test(
		tcase,
		front_of_an_unfocused_session_goes_behind_the_focused_one);
	tcase_add_test(tcase,
		       the_first_window_of_a_started_program_gets_the_focus);
	tcase_add_test(tcase, backgrounds);
	tcase_add_test(tcase, front_does_not_raise_a_background);
	tcase_add_test(tcase, views_and_focus_come_back_in_any_order);
	tcase_add_test(tcase, after_a_press_the_present_counts);
	suite_add_tcase(suite, tcase);
	return suite;
}
