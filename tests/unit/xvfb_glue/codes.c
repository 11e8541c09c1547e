/* Keys, buttons, characters, and the wheel. */
#include "suite.h"

#include <linux/input-event-codes.h>

#include "xvfb_glue/codes.h"
#include "xvfb_glue/wheel.h"

START_TEST(keys)
{
	unsigned known = 0;

	for (unsigned code = 0; code <= KEY_MAX; code++) {
		uint8_t x = codes_key(code);

		if (!x || code == KEY_MICMUTE)
			continue;
		ck_assert_uint_eq(x, code + 8);
		known++;
	}
	ck_assert_uint_eq(known, 245);
	ck_assert_uint_eq(codes_key(KEY_ESC), 9);
	ck_assert_uint_eq(codes_key(KEY_A), 38);
	ck_assert_uint_eq(codes_key(247), 255);
	ck_assert_uint_eq(codes_key(KEY_MICMUTE), KEY_F20 + 8);
	ck_assert_uint_eq(codes_key(249), 0);
	ck_assert_uint_eq(codes_key(0), 0);
	ck_assert_uint_eq(codes_key(KEY_VIDEO_NEXT), 0);
	ck_assert_uint_eq(codes_key(KEY_VIDEO_PREV), 0);
	ck_assert_uint_eq(codes_key(BTN_LEFT), 0);
}
END_TEST

START_TEST(buttons)
{
	static const struct {
		unsigned code;
		uint8_t x;
	} all[] = {
		{ BTN_LEFT, 1 },     { BTN_MIDDLE, 2 }, { BTN_RIGHT, 3 },
		{ BTN_SIDE, 8 },     { BTN_EXTRA, 9 },  { BTN_BACK, 8 },
		{ BTN_FORWARD, 10 }, { BTN_TOUCH, 1 },  { BTN_TASK, 0 },
		{ KEY_A, 0 },
	};

	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		ck_assert_uint_eq(codes_button(all[i].code), all[i].x);
}
END_TEST

START_TEST(keysyms)
{
	ck_assert_uint_eq(codes_keysym('a'), 'a');
	ck_assert_uint_eq(codes_keysym(' '), ' ');
	ck_assert_uint_eq(codes_keysym(0xe4), 0xe4);
	ck_assert_uint_eq(codes_keysym(0xff), 0xff);
	ck_assert_uint_eq(codes_keysym(0x100), 0x1000100);
	ck_assert_uint_eq(codes_keysym(0x20ac), 0x10020ac);
	ck_assert_uint_eq(codes_keysym(0x10ffff), 0x110ffff);
	ck_assert_uint_eq(codes_keysym('\n'), 0xff0d);
	ck_assert_uint_eq(codes_keysym('\b'), 0xff08);
	ck_assert_uint_eq(codes_keysym(0x7f), 0xffff);
	/* What nobody can type. */
	ck_assert_uint_eq(codes_keysym(0), 0);
	ck_assert_uint_eq(codes_keysym(7), 0);
	ck_assert_uint_eq(codes_keysym(0x80), 0);
	ck_assert_uint_eq(codes_keysym(0xd800), 0);
	ck_assert_uint_eq(codes_keysym(0x110000), 0);
}
END_TEST

START_TEST(notches)
{
	struct wheel wheel = { 0 };

	ck_assert_int_eq(wheel_turn(&wheel, 120), 1);
	ck_assert_int_eq(wheel_turn(&wheel, -240), -2);
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(wheel_turn(&wheel, 30), 0);
	ck_assert_int_eq(wheel_turn(&wheel, 30), 1);
	/* The way back begins anew. */
	ck_assert_int_eq(wheel_turn(&wheel, 119), 0);
	ck_assert_int_eq(wheel_turn(&wheel, -1), 0);
	ck_assert_int_eq(wheel_turn(&wheel, 119), 0);
	ck_assert_int_eq(wheel_turn(&wheel, 1), 1);
	/* Nobody turns that far. */
	ck_assert_int_eq(wheel_turn(&wheel, INT32_MAX), WHEEL_NOTCHES_MAX);
	ck_assert_int_eq(wheel_turn(&wheel, INT32_MIN), -WHEEL_NOTCHES_MAX);
}
END_TEST

/* No part of a notch is lost, whatever the pieces. */
START_TEST(notches_add_up)
{
	for (int step = 1; step <= 400; step++) {
		struct wheel wheel = { 0 };
		int sum = 0;

		for (int i = 0; i < 120; i++)
			sum += wheel_turn(&wheel, step);
		ck_assert_int_eq(sum, step);
	}
}
END_TEST

Suite *codes_suite(void)
{
	Suite *suite = suite_create("codes");
	TCase *all = tcase_create("all");

	tcase_add_test(all, keys);
	tcase_add_test(all, buttons);
	tcase_add_test(all, keysyms);
	tcase_add_test(all, notches);
	tcase_add_test(all, notches_add_up);
	suite_add_tcase(suite, all);
	return suite;
}
