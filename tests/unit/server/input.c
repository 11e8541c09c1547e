/*
 * The input state machine: recorded sequences, and the bugs that servers of
 * this kind had (years in the comments).
 */
#include "desk.h"

#include <linux/input-event-codes.h>

static struct desk desk;
static struct session *a, *b;

/* a has a window at the left, b one at the right. */
static void setup(void)
{
	desk_init(&desk, 200, 116);
	a = desk_session(&desk, "a", 80, 80, FORMAT_XRGB8888, 1);
	b = desk_session(&desk, "b", 80, 80, FORMAT_XRGB8888, 2);
	desk_window(&desk, a, 1, 0, 0, 80, 80);
	desk_window(&desk, b, 1, 100, 0, 80, 80);
	desk_log(&desk);
}

static void teardown(void)
{
	desk_finish(&desk);
}

enum { LEFT = BTN_LEFT, IN_A = 40, IN_B = 140, NOWHERE = 90, Y = 60 };

static void focus(struct session *session, int x)
{
	desk_move(&desk, x, Y);
	desk_key(&desk, LEFT);
	ck_assert_ptr_eq(desk.core.focus, session);
	desk_log(&desk);
}

#define expect(text) ck_assert_str_eq(desk_log(&desk), text)

START_TEST(a_click_focuses_and_is_delivered)
{
	desk_move(&desk, IN_A, Y);
	expect("a~");
	desk_press(&desk, LEFT);
	expect("a( a+272");
	desk_release(&desk, LEFT);
	expect("a-272");
	desk_move(&desk, IN_B, Y);
	expect("a< b~");
	desk_press(&desk, LEFT);
	expect("a) b( b+272");
	desk_release(&desk, LEFT);
	expect("b-272");
}
END_TEST

START_TEST(keys_go_to_the_focus_wheels_and_motion_to_the_hovered)
{
	focus(a, IN_A);
	desk_move(&desk, IN_B, Y);
	desk_move(&desk, IN_B + 1, Y);
	expect("a< b~ b~");
	desk_key(&desk, KEY_A);
	expect("a+30 a-30");
	desk_event(&desk,
		   (struct input_event){ .type = INPUT_WHEEL, .y = 120 });
	expect("bw");
}
END_TEST

START_TEST(a_key_does_not_change_the_focus)
{
	desk_move(&desk, IN_A, Y);
	desk_log(&desk);
	desk_key(&desk, KEY_A);
	expect("");
	ck_assert_ptr_null(desk.core.focus);
}
END_TEST

/* 2015: focus change during drag gave unbalanced press and release. */
START_TEST(focus_change_during_drag_stays_balanced)
{
	focus(a, IN_A);
	desk_press(&desk, LEFT);
	core_focus(&desk.core, b);
	desk_press(&desk, BTN_RIGHT);
	desk_release(&desk, LEFT);
	desk_release(&desk, BTN_RIGHT);
	expect("a+272 a) b( a+273 a-272 a-273");
	desk_key(&desk, KEY_A);
	expect("b+30 b-30");
}
END_TEST

/* Issue 3973, 2021: "jumping window". */
START_TEST(hover_is_frozen_while_dragging)
{
	focus(a, IN_A);
	desk_press(&desk, LEFT);
	desk_move(&desk, IN_B, Y);
	desk_move(&desk, IN_B + 2, Y);
	expect("a+272 a~ a~");
	desk_release(&desk, LEFT);
	expect("a-272 a< b~");
}
END_TEST

/* 2021: two clients believed to be hovered during a drag. */
START_TEST(only_one_believes_to_be_hovered_during_a_drag)
{
	focus(a, IN_A);
	desk_move(&desk, IN_B, Y);
	desk_log(&desk);
	desk_press(&desk, KEY_A);
	desk_move(&desk, IN_B + 1, Y);
	expect("a+30 b< a~");
	desk_release(&desk, KEY_A);
	expect("a-30 a< b~");
}
END_TEST

