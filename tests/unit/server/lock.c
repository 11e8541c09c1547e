/* While it is locked, only who may unlock it is there. */
#include "desk.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

static struct desk desk;
static struct session *a, *b, *locker;

enum { IN_A = 40, IN_B = 140, Y = 60, GREY = 0x808080, OWN = 0x4080c0 };

static struct session *window(const char *label, int x, uint32_t color)
{
	struct session *session = desk_session(&desk, label, 80, 80,
					       FORMAT_XRGB8888, 3);

	for (int i = 0; i < 80 * 80; i++)
		((uint32_t *)session->buffer.pixels)[i] = 0xff000000 | color;
	desk_window(&desk, session, 1, x, 0, 80, 80);
	return session;
}

static void setup(void)
{
	desk_init(&desk, 200, 116);
	desk_configure(&desk, "<config><domain name='lock' lock='yes'/>"
			      "<policy label='locker' domain='lock'/>"
			      "<global-key name='KEY_G' label='a'/></config>");
	a = window("a", 0, GREY);
	b = window("b", 100, GREY);
	locker = desk_session(&desk, "locker", 80, 80, FORMAT_XRGB8888, 3);
	core_focus(&desk.core, b);
	desk_show(&desk);
	desk_log(&desk);
}

static void teardown(void)
{
	desk_finish(&desk);
}

static void super(uint32_t code)
{
	desk_press(&desk, KEY_LEFTMETA);
	desk_key(&desk, code);
	desk_release(&desk, KEY_LEFTMETA);
}

static bool is(int x, uint32_t color)
{
	desk_show(&desk);
	return desk_pixel_is(&desk, x, 90, color);
}

#define expect(text) ck_assert_str_eq(desk_log(&desk), text)

START_TEST(it_locks_shows_nobody_and_goes_back)
{
	super(KEY_L);
	ck_assert(desk.core.locked);
	ck_assert_ptr_eq(desk.core.focus, locker);
	ck_assert(is(IN_A, COLOR_BACKGROUND) && is(IN_B, COLOR_BACKGROUND));
	ck_assert(!a->visible && !b->visible);
	ck_assert_str_eq(core_mode_name(&desk.core), "locked");
	ck_assert_int_eq(core_lock(&desk.core, locker, false), WIRE_OK);
	ck_assert_ptr_eq(desk.core.focus, b);
	ck_assert(is(IN_A, GREY) && is(IN_B, GREY));
}
END_TEST

START_TEST(others_get_no_input)
{
	desk_move(&desk, IN_A, Y);
	super(KEY_L);
	desk_log(&desk);
	desk_key(&desk, KEY_A);
	desk_key(&desk, KEY_G); /* a's, otherwise */
	ck_assert_ptr_null(strstr(desk.log, "a+"));
	ck_assert_ptr_null(strstr(desk.log, "b+"));
	desk_log(&desk);
	desk_move(&desk, IN_B, Y);
	desk_key(&desk, BTN_LEFT);
	desk_event(&desk, (struct input_event){
				  .type = INPUT_TOUCH, .x = IN_A, .y = Y });
	desk_event(&desk, input_event_of(INPUT_UNTOUCH, 0));
	expect("");
	ck_assert_ptr_eq(desk.core.focus, locker);
}
END_TEST

START_TEST(what_is_held_is_released)
{
	desk_move(&desk, IN_B, Y);
	desk_press(&desk, BTN_LEFT);
	desk_log(&desk);
	ck_assert_int_eq(core_lock(&desk.core, locker, true), WIRE_OK);
	ck_assert_ptr_nonnull(strstr(desk.log, "b-272"));
	desk_log(&desk);
	desk_release(&desk, BTN_LEFT);
	ck_assert_ptr_null(strstr(desk.log, "b"));
}
END_TEST

START_TEST(no_key_of_a_mode_does_anything)
{
	super(KEY_L);
	super(KEY_TAB);
	super(KEY_K);
	super(KEY_X);
	desk_key(&desk, KEY_SYSRQ);
	desk_key(&desk, KEY_SCROLLLOCK);
	desk_key(&desk, KEY_LEFTMETA);
	ck_assert(!desk.core.kill && !desk.core.xray && desk.core.locked);
	ck_assert_ptr_eq(desk.core.focus, locker);
}
END_TEST

START_TEST(modes_end_when_it_locks)
{
	desk_key(&desk, KEY_SCROLLLOCK);
	desk_key(&desk, KEY_SYSRQ);
	desk_show(&desk);
	ck_assert(desk.core.kill && desk.core.frozen.on);
	ck_assert_int_eq(core_lock(&desk.core, locker, true), WIRE_OK);
	ck_assert(!desk.core.kill && !desk.core.xray);
	ck_assert(is(IN_A, COLOR_BACKGROUND));
}
END_TEST

