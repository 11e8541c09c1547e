/*
 * Bytes get lost, doubled and damaged on the way. Whatever happens, at most
 * WRONG_MAX wrong packets follow, and no button or key stays down.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "recording.h"

enum { WRONG_MAX = 2, LOST_MAX = 6 };
enum fault { LOSE, DOUBLE, DAMAGE, FAULTS };

extern const char _binary_mouse_events_start[], _binary_mouse_events_end[];
extern const char _binary_typing_events_start[], _binary_typing_events_end[];

static const char *const fault_names[] = { "lost", "doubled", "damaged" };
static const char *const type_names[] = { "PS/2", "ImPS/2", "ExPS/2" };

/* ---- mouse ---- */

struct got {
	struct ps2_packet packets[RECORDING_PACKETS];
	size_t count;
};

static void handle_packet(void *user, const struct ps2_packet *packet)
{
	struct got *got = user;

	ck_assert_uint_lt(got->count, RECORDING_PACKETS);
	got->packets[got->count++] = *packet;
}

static void handle_reset(void *user)
{
	(void)user;
}

static const struct ps2_mouse_handler mouse_handler = {
	.packet = handle_packet,
	.reset = handle_reset,
};

/* How the byte at `at` arrives. */
static void deliver(struct ps2_mouse *mouse, const struct recording *recording,
		    size_t at, int fault, unsigned bit)
{
	uint8_t byte = recording->bytes[at];
	uint64_t now = recording->times_us[at] + 1000000;

	if (fault == LOSE)
		return;
	if (fault == DAMAGE)
		byte ^= (uint8_t)(1u << bit);
	ps2_mouse_byte(mouse, byte, now);
	if (fault == DOUBLE)
		ps2_mouse_byte(mouse, byte, now);
}

