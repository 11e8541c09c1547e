#include "suite.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include "driver/ps2/protocol/keyboard_codes.h"

/* What the keyboard said, as text: "+30 -30 reset". */
struct heard {
	char text[4096];
	uint64_t now;
	struct ps2_keyboard keyboard;
};

static void add(struct heard *heard, const char *word)
{
	size_t length = strlen(heard->text);

	snprintf(heard->text + length, sizeof(heard->text) - length, "%s%s",
		 length ? " " : "", word);
}

static void handle_key(void *user, unsigned code, bool pressed)
{
	char word[16];

	snprintf(word, sizeof(word), "%c%u", pressed ? '+' : '-', code);
	add(user, word);
}

static void handle_reset(void *user)
{
	add(user, "reset");
}

static const struct ps2_keyboard_handler handler = {
	.key = handle_key,
	.reset = handle_reset,
};

static void begin(struct heard *heard, enum ps2_set set)
{
	*heard = (struct heard){ .now = 1000000 };
	ps2_keyboard_init(&heard->keyboard, set, &handler, heard);
}

/* Bytes as hex, 1 ms apart; "." is a second of silence. */
static void say(struct heard *heard, const char *hex)
{
	unsigned byte;

	for (; *hex; hex++) {
		if (*hex == '.') {
			heard->now += 1000000;
		} else if (sscanf(hex, "%2x", &byte) == 1 && *hex != ' ') {
			heard->now += 1000;
			ps2_keyboard_byte(&heard->keyboard, (uint8_t)byte,
					  heard->now);
			hex++;
		}
	}
}

static void expect(enum ps2_set set, const char *hex, const char *want)
{
	struct heard heard;

	begin(&heard, set);
	say(&heard, hex);
	ck_assert_str_eq(heard.text, want);
}

START_TEST(set_1)
{
	expect(PS2_SET_1, "1e 9e", "+30 -30");
	expect(PS2_SET_1, "e04d e0cd", "+106 -106");
	expect(PS2_SET_1, "1d 38 3b bb b8 9d", "+29 +56 +59 -59 -56 -29");
	expect(PS2_SET_1, "e05b e0db 58 d8 7d fd",
	       "+125 -125 +88 -88 +124 -124");
	expect(PS2_SET_1, "e030 e0b0", "+115 -115");
	/* Print and its fake shift; with Alt it is SysRq, the same key */
	expect(PS2_SET_1, "e02a e037 e0b7 e0aa", "+99 -99");
	expect(PS2_SET_1, "54 d4", "+99 -99");
	/* Pause is a tap: nothing comes when it is let go */
	expect(PS2_SET_1, "e11d45 e19dc5", "+119 -119");
	expect(PS2_SET_1, "e046 e0c6", "+119 -119");
	/* Home with Num Lock on */
	expect(PS2_SET_1, "e02a e047 e0c7 e0aa", "+102 -102");
	expect(PS2_SET_1, "f1 f2", "+123 -123 +122 -122");
}
END_TEST

START_TEST(set_2)
{
	expect(PS2_SET_2, "1c f01c", "+30 -30");
	expect(PS2_SET_2, "e074 e0f074", "+106 -106");
	expect(PS2_SET_2, "07 f007", "+88 -88");
	expect(PS2_SET_2, "83 f083", "+65 -65");
	expect(PS2_SET_2, "e012 e07c e0f07c e0f012", "+99 -99");
	expect(PS2_SET_2, "e11477e1f014f077", "+119 -119");
	expect(PS2_SET_2, "e01f e0f01f", "+125 -125");
	expect(PS2_SET_2, "f1 f2", "+123 -123 +122 -122");
}
END_TEST

START_TEST(repeat_is_silent)
{
	expect(PS2_SET_1, "1e 1e 1e 9e", "+30 -30");
	expect(PS2_SET_2, "1c 1c 1c f01c", "+30 -30");
}
END_TEST