/* 2013, 2014, 2017, 2021: dangling pointers at the end of a client. */
START_TEST(a_client_dies_while_it_has_everything)
{
	focus(a, IN_A);
	desk_press(&desk, LEFT);
	desk_press(&desk, KEY_A);
	desk_log(&desk);
	desk_end(a);
	desk_move(&desk, IN_A + 1, Y);
	desk_release(&desk, LEFT);
	desk_release(&desk, KEY_A);
	expect("");
	desk_move(&desk, IN_B, Y);
	desk_key(&desk, LEFT);
	expect("b~ b( b+272 b-272");
}
END_TEST

START_TEST(a_client_dies_while_dragging_and_hover_waits)
{
	focus(a, IN_A);
	desk_press(&desk, LEFT);
	desk_move(&desk, IN_B, Y);
	desk_log(&desk);
	desk_end(a);
	core_update(&desk.core);
	desk_move(&desk, IN_B + 1, Y);
	desk_press(&desk, BTN_RIGHT);
	desk_release(&desk, BTN_RIGHT);
	expect("");
	desk_release(&desk, LEFT);
	expect("b~");
}
END_TEST

/* 2020: a focus change without input took effect late. */
START_TEST(focus_without_input_gets_the_first_key)
{
	focus(a, IN_A);
	core_focus(&desk.core, b);
	desk_log(&desk);
	desk_key(&desk, KEY_A);
	expect("b+30 b-30");
}
END_TEST

/* 2015, 2020: hover was not updated when views moved. */
START_TEST(hover_follows_views_under_a_still_pointer)
{
	struct view_geometry away = { 0, 0, 10, 10 };

	desk_move(&desk, IN_A, Y);
	expect("a~");
	desk_window(&desk, b, 2, 0, 0, 80, 80);
	expect("a< b~");
	desk_record(&desk, OP_view_geometry, 2, &away, sizeof(away));
	desk_execute(&desk, b);
	core_update(&desk.core);
	expect("b< a~");
	desk_end(a);
	core_update(&desk.core);
	a = NULL;
	expect("");
}
END_TEST

/* Issue 5375, 2024: motion went to the last hovered one. */
START_TEST(motion_over_nothing_goes_to_nobody)
{
	desk_move(&desk, IN_A, Y);
	desk_move(&desk, NOWHERE, Y);
	expect("a~ a<");
	desk_move(&desk, NOWHERE + 1, Y);
	expect("");
	desk_key(&desk, LEFT);
	expect("");
}
END_TEST

/* 2015: the pointer could be one pixel outside. */
START_TEST(the_pointer_stays_on_the_output)
{
	desk_move(&desk, 5000, 5000);
	ck_assert_int_eq(desk.core.pointer.x, 199);
	ck_assert_int_eq(desk.core.pointer.y, 115);
	desk_event(&desk, (struct input_event){ .type = INPUT_RELATIVE,
						.x = -100000,
						.y = -100000 });
	ck_assert_int_eq(desk.core.pointer.x, 0);
	ck_assert_int_eq(desk.core.pointer.y, 0);
}
END_TEST

/* 2024: the pointer was lost with its display. */
START_TEST(the_pointer_survives_a_smaller_output)
{
	static uint32_t pixels[64 * 64];
	struct blit_surface
		output = { pixels, 256, 64, 64, BLIT_XRGB8888, false },
		none = { 0 };

	desk_move(&desk, 190, 110);
	core_set_output(&desk.core, &none, 100);
	core_update(&desk.core);
	core_set_output(&desk.core, &output, 100);
	ck_assert_int_lt(desk.core.pointer.x, 64);
	ck_assert_int_lt(desk.core.pointer.y, 64);
	ck_assert_int_ge(desk.core.pointer.x, 0);
	ck_assert_int_gt(desk_show(&desk), 0);
}
END_TEST

