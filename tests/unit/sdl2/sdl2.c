/*
 * sdl2_drv without SDL: keys and the characters that belong to them, the
 * chord, wheel, pointer and fingers, the table of scancodes.
 */
#include <SDL_scancode.h>
#include <check.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "driver/sdl2/keys.h"
#include "driver/sdl2/pointer.h"
#include "driver/sdl2/scancode.h"

/* ---- scancodes ---- */

START_TEST(letters_and_digits_have_their_keys)
{
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_A), KEY_A);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_Z), KEY_Z);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_0), KEY_0);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_F24), KEY_F24);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_PRINTSCREEN), KEY_SYSRQ);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_NONUSBACKSLASH),
			 KEY_102ND);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_AUDIONEXT), KEY_NEXTSONG);
}
END_TEST

START_TEST(no_scancode_outside_of_the_table)
{
	ck_assert_int_eq(scancode_to_key(-1), 0);
	ck_assert_int_eq(scancode_to_key(SDL_NUM_SCANCODES), 0);
	ck_assert_int_eq(scancode_to_key(SDL_SCANCODE_UNKNOWN), 0);
	for (int i = 0; i < SDL_NUM_SCANCODES; i++)
		ck_assert_int_le(scancode_to_key(i), INPUT_CODE_MAX);
}
END_TEST

START_TEST(every_key_of_a_full_keyboard_is_in_the_table)
{
	/* 1..88 are the keys of the PC keyboard of 1987, 84 is none. */
	static const int others[] = {
		KEY_KPENTER,      KEY_RIGHTCTRL, KEY_KPSLASH,  KEY_SYSRQ,
		KEY_RIGHTALT,     KEY_HOME,      KEY_UP,       KEY_PAGEUP,
		KEY_LEFT,         KEY_RIGHT,     KEY_END,      KEY_DOWN,
		KEY_PAGEDOWN,     KEY_INSERT,    KEY_DELETE,   KEY_MUTE,
		KEY_VOLUMEDOWN,   KEY_VOLUMEUP,  KEY_PAUSE,    KEY_LEFTMETA,
		KEY_RIGHTMETA,    KEY_COMPOSE,   KEY_NEXTSONG, KEY_PLAYPAUSE,
		KEY_PREVIOUSSONG, KEY_STOPCD,    KEY_RO,       KEY_YEN,
		KEY_HENKAN,       KEY_MUHENKAN,  KEY_HANGEUL,  KEY_HANJA,
	};
	bool found[INPUT_CODE_MAX + 1] = { false };

	for (int i = 0; i < SDL_NUM_SCANCODES; i++)
		found[scancode_to_key(i)] = true;
	for (int code = KEY_ESC; code <= KEY_F12; code++)
		ck_assert_msg(found[code] || code == 84, "key %d", code);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		ck_assert_msg(found[others[i]], "key %d", others[i]);
}
END_TEST

START_TEST(buttons_count_from_one)
{
	ck_assert_int_eq(button_to_key(0), 0);
	ck_assert_int_eq(button_to_key(1), BTN_LEFT);
	ck_assert_int_eq(button_to_key(2), BTN_MIDDLE);
	ck_assert_int_eq(button_to_key(3), BTN_RIGHT);
	ck_assert_int_eq(button_to_key(4), BTN_SIDE);
	ck_assert_int_eq(button_to_key(5), BTN_EXTRA);
	ck_assert_int_eq(button_to_key(8), 0);
	ck_assert_int_eq(button_to_key(-1), 0);
}
END_TEST

/* ---- keys ---- */

START_TEST(only_what_was_pressed_is_released)
{
	struct keys keys = { 0 };

	ck_assert(!keys_release(&keys, KEY_A));
	ck_assert_int_eq(keys_press(&keys, KEY_A, false), PRESS_SEND);
	ck_assert(keys_held(&keys, KEY_A));
	ck_assert(keys_any_held(&keys));
	ck_assert(keys_release(&keys, KEY_A));
	ck_assert(!keys_release(&keys, KEY_A));
	ck_assert(!keys_any_held(&keys));
}
END_TEST