START_TEST(both_sets_have_the_same_keys)
{
	bool in[2][256] = { { 0 } };

	for (unsigned scan = 1; scan < 0x80; scan++)
		for (unsigned extended = 0; extended < 2; extended++)
			in[0][ps2_set1_code(scan, extended)] = true;
	for (unsigned scan = 1; scan < 0x100; scan++)
		for (unsigned extended = 0; extended < 2; extended++)
			in[1][ps2_set2_code(scan, extended)] = true;
	/* Those without a release are not in both tables. */
	in[0][KEY_HANJA] = in[1][KEY_HANJA];
	in[0][KEY_HANGEUL] = in[1][KEY_HANGEUL];
	/* Only keyboards that send set 1 themselves lock the screen. */
	in[0][KEY_COFFEE] = in[1][KEY_COFFEE];
	for (unsigned code = 1; code < 256; code++)
		ck_assert_msg(in[0][code] == in[1][code],
			      "key %u is in one set only", code);
}
END_TEST

START_TEST(unknown_codes_are_taps)
{
	expect(PS2_SET_1, "5a da", "+240 -240");
	expect(PS2_SET_2, "02 f002", "+240 -240");
}
END_TEST

START_TEST(a_lost_prefix)
{
	expect(PS2_SET_1, "e04d cd 1e", "+106 -106 +30");
	expect(PS2_SET_1, "4d e0cd", "+77 -77");
	expect(PS2_SET_2, "e074 f074", "+106 -106");
	/* half a sequence, and silence */
	expect(PS2_SET_1, "e0 . 4d cd", "+77 -77");
	expect(PS2_SET_1, "e11d . 1e 9e", "+30 -30");
}
END_TEST

START_TEST(an_overrun_releases)
{
	expect(PS2_SET_1, "1d 1e ff 30", "+29 +30 -29 -30 +48");
	expect(PS2_SET_2, "14 1c 00 32", "+29 +30 -29 -30 +48");
}
END_TEST

START_TEST(plugged_in_again)
{
	expect(PS2_SET_1, "1e aa", "+30 -30 reset");
	expect(PS2_SET_2, "1c aa", "+30 -30 reset");
	/* here it is the release of Shift */
	expect(PS2_SET_1, "2a aa", "+42 -42");
}
END_TEST

START_TEST(a_repeating_key_falls_silent)
{
	struct heard heard;

	begin(&heard, PS2_SET_1);
	say(&heard, "1e . ");
	/* it never repeated: it may be held for ever */
	ck_assert_uint_eq(ps2_keyboard_check(&heard.keyboard, heard.now), 0);
	ck_assert_str_eq(heard.text, "+30");
	say(&heard, "1e 1e");
	ck_assert_uint_gt(ps2_keyboard_check(&heard.keyboard, heard.now),
			  heard.now);
	ck_assert_str_eq(heard.text, "+30");
	say(&heard, ".");
	ck_assert_uint_eq(ps2_keyboard_check(&heard.keyboard, heard.now), 0);
	ck_assert_str_eq(heard.text, "+30 -30");
}
END_TEST

START_TEST(an_older_key_does_not_repeat)
{
	struct heard heard;

	begin(&heard, PS2_SET_1);
	say(&heard, "2a 2a 1e 9e . .");
	ck_assert_uint_eq(ps2_keyboard_check(&heard.keyboard, heard.now), 0);
	ck_assert_str_eq(heard.text, "+42 +30 -30");
}
END_TEST

Suite *keyboard_suite(void)
{
	Suite *suite = suite_create("keyboard");
	TCase *tests = tcase_create("keyboard");

	tcase_add_test(tests, set_1);
	tcase_add_test(tests, set_2);
	tcase_add_test(tests, repeat_is_silent);
	tcase_add_test(tests, both_sets_have_the_same_keys);
	tcase_add_test(tests, unknown_codes_are_taps);
	tcase_add_test(tests, a_lost_prefix);
	tcase_add_test(tests, an_overrun_releases);
	tcase_add_test(tests, plugged_in_again);
	tcase_add_test(tests, a_repeating_key_falls_silent);
	tcase_add_test(tests, an_older_key_does_not_repeat);
	suite_add_tcase(suite, tests);
	return suite;
}
