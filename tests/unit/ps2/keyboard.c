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

/* Keys beyond those of the first keyboards, as both sets have them behind 0xe0;
 * the table is Microsoft's (see ps2.h). */
START_TEST(media_keys)
{
	static const struct {
		unsigned set1, set2, code;
	} keys[] = {
		{ 0x10, 0x15, KEY_PREVIOUSSONG }, { 0x19, 0x4d, KEY_NEXTSONG },
		{ 0x20, 0x23, KEY_MUTE },         { 0x21, 0x2b, KEY_CALC },
		{ 0x22, 0x34, KEY_PLAYPAUSE },    { 0x24, 0x3b, KEY_STOPCD },
		{ 0x2e, 0x21, KEY_VOLUMEDOWN },   { 0x30, 0x32, KEY_VOLUMEUP },
		{ 0x32, 0x3a, KEY_HOMEPAGE },     { 0x5b, 0x1f, KEY_LEFTMETA },
		{ 0x5c, 0x27, KEY_RIGHTMETA },    { 0x5d, 0x2f, KEY_COMPOSE },
		{ 0x5e, 0x37, KEY_POWER },        { 0x5f, 0x3f, KEY_SLEEP },
		{ 0x63, 0x5e, KEY_WAKEUP },       { 0x65, 0x10, KEY_SEARCH },
		{ 0x66, 0x18, KEY_BOOKMARKS },    { 0x67, 0x20, KEY_REFRESH },
		{ 0x68, 0x28, KEY_STOP },         { 0x69, 0x30, KEY_FORWARD },
		{ 0x6a, 0x38, KEY_BACK },         { 0x6b, 0x40, KEY_COMPUTER },
		{ 0x6c, 0x48, KEY_MAIL },         { 0x6d, 0x50, KEY_MEDIA },
	};
	char bytes[64], want[32];

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		snprintf(want, sizeof(want), "+%u -%u", keys[i].code,
			 keys[i].code);
		snprintf(bytes, sizeof(bytes), "e0%02x e0%02x", keys[i].set1,
			 keys[i].set1 | 0x80);
		expect(PS2_SET_1, bytes, want);
		snprintf(bytes, sizeof(bytes), "e0%02x e0f0%02x", keys[i].set2,
			 keys[i].set2);
		expect(PS2_SET_2, bytes, want);
	}
}
END_TEST

/* What comes around keys of the middle block while Num Lock or Shift is on. */
START_TEST(fake_shifts)
{
	expect(PS2_SET_1, "e02a e053 e0d3 e0aa", "+111 -111");
	expect(PS2_SET_1, "2a e0aa e047 e0c7 e02a aa", "+42 +102 -102 -42");
	expect(PS2_SET_1, "36 e0b6 e048 e0c8 e036 b6", "+54 +103 -103 -54");
	expect(PS2_SET_2, "e012 e071 e0f071 e0f012", "+111 -111");
	expect(PS2_SET_2, "12 e0f012 e06c e0f06c e012 f012",
	       "+42 +102 -102 -42");
	expect(PS2_SET_2, "59 e0f059 e075 e0f075 e059 f059",
	       "+54 +103 -103 -54");
	/* SysRq with Alt held, Break with Ctrl held */
	expect(PS2_SET_1, "38 54 d4 b8", "+56 +99 -99 -56");
	expect(PS2_SET_1, "1d e046 e0c6 9d", "+29 +119 -119 -29");
	expect(PS2_SET_2, "11 84 f084 f011", "+56 +99 -99 -56");
	expect(PS2_SET_2, "14 e07e e0f07e f014", "+29 +119 -119 -29");
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
	tcase_add_test(tests, media_keys);
	tcase_add_test(tests, fake_shifts);
	tcase_add_test(tests, unknown_codes_are_taps);
	tcase_add_test(tests, a_lost_prefix);
	tcase_add_test(tests, an_overrun_releases);
	tcase_add_test(tests, plugged_in_again);
	tcase_add_test(tests, a_repeating_key_falls_silent);
	tcase_add_test(tests, an_older_key_does_not_repeat);
	suite_add_tcase(suite, tests);
	return suite;
}
