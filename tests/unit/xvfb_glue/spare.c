/* Key codes for characters that no key types. */
#include "suite.h"

#include <linux/input-event-codes.h>
#include <string.h>

#include "xvfb_glue/codes.h"
#include "xvfb_glue/spare.h"

enum { CODES = KEYCODE_MAX - KEYCODE_MIN + 1, PER_CODE = 2 };

/* A keyboard where these codes mean nothing, and all others something. */
static void find(struct spare *spare, const uint8_t *without, unsigned count,
		 const uint8_t *modifiers, unsigned modifier_count)
{
	uint32_t keysyms[CODES * PER_CODE];

	for (unsigned i = 0; i < CODES * PER_CODE; i++)
		keysyms[i] = i % PER_CODE ? 0 : 'x';
	for (unsigned i = 0; i < count; i++)
		keysyms[(without[i] - KEYCODE_MIN) * PER_CODE] = 0;
	spare_find(spare, keysyms, PER_CODE, modifiers, modifier_count);
}

START_TEST(finds)
{
	static const uint8_t without[] = { 93, 97, 203, 249, 255 };
	static const uint8_t modifiers[] = { 203, 0, 0 };
	unsigned rare = 0, free_ones = 0;
	struct spare spare = { .count = 7 };

	find(&spare, without, sizeof(without), modifiers, sizeof(modifiers));
	for (unsigned i = 0; i < spare.count; i++) {
		uint8_t code = spare.keys[i].code;

		rare += spare.keys[i].rare;
		free_ones += !spare.keys[i].rare;
		ck_assert(code != 0 && code != 203);
		/* The server acts on these. */
		ck_assert(code != KEY_VIDEO_NEXT + 8);
		ck_assert(code != KEY_VIDEO_PREV + 8);
		if (spare.keys[i].rare)
			ck_assert_uint_ge(code, SPARE_RARE_FIRST);
	}
	ck_assert_uint_eq(free_ones, 3);
	ck_assert_uint_gt(rare, 100);
	ck_assert_uint_le(spare.count, SPARE_KEYS);
}
END_TEST

START_TEST(reuses)
{
	static const uint8_t without[] = { 93, 97 };
	struct spare spare;
	uint8_t first, second, code;
	uint64_t when, now = 5 * SPARE_REST_NS;

	find(&spare, without, sizeof(without), NULL, 0);
	ck_assert_int_eq(spare_take(&spare, 'a', now, &first, &when),
			 SPARE_CHANGE);
	ck_assert_int_eq(spare_take(&spare, 'b', now + 1, &second, &when),
			 SPARE_CHANGE);
	ck_assert(first != second && first <= 97 && second <= 97);
	ck_assert_int_eq(spare_take(&spare, 'a', now + 2, &code, &when),
			 SPARE_READY);
	ck_assert_uint_eq(code, first);
	/* Both are in use: a rare one. */
	ck_assert_int_eq(spare_take(&spare, 'c', now + 3, &code, &when),
			 SPARE_CHANGE);
	ck_assert_uint_ge(code, SPARE_RARE_FIRST);
	/* The oldest that rested long enough, before another rare one. */
	now += SPARE_REST_NS + 1;
	ck_assert_int_eq(spare_take(&spare, 'd', now, &code, &when),
			 SPARE_CHANGE);
	ck_assert_uint_eq(code, second);
}
END_TEST

START_TEST(waits)
{
	struct spare spare;
	uint64_t when = 0, now = 5 * SPARE_REST_NS;
	uint8_t code, first;
	unsigned count;

	find(&spare, NULL, 0, NULL, 0);
	count = spare.count;
	for (unsigned i = 0; i < count; i++)
		ck_assert_int_eq(spare_take(&spare, 0x1000100 + i, now + i,
					    i ? &code : &first, &when),
				 SPARE_CHANGE);
	now += count;
	ck_assert_int_eq(spare_take(&spare, 'x', now, &code, &when),
			 SPARE_LATER);
	ck_assert_uint_eq(when, 5 * SPARE_REST_NS + SPARE_REST_NS);
	ck_assert_int_eq(spare_take(&spare, 'x', when - 1, &code, &when),
			 SPARE_LATER);
	ck_assert_int_eq(spare_take(&spare, 'x', when, &code, &when),
			 SPARE_CHANGE);
	ck_assert_uint_eq(code, first);
}
END_TEST

START_TEST(gives_back)
{
	static const uint8_t without[] = { 93 };
	struct spare spare;
	uint64_t when = 0, now = 5 * SPARE_REST_NS;
	uint8_t code = 0;

	find(&spare, without, sizeof(without), NULL, 0);
	ck_assert(!spare_press(&spare, 38, now)); /* never was ours */
	ck_assert(!spare_press(&spare, 200, now)); /* not used so far */
	ck_assert_int_eq(spare_take(&spare, 'a', now, &code, &when),
			 SPARE_CHANGE);
	ck_assert_uint_eq(code, 93);
	ck_assert(spare_press(&spare, 93, now));
	ck_assert(!spare_press(&spare, 93, now));
	now += 2 * SPARE_REST_NS;
	/* Held, they can't be had; after that they are the last. */
	for (unsigned i = 2; i < spare.count; i++) {
		ck_assert_int_eq(
			spare_take(&spare, 0x1000100 + i, now, &code, &when),
			SPARE_CHANGE);
		ck_assert(code != 93 && code != 200);
	}
	ck_assert_int_eq(spare_take(&spare, 'b', now, &code, &when),
			 SPARE_LATER);
	spare_release(&spare, 200);
	ck_assert_int_eq(spare_take(&spare, 'b', now, &code, &when),
			 SPARE_CHANGE);
	ck_assert_uint_eq(code, 200);
}
END_TEST

/* A user who has every key gets characters all the same. */
START_TEST(all_used)
{
	struct spare spare;
	uint64_t when = 0, now = 5 * SPARE_REST_NS;
	uint8_t code = 0;

	find(&spare, NULL, 0, NULL, 0);
	for (unsigned i = 0; i < spare.count; i++)
		spare_press(&spare, spare.keys[i].code, now);
	ck_assert_int_eq(spare_take(&spare, 'a', now, &code, &when),
			 SPARE_NONE);
	for (unsigned i = 0; i < spare.count; i++)
		spare_release(&spare, spare.keys[i].code);
	ck_assert_int_eq(spare_take(&spare, 'a', now, &code, &when),
			 SPARE_LATER);
	ck_assert_int_eq(spare_take(&spare, 'a', when, &code, &when),
			 SPARE_CHANGE);
}
END_TEST

Suite *spare_suite(void)
{
	Suite *suite = suite_create("spare");
	TCase *all = tcase_create("all");

	tcase_add_test(all, finds);
	tcase_add_test(all, reuses);
	tcase_add_test(all, waits);
	tcase_add_test(all, gives_back);
	tcase_add_test(all, all_used);
	suite_add_tcase(suite, all);
	return suite;
}
