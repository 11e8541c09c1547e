#include <check.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/keymap/keymap.h"

/* What came out, as text: "+30:a 'a' -30 locks:1". */
struct heard {
	struct loop *loop;
	struct keymap *keymap;
	char text[2048];
	char layout[65];
	unsigned repeats;
	bool shift; /* held */
};

static void add(struct heard *heard, const char *format, unsigned value)
{
	size_t length = strlen(heard->text);

	if (length)
		heard->text[length++] = ' ';
	snprintf(heard->text + length, sizeof(heard->text) - length, format,
		 value);
}

static void handle_event(void *user, const struct input_event *event)
{
	struct heard *heard = user;

	switch (event->type) {
	case INPUT_PRESS:
		add(heard, "+%u", event->code);
		if (event->character)
			add(heard, "(%x)", event->character);
		break;
	case INPUT_RELEASE:
		add(heard, "-%u", event->code);
		break;
	case INPUT_CHARACTER:
		if (event->x) {
			heard->repeats++;
			if (heard->repeats == 3)
				loop_stop(heard->loop, 0);
		} else {
			add(heard, "U+%04X", event->character);
		}
		break;
	default:
		ck_abort_msg("event %u", event->type);
	}
}

static void handle_keyboard(void *user, const struct input_keyboard *keyboard)
{
	struct heard *heard = user;

	if (keyboard->locks)
		add(heard, "locks:%u", keyboard->locks);
	snprintf(heard->layout, sizeof(heard->layout), "%.*s",
		 (int)keyboard->layout.length, keyboard->layout.text);
}

static const struct keymap_handler handler = {
	.event = handle_event,
	.keyboard = handle_keyboard,
};

static void begin(struct heard *heard)
{
	*heard = (struct heard){ .loop = loop_create() };
	setenv("LC_ALL", "en_US.UTF-8", 1);
	heard->keymap = keymap_create(heard->loop, NULL, NULL, &handler, heard);
	ck_assert_ptr_nonnull(heard->keymap);
}

static void end(struct heard *heard)
{
	keymap_destroy(heard->keymap);
	loop_destroy(heard->loop);
}

static void configure(struct heard *heard, const char *xml)
{
	struct config *config = config_parse(xml, strlen(xml), "test.xml", 1, 1,
					     NULL);

	keymap_configure(heard->keymap, config_root(config));
	config_destroy(config);
}

static void press(struct heard *heard, unsigned code)
{
	keymap_key(heard->keymap, code, true, 1);
}

static void release(struct heard *heard, unsigned code)
{
	keymap_key(heard->keymap, code, false, 2);
}

static void tap(struct heard *heard, unsigned code)
{
	press(heard, code);
	release(heard, code);
}

static void expect(struct heard *heard, const char *want)
{
	ck_assert_str_eq(heard->text, want);
	*heard->text = '\0';
}

START_TEST(letters)
{
	struct heard heard;

	begin(&heard);
	ck_assert_str_eq(heard.layout, "us");
	tap(&heard, KEY_A);
	expect(&heard, "+30 (61) U+0061 -30");
	press(&heard, KEY_LEFTSHIFT);
	tap(&heard, KEY_A);
	release(&heard, KEY_LEFTSHIFT);
	expect(&heard, "+42 +30 (61) U+0041 -30 -42");
	/* what moves or acts has no character */
	tap(&heard, KEY_ENTER);
	tap(&heard, KEY_UP);
	expect(&heard, "+28 -28 +103 -103");
	end(&heard);
}
END_TEST

/* The first layout is that of the config, where there is such a one. */
START_TEST(first)
{
	static const char *const samples[][2] = {
		{ "<config/>", "us" },
		{ "<config><keyboard layout='de'/></config>", "de" },
		{ "<config><keyboard layout='nosuchland'/></config>", "us" },
		{ "<config><keyboard layout='../de'/></config>", "us" },
	};

	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct heard heard = { .loop = loop_create() };
		const char *xml = samples[i][0];
		struct config *config = config_parse(xml, strlen(xml),
						     "test.xml", 1, 1, NULL);

		heard.keymap = keymap_create(heard.loop, NULL,
					     config_root(config), &handler,
					     &heard);
		ck_assert_str_eq(heard.layout, samples[i][1]);
		/* the same once more is no change */
		*heard.layout = '\0';
		keymap_configure(heard.keymap, config_root(config));
		ck_assert_str_eq(heard.layout, "");
		config_destroy(config);
		end(&heard);
	}
}
END_TEST

START_TEST(balance)
{
	struct heard heard;

	begin(&heard);
	press(&heard, KEY_A);
	press(&heard, KEY_A);
	release(&heard, KEY_A);
	release(&heard, KEY_A);
	keymap_key(heard.keymap, INPUT_CODE_MAX + 1, true, 3);
	expect(&heard, "+30 (61) U+0061 -30");
	press(&heard, KEY_LEFTCTRL);
	press(&heard, KEY_LEFT);
	*heard.text = '\0';
	keymap_release_all(heard.keymap, 4);
	expect(&heard, "-29 -105");
	end(&heard);
}
END_TEST