START_TEST(only_who_may_unlocks)
{
	ck_assert_int_eq(core_lock(&desk.core, a, true), WIRE_DENIED);
	ck_assert_int_eq(core_lock(&desk.core, b, true), WIRE_DENIED);
	/* The focused one, once the user pressed something in it. */
	desk_move(&desk, IN_B, Y);
	desk_key(&desk, BTN_LEFT);
	ck_assert_int_eq(core_lock(&desk.core, b, false), WIRE_DENIED);
	ck_assert_int_eq(core_lock(&desk.core, b, true), WIRE_OK);
	ck_assert_int_eq(core_lock(&desk.core, b, false), WIRE_DENIED);
	ck_assert_int_eq(core_lock(&desk.core, a, true), WIRE_DENIED);
	ck_assert(desk.core.locked);
	ck_assert_int_eq(core_lock(&desk.core, locker, false), WIRE_OK);
	ck_assert(!desk.core.locked);
}
END_TEST

START_TEST(new_windows_wait_behind_it)
{
	struct session *c;

	super(KEY_L);
	desk_log(&desk);
	c = window("locker.x", 0, GREY);
	ck_assert(is(IN_A, COLOR_BACKGROUND));
	core_focus(&desk.core, c);
	ck_assert_ptr_eq(desk.core.focus, locker);
	for (int i = 0; i < 80 * 80; i++)
		((uint32_t *)locker->buffer.pixels)[i] = 0xff000000 | OWN;
	desk_window(&desk, locker, 1, 0, 0, 80, 80);
	ck_assert(is(IN_A, OWN));
	desk_move(&desk, IN_A, Y);
	desk_log(&desk);
	desk_key(&desk, KEY_A);
	ck_assert_str_ne(desk_log(&desk), "");
}
END_TEST

START_TEST(its_end_unlocks_nothing)
{
	char *kept;

	super(KEY_L);
	kept = core_describe(&desk.core);
	desk_end(locker);
	ck_assert(desk.core.locked);
	ck_assert_ptr_null(desk.core.focus);
	desk_key(&desk, KEY_A);
	super(KEY_TAB);
	ck_assert_ptr_null(desk.core.focus);
	ck_assert(is(IN_A, COLOR_BACKGROUND));
	ck_assert_int_eq(core_lock(&desk.core, NULL, false), WIRE_NO_SERVICE);
	/* Who lost the focus meanwhile doesn't get it back. */
	locker = desk_session(&desk, "locker", 80, 80, FORMAT_XRGB8888, 3);
	desk_end(b);
	ck_assert_int_eq(core_lock(&desk.core, locker, false), WIRE_OK);
	ck_assert_ptr_null(desk.core.focus);
	/* A server that died goes on with it. */
	core_restore(&desk.core, kept);
	ck_assert(desk.core.locked && !desk.core.xray);
	free(kept);
}
END_TEST

START_TEST(a_right_that_goes_takes_focus_and_input)
{
	super(KEY_L);
	desk_press(&desk, KEY_A);
	desk_log(&desk);
	desk_configure(&desk, "<config><domain name='lock' lock='yes'/>"
			      "<policy label='b' domain='lock'/></config>");
	ck_assert(desk.core.locked);
	ck_assert_ptr_eq(desk.core.focus, b);
	ck_assert(is(IN_B, GREY) && is(IN_A, COLOR_BACKGROUND));
	desk_configure(&desk, "<config/>");
	ck_assert(desk.core.locked);
	ck_assert_ptr_null(desk.core.focus);
	ck_assert(is(IN_B, COLOR_BACKGROUND));
	desk_configure(&desk,
		       "<config><domain name='default' lock='yes'/></config>");
	ck_assert_ptr_nonnull(desk.core.focus);
}
END_TEST

START_TEST(not_without_one_that_unlocks)
{
	desk_end(locker);
	super(KEY_L);
	ck_assert(!desk.core.locked);
	ck_assert_ptr_eq(desk.core.focus, b);
	ck_assert(is(IN_A, GREY));
}
END_TEST

Suite *lock_suite(void)
{
	Suite *suite = suite_create("lock");
	TCase *tcase = tcase_create("lock");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, it_locks_shows_nobody_and_goes_back);
	tcase_add_test(tcase, others_get_no_input);
	tcase_add_test(tcase, what_is_held_is_released);
	tcase_add_test(tcase, no_key_of_a_mode_does_anything);
	tcase_add_test(tcase, modes_end_when_it_locks);
	tcase_add_test(tcase, only_who_may_unlocks);
	tcase_add_test(tcase, new_windows_wait_behind_it);
	tcase_add_test(tcase, its_end_unlocks_nothing);
	tcase_add_test(tcase, a_right_that_goes_takes_focus_and_input);
	tcase_add_test(tcase, not_without_one_that_unlocks);
	suite_add_tcase(suite, tcase);
	return suite;
}