START_TEST(repetitions_are_no_presses)
{
	struct keys keys = { 0 };

	/* Held since before the client came. */
	ck_assert_int_eq(keys_press(&keys, KEY_A, true), PRESS_IGNORE);
	ck_assert(!keys_release(&keys, KEY_A));
	ck_assert_int_eq(keys_press(&keys, KEY_A, false), PRESS_SEND);
	ck_assert_int_eq(keys_press(&keys, KEY_A, true), PRESS_IGNORE);
	ck_assert_int_eq(keys_press(&keys, KEY_A, false), PRESS_IGNORE);
	ck_assert(keys_release(&keys, KEY_A));
}
END_TEST

START_TEST(codes_outside_are_ignored)
{
	struct keys keys = { 0 };

	ck_assert_int_eq(keys_press(&keys, 0, false), PRESS_IGNORE);
	ck_assert_int_eq(keys_press(&keys, -1, false), PRESS_IGNORE);
	ck_assert_int_eq(keys_press(&keys, INPUT_CODE_MAX + 1, false),
			 PRESS_IGNORE);
	ck_assert_int_eq(keys_press(&keys, INPUT_CODE_MAX, false), PRESS_SEND);
	ck_assert(!keys_release(&keys, 0));
	ck_assert(!keys_release(&keys, INPUT_CODE_MAX + 1));
	ck_assert(keys_release(&keys, INPUT_CODE_MAX));
}
END_TEST

START_TEST(after_forgetting_nothing_is_released)
{
	struct keys keys = { 0 };

	keys_press(&keys, KEY_A, false);
	keys_press(&keys, BTN_LEFT, false);
	keys_forget(&keys);
	ck_assert(!keys_release(&keys, KEY_A));
	ck_assert(!keys_release(&keys, BTN_LEFT));
}
END_TEST

/* ---- text ---- */

static struct input_event one_character(const struct keys *keys,
					const char *text)
{
	struct input_event event = { 0 };

	ck_assert(keys_text(keys, &text, &event));
	ck_assert_int_eq(event.type, INPUT_CHARACTER);
	ck_assert_str_eq(text, "");
	return event;
}

START_TEST(text_belongs_to_the_press_before_it)
{
	struct keys keys = { 0 };
	struct input_event event;

	keys_press(&keys, KEY_A, false);
	event = one_character(&keys, "a");
	ck_assert_int_eq(event.code, KEY_A);
	ck_assert_int_eq(event.character, 'a');
	ck_assert_int_eq(event.x, 0);
	keys_text_end(&keys);
	event = one_character(&keys, "\xe6\xbc\xa2");
	ck_assert_int_eq(event.code, 0);
	ck_assert_int_eq(event.character, 0x6f22);
}
END_TEST

START_TEST(a_release_in_between_parts_them)
{
	struct keys keys = { 0 };

	keys_press(&keys, KEY_A, false);
	keys_release(&keys, KEY_A);
	ck_assert_int_eq(one_character(&keys, "x").code, 0);
}
END_TEST

START_TEST(a_repetition_says_so)
{
	struct keys keys = { 0 };
	struct input_event event;

	keys_press(&keys, KEY_A, false);
	keys_text_end(&keys);
	keys_press(&keys, KEY_A, true);
	event = one_character(&keys, "a");
	ck_assert_int_eq(event.code, KEY_A);
	ck_assert_int_eq(event.x, 1);
}
END_TEST

START_TEST(no_text_with_ctrl_left_alt_or_super)
{
	static const int blocking[] = { KEY_LEFTCTRL, KEY_RIGHTCTRL,
					KEY_LEFTALT, KEY_LEFTMETA,
					KEY_RIGHTMETA };
	static const int passing[] = { KEY_LEFTSHIFT, KEY_RIGHTSHIFT,
				       KEY_RIGHTALT };
	struct input_event event;

	for (size_t i = 0; i < sizeof(blocking) / sizeof(*blocking); i++) {
		struct keys keys = { 0 };
		const char *text = "c";

		keys_press(&keys, blocking[i], false);
		keys_press(&keys, KEY_C, false);
		ck_assert(!keys_text(&keys, &text, &event));
		keys_release(&keys, blocking[i]);
		ck_assert(keys_text(&keys, &text, &event));
	}
	for (size_t i = 0; i < sizeof(passing) / sizeof(*passing); i++) {
		struct keys keys = { 0 };

		keys_press(&keys, passing[i], false);
		keys_press(&keys, KEY_C, false);
		one_character(&keys, "c");
	}
}
END_TEST

static unsigned count_characters(const char *text, uint32_t *last)
{
	struct keys keys = { 0 };
	struct input_event event;
	unsigned count = 0;

	while (keys_text(&keys, &text, &event)) {
		*last = event.character;
		count++;
	}
	return count;
}