START_TEST(commands_type_nothing)
{
	static const unsigned held[] = { KEY_LEFTCTRL, KEY_RIGHTCTRL,
					 KEY_LEFTALT, KEY_LEFTMETA };
	struct heard heard;

	begin(&heard);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
		press(&heard, held[i]);
		*heard.text = '\0';
		tap(&heard, KEY_C);
		expect(&heard, "+46 (63) -46");
		release(&heard, held[i]);
	}
	end(&heard);
}
END_TEST

START_TEST(german)
{
	struct heard heard;

	begin(&heard);
	configure(&heard, "<config><keyboard layout='de'/></config>");
	ck_assert_str_eq(heard.layout, "de");
	tap(&heard, KEY_Y);
	tap(&heard, KEY_SEMICOLON);
	expect(&heard, "+21 (7a) U+007A -21 +39 (f6) U+00F6 -39");
	press(&heard, KEY_RIGHTALT);
	tap(&heard, KEY_Q);
	tap(&heard, KEY_E);
	release(&heard, KEY_RIGHTALT);
	expect(&heard, "+100 +16 (71) U+0040 -16 +18 (65) U+20AC -18 -100");
	/* a dead key and its letter */
	tap(&heard, KEY_EQUAL);
	tap(&heard, KEY_E);
	expect(&heard, "+13 -13 +18 (65) U+00E9 -18");
	end(&heard);
}
END_TEST

/* What a sequence of keys types. */
static void expect_typed(struct heard *heard, const unsigned *keys,
			 const char *want)
{
	char typed[256] = "";
	const char *at = heard->text;

	*heard->text = '\0';
	for (; *keys; keys++) {
		/* Shift is held until it stands there again. */
		if (*keys == KEY_LEFTSHIFT && heard->shift)
			release(heard, *keys);
		else if (*keys == KEY_LEFTSHIFT)
			press(heard, *keys);
		else
			tap(heard, *keys);
		heard->shift ^= *keys == KEY_LEFTSHIFT;
	}
	while ((at = strstr(at, "U+"))) {
		strncat(typed, at, strcspn(at, " "));
		strcat(typed, " ");
		at++;
	}
	ck_assert_str_eq(typed, want);
	*heard->text = '\0';
}

START_TEST(dead_keys)
{
	enum {
		ACUTE = KEY_EQUAL,
		CIRCUMFLEX = KEY_GRAVE,
		SHIFT = KEY_LEFTSHIFT
	};
	static const struct {
		unsigned keys[8];
		const char *typed;
	} samples[] = {
		{ { ACUTE, KEY_E }, "U+00E9 " },
		{ { ACUTE, SHIFT, KEY_E, SHIFT }, "U+00C9 " },
		/* above it is the grave accent */
		{ { SHIFT, ACUTE, SHIFT, KEY_A }, "U+00E0 " },
		{ { CIRCUMFLEX, KEY_O }, "U+00F4 " },
		{ { ACUTE, KEY_SPACE }, "U+0027 " },
		{ { ACUTE, ACUTE }, "U+00B4 " },
		/* what has none is swallowed, what comes then isn't */
		{ { ACUTE, KEY_Q, KEY_E }, "U+0065 " },
		{ { ACUTE, KEY_ESC, KEY_E }, "U+0065 " },
	};
	struct heard heard;

	begin(&heard);
	configure(&heard, "<config><keyboard layout='de'/></config>");
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		expect_typed(&heard, samples[i].keys, samples[i].typed);
	/* a keyboard that goes away takes its half sequence along */
	tap(&heard, ACUTE);
	keymap_release_all(heard.keymap, 4);
	expect_typed(&heard, (unsigned[]){ KEY_E, 0 }, "U+0065 ");
	end(&heard);
}
END_TEST

START_TEST(multi_key)
{
	enum { MULTI = KEY_RIGHTALT, SHIFT = KEY_LEFTSHIFT };
	static const struct {
		unsigned keys[8];
		const char *typed;
	} samples[] = {
		{ { MULTI, KEY_O, KEY_E }, "U+0153 " },
		{ { MULTI, SHIFT, KEY_APOSTROPHE, SHIFT, KEY_U }, "U+00FC " },
		{ { MULTI, KEY_S, KEY_S }, "U+00DF " },
		{ { MULTI, KEY_EQUAL, KEY_E }, "U+20AC " },
		{ { MULTI, KEY_MINUS, KEY_MINUS, KEY_MINUS }, "U+2014 " },
		{ { MULTI, KEY_Q, KEY_Q }, "U+0071 " },
		{ { KEY_O, KEY_E }, "U+006F U+0065 " },
	};
	struct heard heard;

	begin(&heard);
	configure(&heard, "<config><keyboard layout='us' "
			  "options='compose:ralt'/></config>");
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		expect_typed(&heard, samples[i].keys, samples[i].typed);
	end(&heard);
}
END_TEST