/* 2014: the input mask moved with the buffer offset. */
START_TEST(content_takes_input_whatever_the_offset_is)
{
	struct view_content content = { 10, 10, 20, 20 };
	struct view_offset offset = { -5, -7 };

	desk_record(&desk, OP_view_content, 1, &content, sizeof(content));
	desk_record(&desk, OP_view_offset, 1, &offset, sizeof(offset));
	desk_execute(&desk, a);
	ck_assert_ptr_null(core_view_at(&desk.core, 9, 30));
	ck_assert_ptr_nonnull(core_view_at(&desk.core, 10, 26));
	ck_assert_ptr_nonnull(core_view_at(&desk.core, 29, 45));
	ck_assert_ptr_null(core_view_at(&desk.core, 30, 45));
}
END_TEST

START_TEST(double_press_and_double_release_are_dropped)
{
	focus(a, IN_A);
	desk_press(&desk, KEY_A);
	desk_press(&desk, KEY_A);
	desk_release(&desk, KEY_A);
	desk_release(&desk, KEY_A);
	expect("a+30 a-30");
}
END_TEST

START_TEST(the_wheel_goes_to_the_receiver_while_a_key_is_held)
{
	focus(a, IN_A);
	desk_move(&desk, IN_B, Y);
	desk_press(&desk, KEY_LEFTCTRL);
	desk_log(&desk);
	desk_event(&desk,
		   (struct input_event){ .type = INPUT_WHEEL, .y = 120 });
	expect("aw");
}
END_TEST

START_TEST(a_button_with_a_key_held_does_not_change_the_focus)
{
	focus(a, IN_A);
	desk_press(&desk, KEY_LEFTCTRL);
	desk_move(&desk, IN_B, Y);
	desk_log(&desk);
	desk_key(&desk, LEFT);
	expect("a+272 a-272");
	ck_assert_ptr_eq(desk.core.focus, a);
}
END_TEST

START_TEST(characters_follow_their_keys)
{
	struct input_event c = { .type = INPUT_CHARACTER,
				 .code = KEY_A,
				 .character = 'a' };

	focus(a, IN_A);
	desk_press(&desk, KEY_A);
	desk_event(&desk, c);
	core_focus(&desk.core, b);
	desk_event(&desk, c);
	desk_release(&desk, KEY_A);
	desk_event(&desk, c);
	expect("a+30 ac30 a) b( ac30 a-30");
	c.code = 0; /* of an input method */
	desk_event(&desk, c);
	expect("bc0");
}
END_TEST

/* ---- the server's own keys ---- */

START_TEST(super_and_what_is_pressed_with_it_reach_nobody)
{
	struct input_event c = { .type = INPUT_CHARACTER,
				 .code = KEY_B,
				 .character = 'b' };

	focus(a, IN_A);
	desk_press(&desk, KEY_LEFTMETA);
	desk_press(&desk, KEY_B);
	desk_event(&desk, c);
	desk_press(&desk, LEFT);
	desk_event(&desk,
		   (struct input_event){ .type = INPUT_WHEEL, .y = 120 });
	desk_release(&desk, KEY_LEFTMETA);
	desk_release(&desk, KEY_B);
	desk_release(&desk, LEFT);
	expect("");
	desk_key(&desk, KEY_B);
	expect("a+48 a-48");
}
END_TEST

START_TEST(x_ray_keys_are_swallowed_press_and_release)
{
	focus(a, IN_A);
	desk_key(&desk, KEY_SCROLLLOCK);
	ck_assert(desk.core.xray);
	desk_press(&desk, KEY_LEFTMETA);
	desk_key(&desk, KEY_X);
	desk_release(&desk, KEY_LEFTMETA);
	ck_assert(!desk.core.xray);
	expect("");
	desk_key(&desk, KEY_SYSRQ);
	desk_key(&desk, KEY_SYSRQ);
	expect("a< a~");
}
END_TEST