START_TEST(text_is_checked)
{
	uint32_t last = 0;

	ck_assert_int_eq(count_characters("", &last), 0);
	ck_assert_int_eq(count_characters("ab\xc3\xa9", &last), 3);
	ck_assert_int_eq(last, 0xe9);
	ck_assert_int_eq(count_characters("\r\n\t\x7f\xc2\x85x", &last), 1);
	ck_assert_int_eq(last, 'x');
	ck_assert_int_eq(count_characters("\xf0\x9f\x98\x80", &last), 1);
	ck_assert_int_eq(last, 0x1f600);
	/* Cut off, overlong, surrogate, beyond Unicode, stray bytes. */
	ck_assert_int_eq(count_characters("\xf0\x9f\x98", &last), 0);
	ck_assert_int_eq(count_characters("\xc0\xaf", &last), 0);
	ck_assert_int_eq(count_characters("\xe0\x80\x80", &last), 0);
	ck_assert_int_eq(count_characters("\xed\xa0\x80", &last), 0);
	ck_assert_int_eq(count_characters("\xf4\x90\x80\x80", &last), 0);
	ck_assert_int_eq(count_characters("\xff\x80\xfe", &last), 0);
}
END_TEST

/* ---- the chord ---- */

START_TEST(chords_are_parsed)
{
	struct chord chord;

	ck_assert(chord_parse("Ctrl+Alt+G", &chord));
	ck_assert_int_eq(chord.key, KEY_G);
	ck_assert_int_eq(chord.modifiers, MODIFIER_CTRL | MODIFIER_ALT);
	ck_assert(chord_parse("super+shift+f12", &chord));
	ck_assert_int_eq(chord.key, KEY_F12);
	ck_assert_int_eq(chord.modifiers, MODIFIER_SUPER | MODIFIER_SHIFT);
	ck_assert(chord_parse("ScrollLock", &chord));
	ck_assert_int_eq(chord.key, KEY_SCROLLLOCK);
	ck_assert_int_eq(chord.modifiers, 0);
	ck_assert(chord_parse("off", &chord));
	ck_assert_int_eq(chord.key, 0);
}
END_TEST

START_TEST(malformed_chords_are_refused)
{
	static const char *const malformed[] = {
		"",
		"+",
		"Ctrl+",
		"+G",
		"Ctrl+Alt",
		"Control+G",
		"Ctrl+Nokey",
		"Ctrl++G",
		"Ctrl+ G",
		"Ctrl+GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG"
		"GGGGGGGGGGGGGGGGG",
	};
	struct chord chord = { .key = 1, .modifiers = 1 };

	for (size_t i = 0; i < sizeof(malformed) / sizeof(*malformed); i++)
		ck_assert_msg(!chord_parse(malformed[i], &chord), "%s",
			      malformed[i]);
	ck_assert_int_eq(chord.key, 1);
}
END_TEST

START_TEST(the_chord_never_reaches_the_client)
{
	struct keys keys = { 0 };
	struct input_event event;
	const char *text = "g";

	chord_parse("Ctrl+Alt+G", &keys.chord);
	ck_assert_int_eq(keys_press(&keys, KEY_G, false), PRESS_SEND);
	ck_assert(keys_release(&keys, KEY_G));
	ck_assert_int_eq(keys_press(&keys, KEY_LEFTCTRL, false), PRESS_SEND);
	ck_assert_int_eq(keys_press(&keys, KEY_G, false), PRESS_SEND);
	ck_assert(keys_release(&keys, KEY_G));
	ck_assert_int_eq(keys_press(&keys, KEY_LEFTALT, false), PRESS_SEND);
	ck_assert_int_eq(keys_press(&keys, KEY_G, false), PRESS_CHORD);
	ck_assert_int_eq(keys_press(&keys, KEY_G, true), PRESS_IGNORE);
	ck_assert(!keys_text(&keys, &text, &event));
	ck_assert(!keys_release(&keys, KEY_G));
	/* One modifier more is another chord. */
	ck_assert_int_eq(keys_press(&keys, KEY_LEFTSHIFT, false), PRESS_SEND);
	ck_assert_int_eq(keys_press(&keys, KEY_G, false), PRESS_SEND);
}
END_TEST

/* ---- pointer ---- */