static bool same(const struct ps2_packet *a, const struct ps2_packet *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/* Packets that were made up, and those that are missing, between the longest
 * common beginning and the longest common end. */
static void compare(const struct recording *recording, const struct got *got,
		    size_t *wrong, size_t *lost)
{
	size_t n = recording->packet_count, m = got->count;
	size_t begin = 0, end = 0;

	while (begin < n && begin < m &&
	       same(&recording->packets[begin], &got->packets[begin]))
		begin++;
	while (end < n - begin && end < m - begin &&
	       same(&recording->packets[n - 1 - end],
		    &got->packets[m - 1 - end]))
		end++;
	*wrong = m - begin - end;
	*lost = n - begin - end;
}

static struct recording recording;
static struct got got;

static void one_fault_each(enum ps2_mouse_type type, enum fault fault)
{
	size_t worst_wrong = 0, worst_lost = 0, sum = 0;
	struct ps2_mouse mouse;

	/* The last packets tell what the mouse is like after it. */
	for (size_t at = 0; at < recording.count - 24; at++) {
		size_t wrong, lost;

		got.count = 0;
		ps2_mouse_init(&mouse, type, &mouse_handler, &got);
		for (size_t i = 0; i < recording.count; i++)
			deliver(&mouse, &recording, i,
				i == at ? (int)fault : -1, at % 8);
		compare(&recording, &got, &wrong, &lost);
		sum += wrong;
		worst_wrong = wrong > worst_wrong ? wrong : worst_wrong;
		worst_lost = lost > worst_lost ? lost : worst_lost;
		ck_assert_msg(wrong <= WRONG_MAX && lost <= LOST_MAX,
			      "%s, byte %zu %s: %zu wrong, %zu lost",
			      type_names[type], at, fault_names[fault], wrong,
			      lost);
		ck_assert_uint_eq(got.packets[got.count - 1].buttons, 0);
	}
	printf("# %s, each of %zu bytes %s: %.2f wrong packets, at most %zu; "
	       "at most %zu lost\n",
	       type_names[type], recording.count, fault_names[fault],
	       (double)sum / (double)recording.count, worst_wrong, worst_lost);
}

START_TEST(one_fault)
{
	enum ps2_mouse_type type = (enum ps2_mouse_type)_i;

	record_mouse(
		&recording, _binary_mouse_events_start,
		(size_t)(_binary_mouse_events_end - _binary_mouse_events_start),
		type);
	for (enum fault fault = LOSE; fault < FAULTS; fault++)
		one_fault_each(type, fault);
}
END_TEST

/* Made up by faults, on the whole: sequences can't be told from their lengths
 * alone, so what counts is what isn't in the recording near its place. */
START_TEST(many_faults)
{
	enum ps2_mouse_type type = (enum ps2_mouse_type)_i;
	struct ps2_mouse mouse;

	record_mouse(
		&recording, _binary_mouse_events_start,
		(size_t)(_binary_mouse_events_end - _binary_mouse_events_start),
		type);
	for (unsigned every = 5; every < 60; every++) {
		size_t last = recording.count - 60;

		got.count = 0;
		ps2_mouse_init(&mouse, type, &mouse_handler, &got);
		for (size_t i = 0; i < recording.count; i++)
			deliver(&mouse, &recording, i,
				i < last && i % every == every - 1
					? (int)(i / every % FAULTS)
					: -1,
				i / every % 8);
		ck_assert_uint_gt(got.count, 4);
		/* The last packets came undisturbed. */
		for (size_t i = 1; i <= 4; i++)
			ck_assert(same(
				&got.packets[got.count - i],
				&recording
					 .packets[recording.packet_count - i]));
	}
}
END_TEST

/* ---- keyboard ---- */

struct keys {
	bool pressed[256];
	unsigned unknown; /* presses of what nobody pressed */
	unsigned count;
};

static void handle_key(void *user, unsigned code, bool pressed)
{
	struct keys *keys = user;

	ck_assert_msg(keys->pressed[code] != pressed, "key %u twice", code);
	keys->pressed[code] = pressed;
	keys->count++;
}

static const struct ps2_keyboard_handler keyboard_handler = {
	.key = handle_key,
	.reset = handle_reset,
};

/* A key stays down at most until it is pressed and released the next time;
 * one that repeats, not even that long. */
static void type_all_keys(struct ps2_keyboard *keyboard, uint64_t now)
{
	bool set_2 = keyboard->set == PS2_SET_2;

	for (unsigned scan = 1; scan < 0x80; scan++) {
		for (unsigned extended = 0; extended < 2; extended++) {
			now += 100000;
			if (extended)
				ps2_keyboard_byte(keyboard, 0xe0, now);
			ps2_keyboard_byte(keyboard, (uint8_t)scan, now);
			if (extended)
				ps2_keyboard_byte(keyboard, 0xe0, now);
			if (set_2)
				ps2_keyboard_byte(keyboard, 0xf0, now);
			ps2_keyboard_byte(keyboard,
					  (uint8_t)(set_2 ? scan : scan | 0x80),
					  now);
		}
	}
}

START_TEST(keys)
{
	enum ps2_set set = (enum ps2_set)_i;

	record_keyboard(&recording, _binary_typing_events_start,
			(size_t)(_binary_typing_events_end -
				 _binary_typing_events_start),
			set);
	for (unsigned every = 3; every < 60; every++) {
		struct ps2_keyboard keyboard;
		struct keys pressed = { .count = 0 };

		ps2_keyboard_init(&keyboard, set, &keyboard_handler, &pressed);
		for (size_t i = 0; i < recording.count; i++) {
			int fault = i % every == every - 1
					    ? (int)(i / every % FAULTS)
					    : -1;
			uint64_t now = recording.times_us[i] + 1000000;
			uint8_t byte = recording.bytes[i];

			if (fault == DAMAGE)
				byte ^= (uint8_t)(1u << i / every % 8);
			if (fault != LOSE)
				ps2_keyboard_byte(&keyboard, byte, now);
			if (fault == DOUBLE)
				ps2_keyboard_byte(&keyboard, byte, now);
		}
		ck_assert_uint_gt(pressed.count, 50);
		type_all_keys(&keyboard,
			      recording.times_us[recording.count - 1] +
				      9000000);
		for (unsigned code = 0; code < 256; code++)
			ck_assert_msg(!pressed.pressed[code],
				      "set %d, every %u bytes: key %u is down",
				      set + 1, every, code);
	}
}
END_TEST

Suite *damage_suite(void)
{
	Suite *suite = suite_create("damage");
	TCase *tests = tcase_create("damage");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, one_fault, PS2_MOUSE, PS2_EXPS2 + 1);
	tcase_add_loop_test(tests, many_faults, PS2_MOUSE, PS2_EXPS2 + 1);
	tcase_add_loop_test(tests, keys, PS2_SET_1, PS2_SET_2 + 1);
	suite_add_tcase(suite, tests);
	return suite;
}