START_TEST(mode_keys_do_not_act_during_a_sequence_and_reach_nobody)
{
	focus(a, IN_A);
	desk_press(&desk, LEFT);
	desk_log(&desk);
	desk_key(&desk, KEY_SCROLLLOCK);
	ck_assert(!desk.core.xray);
	desk_release(&desk, LEFT);
	expect("a-272");
}
END_TEST

START_TEST(super_tab_walks_and_raises)
{
	focus(a, IN_A);
	desk_press(&desk, KEY_LEFTMETA);
	desk_key(&desk, KEY_TAB);
	ck_assert_ptr_eq(desk.core.focus, b);
	desk_key(&desk, KEY_TAB);
	ck_assert_ptr_eq(desk.core.focus, a);
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, a);
	desk_press(&desk, KEY_LEFTSHIFT);
	desk_key(&desk, KEY_TAB);
	ck_assert_ptr_eq(desk.core.focus, b);
	desk_release(&desk, KEY_LEFTSHIFT);
	desk_release(&desk, KEY_LEFTMETA);
	expect("a) b( b) a( a) b(");
}
END_TEST

START_TEST(super_alone_raises_and_focuses_the_launcher)
{
	struct session *pad = desk_session(&desk, "launchpad", 8, 8,
					   FORMAT_XRGB8888, 1);

	desk_window(&desk, pad, 1, 0, 90, 8, 8);
	focus(a, IN_A);
	desk_press(&desk, KEY_LEFTMETA);
	desk_key(&desk, KEY_B);
	desk_release(&desk, KEY_LEFTMETA);
	ck_assert_ptr_eq(desk.core.focus, a);
	desk_key(&desk, KEY_RIGHTMETA);
	ck_assert_ptr_eq(desk.core.focus, pad);
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, pad);
}
END_TEST

/* 2024, 2026: the receiver of a global key lost events to the mouse. */
START_TEST(a_global_key_keeps_its_whole_sequence)
{
	desk_configure(&desk,
		       "<config><global-key name=\"KEY_F12\" label=\"b\"/>"
		       "</config>");
	focus(a, IN_A);
	desk_press(&desk, KEY_F12);
	desk_press(&desk, LEFT);
	desk_release(&desk, LEFT);
	desk_press(&desk, KEY_A);
	desk_release(&desk, KEY_F12);
	desk_release(&desk, KEY_A);
	expect("b+88 a< b~ b+272 b-272 b+30 b-88 b-30 b< a~");
	ck_assert_ptr_eq(desk.core.focus, a);
}
END_TEST

/* ---- X-ray, touch ---- */

START_TEST(in_x_ray_only_the_focused_session_feels_the_pointer)
{
	focus(a, IN_A);
	desk_key(&desk, KEY_SCROLLLOCK);
	desk_move(&desk, IN_B, Y);
	expect("a<");
	desk_move(&desk, IN_A, Y);
	expect("a~");
	desk_move(&desk, IN_B, Y);
	desk_log(&desk);
	desk_press(&desk, LEFT);
	expect("a) b( b~ b+272");
	desk_release(&desk, LEFT);
	expect("b-272");
}
END_TEST

static void finger(enum input_type type, uint32_t slot, int x)
{
	desk_event(&desk, (struct input_event){
				  .type = type, .code = slot, .x = x, .y = Y });
}

START_TEST(touch_becomes_the_pointer_of_who_does_not_know_it)
{
	a->touch = false;
	finger(INPUT_TOUCH, 0, IN_A);
	expect("a~ a( a+272");
	finger(INPUT_TOUCH, 1, IN_A + 5);
	finger(INPUT_TOUCH, 0, IN_B);
	finger(INPUT_UNTOUCH, 1, 0);
	expect("a~");
	finger(INPUT_UNTOUCH, 0, 0);
	expect("a-272 a< b~");
	finger(INPUT_TOUCH, 2, IN_B);
	finger(INPUT_TOUCH, 3, IN_A);
	finger(INPUT_UNTOUCH, 2, 0);
	finger(INPUT_UNTOUCH, 3, 0);
	ck_assert(!desk.core.input.pointing);
	ck_assert_uint_eq(desk.core.input.keys, 0);
}
END_TEST