START_TEST(variants)
{
	struct heard heard;

	begin(&heard);
	configure(&heard, "<config><keyboard layout='us' variant='dvorak'/>"
			  "</config>");
	expect_typed(&heard, (unsigned[]){ KEY_S, KEY_D, 0 }, "U+006F U+0065 ");
	configure(&heard, "<config><keyboard layout='de' "
			  "variant='nodeadkeys'/></config>");
	expect_typed(&heard, (unsigned[]){ KEY_EQUAL, KEY_E, 0 },
		     "U+00B4 U+0065 ");
	/* one that isn't there: the former stays */
	configure(&heard, "<config><keyboard layout='de' variant='nosuch'/>"
			  "</config>");
	expect_typed(&heard, (unsigned[]){ KEY_Y, 0 }, "U+007A ");
	end(&heard);
}
END_TEST

START_TEST(bad_layouts)
{
	struct heard heard;

	begin(&heard);
	configure(&heard, "<config><keyboard layout='../../etc'/></config>");
	configure(&heard, "<config><keyboard layout='nosuchland'/></config>");
	ck_assert_str_eq(heard.layout, "us");
	tap(&heard, KEY_Y);
	expect(&heard, "+21 (79) U+0079 -21");
	end(&heard);
}
END_TEST

START_TEST(locks)
{
	struct heard heard;

	begin(&heard);
	tap(&heard, KEY_CAPSLOCK);
	expect(&heard, "+58 locks:1 -58");
	tap(&heard, KEY_A);
	expect(&heard, "+30 (61) U+0041 -30");
	/* another layout keeps them, and what is held is let go */
	press(&heard, KEY_LEFTSHIFT);
	configure(&heard, "<config><keyboard layout='fr'/></config>");
	*heard.text = '\0';
	tap(&heard, KEY_Q);
	expect(&heard, "+16 (61) U+0041 -16");
	ck_assert_uint_eq(keymap_keyboard(heard.keymap)->locks, LOCK_CAPS);
	tap(&heard, KEY_CAPSLOCK);
	tap(&heard, KEY_NUMLOCK);
	*heard.text = '\0';
	tap(&heard, KEY_KP7);
	expect(&heard, "+71 U+0037 -71");
	end(&heard);
}
END_TEST

START_TEST(options)
{
	struct heard heard;

	begin(&heard);
	configure(&heard,
		  "<config><keyboard layout='us' options='ctrl:nocaps'/>"
		  "</config>");
	press(&heard, KEY_CAPSLOCK);
	*heard.text = '\0';
	tap(&heard, KEY_C);
	expect(&heard, "+46 (63) -46");
	end(&heard);
}
END_TEST

START_TEST(repeat)
{
	struct heard heard;
	uint64_t start = loop_now();

	begin(&heard);
	press(&heard, KEY_A);
	loop_run(heard.loop);
	/* 400 ms, then two thirtieths of a second */
	ck_assert_uint_ge(loop_now() - start, 460000000);
	release(&heard, KEY_A);
	expect(&heard, "+30 (61) U+0061 -30");
	ck_assert_uint_eq(heard.repeats, 3);
	end(&heard);
}
END_TEST

static void stop(void *user)
{
	loop_stop(user, 0);
}

/* For longer than until the first repeat. */
static void pass(struct heard *heard)
{
	struct timer timer;

	timer_init(&timer, heard->loop, stop, heard->loop);
	timer_set_in(&timer, UINT64_C(450000000));
	loop_run(heard->loop);
	timer_finish(&timer);
}

START_TEST(nothing_repeats)
{
	struct heard heard;

	begin(&heard);
	configure(&heard, "<config><keyboard layout='de'/></config>");
	/* let go; a modifier; a dead key and what it makes */
	tap(&heard, KEY_A);
	press(&heard, KEY_LEFTSHIFT);
	release(&heard, KEY_LEFTSHIFT);
	tap(&heard, KEY_EQUAL);
	press(&heard, KEY_E);
	pass(&heard);
	ck_assert_uint_eq(heard.repeats, 0);
	release(&heard, KEY_E);
	/* another layout lets the key go */
	press(&heard, KEY_A);
	configure(&heard, "<config><keyboard layout='fr'/></config>");
	pass(&heard);
	ck_assert_uint_eq(heard.repeats, 0);
	end(&heard);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("keymap");
	TCase *tests = tcase_create("keymap");
	SRunner *runner = srunner_create(suite);

	tcase_add_test(tests, letters);
	tcase_add_test(tests, first);
	tcase_add_test(tests, balance);
	tcase_add_test(tests, commands_type_nothing);
	tcase_add_test(tests, german);
	tcase_add_test(tests, dead_keys);
	tcase_add_test(tests, multi_key);
	tcase_add_test(tests, variants);
	tcase_add_test(tests, bad_layouts);
	tcase_add_test(tests, locks);
	tcase_add_test(tests, options);
	tcase_add_test(tests, repeat);
	tcase_add_test(tests, nothing_repeats);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
