/* Kill mode: nothing but the pointer changes, nobody gets input, a click locks
 * out what is seen there. */
#include "desk.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

static struct desk desk;
static struct session *a, *b, *victim;
static struct core_handler handler;

enum { IN_A = 40, IN_B = 140, NOWHERE = 90, Y = 60, GREY = 0x808080 };

static void got_lock_out(void *user, struct session *session)
{
	(void)user;
	victim = session;
}

static struct session *window(const char *label, int x)
{
	struct session *session = desk_session(&desk, label, 80, 80,
					       FORMAT_XRGB8888, 3);

	for (int i = 0; i < 80 * 80; i++)
		((uint32_t *)session->buffer.pixels)[i] = 0xff000000 | GREY;
	desk_window(&desk, session, 1, x, 0, 80, 80);
	return session;
}

static void setup(void)
{
	desk_init(&desk, 200, 116);
	handler = *desk.core.handler;
	handler.locked_out = got_lock_out;
	desk.core.handler = &handler;
	victim = NULL;
	a = window("a", 0);
	b = window("b", 100);
	desk_show(&desk);
	desk_log(&desk);
}

static void teardown(void)
{
	desk_finish(&desk);
}

#define expect(text) ck_assert_str_eq(desk_log(&desk), text)

static void enter(void)
{
	desk_key(&desk, KEY_SYSRQ);
	ck_assert(desk.core.kill);
	desk_show(&desk);
	ck_assert(desk.core.frozen.on);
}

static void refresh(struct session *session)
{
	struct rect all = { 0, 0, 80, 80 };

	memset(session->buffer.pixels, 0xee, session->buffer.bytes);
	session_refresh(session, &all, 1);
}

START_TEST(all_is_red)
{
	enter();
	ck_assert(desk_pixel_is(&desk, IN_A, 90, 0xc04040));
	ck_assert(desk_pixel_is(&desk, NOWHERE, 110, 0x8c1319));
	desk_key(&desk, KEY_ESC);
	ck_assert(!desk.core.kill);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, IN_A, 90, GREY));
	ck_assert(desk_pixel_is(&desk, NOWHERE, 110, COLOR_BACKGROUND));
}
END_TEST

START_TEST(the_picture_stands_still_but_for_the_pointer)
{
	size_t bytes = 200 * 116 * 4;
	uint32_t *before = malloc(bytes);

	enter();
	memcpy(before, desk.pixels, bytes);
	refresh(a);
	desk_window(&desk, b, 1000, 0, 0, 200, 100);
	ck_assert_int_eq(desk_show(&desk), 0);
	ck_assert_int_eq(memcmp(before, desk.pixels, bytes), 0);
	desk_move(&desk, IN_A, Y);
	ck_assert_int_gt(desk_show(&desk), 0);
	ck_assert_int_ne(memcmp(before, desk.pixels, bytes), 0);
	desk_move(&desk, 199, 0);
	desk_show(&desk);
	ck_assert_int_eq(memcmp(before, desk.pixels, bytes), 0);
	desk_key(&desk, KEY_SYSRQ);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, IN_A, 90, GREY));
	free(before);
}
END_TEST

START_TEST(nobody_gets_input_and_all_is_balanced)
{
	desk_move(&desk, IN_A, Y);
	desk_press(&desk, BTN_LEFT);
	desk_press(&desk, KEY_A);
	desk_log(&desk);
	/* Its key acts though others are held. */
	desk_press(&desk, KEY_SYSRQ);
	expect("a-30 a-272 a<");
	desk_release(&desk, KEY_SYSRQ);
	desk_release(&desk, BTN_LEFT);
	desk_release(&desk, KEY_A);
	desk_move(&desk, IN_B, Y);
	desk_press(&desk, KEY_B);
	desk_event(&desk, (struct input_event){ .type = INPUT_CHARACTER,
						.code = 0,
						.y = 'b' });
	desk_event(&desk,
		   (struct input_event){ .type = INPUT_WHEEL, .y = 120 });
	desk_key(&desk, KEY_SCROLLLOCK);
	ck_assert(!desk.core.xray);
	expect("");
	desk_key(&desk, KEY_ESC);
	expect("b~");
	desk_release(&desk, KEY_B);
	expect("");
	desk_key(&desk, KEY_B);
	expect("a+48 a-48");
}
END_TEST