START_TEST(a_finger_does_not_release_the_button_of_a_mouse)
{
	a->touch = false;
	focus(a, IN_A);
	desk_press(&desk, LEFT);
	finger(INPUT_TOUCH, 0, IN_A);
	finger(INPUT_UNTOUCH, 0, 0);
	expect("a+272");
	desk_release(&desk, LEFT);
	expect("a-272");
}
END_TEST

START_TEST(touch_points_stay_with_their_session)
{
	finger(INPUT_TOUCH, 0, IN_A);
	expect("a( at0");
	finger(INPUT_TOUCH, 1, IN_B);
	finger(INPUT_TOUCH, 0, IN_B);
	expect("bt1 at0");
	finger(INPUT_UNTOUCH, 0, 0);
	finger(INPUT_UNTOUCH, 1, 0);
	finger(INPUT_UNTOUCH, 1, 0);
	expect("au0 bu1");
	ck_assert_ptr_eq(desk.core.focus, a);
}
END_TEST

START_TEST(devices_that_go_release_everything)
{
	focus(a, IN_A);
	desk_press(&desk, KEY_A);
	desk_press(&desk, LEFT);
	desk_press(&desk, KEY_LEFTMETA);
	desk_log(&desk);
	core_input_reset(&desk.core);
	expect("a-30 a-272");
	desk_key(&desk, KEY_A);
	expect("a+30 a-30");
}
END_TEST

Suite *input_suite(void)
{
	Suite *suite = suite_create("input");
	TCase *tcase = tcase_create("input");

	tcase_add_checked_fixture(tcase, setup, teardown);
#define ADD(name) tcase_add_test(tcase, name);
	ADD(a_click_focuses_and_is_delivered)
	ADD(keys_go_to_the_focus_wheels_and_motion_to_the_hovered)
	ADD(a_key_does_not_change_the_focus)
	ADD(focus_change_during_drag_stays_balanced)
	ADD(hover_is_frozen_while_dragging)
	ADD(only_one_believes_to_be_hovered_during_a_drag)
	ADD(a_client_dies_while_it_has_everything)
	ADD(a_client_dies_while_dragging_and_hover_waits)
	ADD(focus_without_input_gets_the_first_key)
	ADD(hover_follows_views_under_a_still_pointer)
	ADD(motion_over_nothing_goes_to_nobody)
	ADD(the_pointer_stays_on_the_output)
	ADD(the_pointer_survives_a_smaller_output)
	ADD(content_takes_input_whatever_the_offset_is)
	ADD(double_press_and_double_release_are_dropped)
	ADD(the_wheel_goes_to_the_receiver_while_a_key_is_held)
	ADD(a_button_with_a_key_held_does_not_change_the_focus)
	ADD(characters_follow_their_keys)
	ADD(super_and_what_is_pressed_with_it_reach_nobody)
	ADD(x_ray_keys_are_swallowed_press_and_release)
	ADD(mode_keys_do_not_act_during_a_sequence_and_reach_nobody)
	ADD(super_tab_walks_and_raises)
	ADD(super_alone_raises_and_focuses_the_launcher)
	ADD(a_global_key_keeps_its_whole_sequence)
	ADD(in_x_ray_only_the_focused_session_feels_the_pointer)
	ADD(touch_points_stay_with_their_session)
	ADD(touch_becomes_the_pointer_of_who_does_not_know_it)
	ADD(a_finger_does_not_release_the_button_of_a_mouse)
	ADD(devices_that_go_release_everything)
#undef ADD
	suite_add_tcase(suite, tcase);
	return suite;
}