START_TEST(fractions_of_notches_add_up)
{
	struct pointer pointer = { 0 };
	int32_t x, y, sum = 0;

	ck_assert(pointer_wheel(&pointer, 0, 1, &x, &y));
	ck_assert_int_eq(y, 120);
	ck_assert(pointer_wheel(&pointer, -1, 0, &x, &y));
	ck_assert_int_eq(x, -120);
	ck_assert_int_eq(y, 0);
	for (int i = 0; i < 1000; i++) {
		pointer_wheel(&pointer, 0, 0.001f, &x, &y);
		sum += y;
	}
	ck_assert_int_ge(sum, 119);
	ck_assert_int_le(sum, 120);
	ck_assert(!pointer_wheel(&pointer, 0, 0, &x, &y));
}
END_TEST

START_TEST(absurd_distances_are_bounded)
{
	struct pointer pointer = { 0 };
	int32_t x, y;

	pointer_wheel(&pointer, 1e30f, -1e30f, &x, &y);
	ck_assert_int_eq(x, 100000);
	ck_assert_int_eq(y, -100000);
	pointer_relative(&pointer, NAN, INFINITY, &x, &y);
	ck_assert_int_eq(x, 0);
	ck_assert_int_eq(y, 100000);
	ck_assert(pointer_relative(&pointer, 2.5f, -1.75f, &x, &y));
	ck_assert_int_eq(x, 2);
	ck_assert_int_eq(y, -1);
}
END_TEST

START_TEST(positions_stay_on_the_picture)
{
	struct pointer pointer = { 0 };

	ck_assert(pointer_move(&pointer, 10.6f, 20, 100, 50));
	ck_assert_int_eq(pointer.x, 10);
	ck_assert(!pointer_move(&pointer, 10, 20, 100, 50));
	ck_assert(pointer_move(&pointer, -5, 1e9f, 100, 50));
	ck_assert_int_eq(pointer.x, 0);
	ck_assert_int_eq(pointer.y, 49);
	ck_assert(!pointer_move(&pointer, NAN, 60, 100, 50));
	pointer.known = false;
	ck_assert(pointer_move(&pointer, 0, 49, 100, 50));
}
END_TEST

START_TEST(fingers_keep_their_slots)
{
	struct pointer pointer = { 0 };

	ck_assert_int_eq(pointer_touch(&pointer, 77, false), -1);
	ck_assert_int_eq(pointer_touch(&pointer, 77, true), 0);
	ck_assert_int_eq(pointer_touch(&pointer, -9, true), 1);
	ck_assert_int_eq(pointer_touch(&pointer, 77, false), 0);
	pointer_untouch(&pointer, 0);
	ck_assert_int_eq(pointer_touch(&pointer, -9, true), 1);
	ck_assert_int_eq(pointer_touch(&pointer, 5, true), 0);
	for (int i = 2; i < TOUCH_SLOTS; i++)
		ck_assert_int_eq(pointer_touch(&pointer, 100 + i, true), i);
	ck_assert_int_eq(pointer_touch(&pointer, 500, true), -1);
}
END_TEST

int main(void)
{
	TCase *tests = tcase_create("sdl2");
	Suite *suite = suite_create("sdl2");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, letters_and_digits_have_their_keys);
	tcase_add_test(tests, no_scancode_outside_of_the_table);
	tcase_add_test(tests, every_key_of_a_full_keyboard_is_in_the_table);
	tcase_add_test(tests, buttons_count_from_one);
	tcase_add_test(tests, only_what_was_pressed_is_released);
	tcase_add_test(tests, repetitions_are_no_presses);
	tcase_add_test(tests, codes_outside_are_ignored);
	tcase_add_test(tests, after_forgetting_nothing_is_released);
	tcase_add_test(tests, text_belongs_to_the_press_before_it);
	tcase_add_test(tests, a_release_in_between_parts_them);
	tcase_add_test(tests, a_repetition_says_so);
	tcase_add_test(tests, no_text_with_ctrl_left_alt_or_super);
	tcase_add_test(tests, text_is_checked);
	tcase_add_test(tests, chords_are_parsed);
	tcase_add_test(tests, malformed_chords_are_refused);
	tcase_add_test(tests, the_chord_never_reaches_the_client);
	tcase_add_test(tests, fractions_of_notches_add_up);
	tcase_add_test(tests, absurd_distances_are_bounded);
	tcase_add_test(tests, positions_stay_on_the_picture);
	tcase_add_test(tests, fingers_keep_their_slots);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