START_TEST(a_click_locks_out_for_good)
{
	desk_move(&desk, IN_B, Y);
	desk_key(&desk, BTN_LEFT);
	enter();
	desk_log(&desk);
	desk_key(&desk, BTN_LEFT);
	expect("b)");
	ck_assert(!desk.core.kill);
	ck_assert_ptr_eq(victim, b);
	ck_assert_ptr_null(desk.core.focus);
	desk_window(&desk, b, 2, 0, 0, 80, 80);
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_record(&desk, OP_view_background, 2, NULL, 0);
	ck_assert_int_eq(desk_execute(&desk, b), WIRE_OK);
	desk_show(&desk);
	ck_assert(!b->visible);
	ck_assert(desk_pixel_is(&desk, 175, 80, COLOR_BACKGROUND));
	ck_assert(desk_pixel_is(&desk, IN_A, 80, GREY));
	desk_key(&desk, KEY_TAB);
	ck_assert(!session_raise(b));
}
END_TEST

START_TEST(a_click_means_what_is_seen)
{
	struct view_geometry away = { 100, 0, 80, 80 };

	enter();
	/* They change places unseen. */
	desk_record(&desk, OP_view_geometry, 1, &away, sizeof(away));
	desk_execute(&desk, a);
	away.x = 0;
	desk_record(&desk, OP_view_geometry, 1, &away, sizeof(away));
	desk_execute(&desk, b);
	desk_move(&desk, IN_A, Y);
	desk_show(&desk);
	desk_key(&desk, BTN_LEFT);
	ck_assert_ptr_eq(victim, a);
}
END_TEST

START_TEST(a_click_on_nothing_or_on_who_is_gone_goes_on)
{
	enter();
	desk_move(&desk, NOWHERE, 110);
	desk_key(&desk, BTN_LEFT);
	desk_move(&desk, IN_A, 5);
	desk_key(&desk, BTN_LEFT);
	desk_end(a);
	desk_move(&desk, IN_A, Y);
	desk_key(&desk, BTN_LEFT);
	ck_assert(desk.core.kill);
	ck_assert_ptr_null(victim);
	ck_assert_int_gt(desk_show(&desk), 0);
}
END_TEST

START_TEST(a_touch_locks_out_too)
{
	desk_event(&desk, (struct input_event){
				  .type = INPUT_TOUCH, .x = IN_A, .y = Y });
	desk_log(&desk);
	enter();
	expect("au0");
	desk_event(&desk,
		   (struct input_event){
			   .type = INPUT_TOUCH, .code = 1, .x = IN_B, .y = Y });
	ck_assert_ptr_eq(victim, b);
	desk_event(&desk,
		   (struct input_event){ .type = INPUT_UNTOUCH, .code = 1 });
	desk_event(&desk, (struct input_event){ .type = INPUT_UNTOUCH });
	expect("");
}
END_TEST

START_TEST(a_new_mode_of_the_output_ends_it)
{
	struct blit_surface output = desk.core.output;

	enter();
	core_set_output(&desk.core, &output, 100);
	ck_assert(!desk.core.kill);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, IN_A, 90, GREY));
}
END_TEST

Suite *kill_suite(void)
{
	Suite *suite = suite_create("kill");
	TCase *tcase = tcase_create("kill");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, all_is_red);
	tcase_add_test(tcase, the_picture_stands_still_but_for_the_pointer);
	tcase_add_test(tcase, nobody_gets_input_and_all_is_balanced);
	tcase_add_test(tcase, a_click_locks_out_for_good);
	tcase_add_test(tcase, a_click_means_what_is_seen);
	tcase_add_test(tcase, a_click_on_nothing_or_on_who_is_gone_goes_on);
	tcase_add_test(tcase, a_touch_locks_out_too);
	tcase_add_test(tcase, a_new_mode_of_the_output_ends_it);
	suite_add_tcase(suite, tcase);
	return suite;
}
