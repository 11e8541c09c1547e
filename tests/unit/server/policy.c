/* Config: labels, colours, keys; and the baked font. */
#include "desk.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include "session/label.h"

static struct policy policy;

static void read_text(const char *text)
{
	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     NULL);

	ck_assert_ptr_nonnull(config);
	policy_read(&policy, config_root(config));
	config_destroy(config);
}

START_TEST(labels_match_whole_elements)
{
	ck_assert_uint_eq(label_match("scout", "scout"), 1);
	ck_assert_uint_eq(label_match("scout", "scout.2"), 1);
	ck_assert_uint_eq(label_match("scout", "scout -> x"), 1);
	ck_assert_uint_eq(label_match("a -> b", "a.3 -> b -> c"), 2);
	ck_assert_uint_eq(label_match("scout", "scouts"), 0);
	ck_assert_uint_eq(label_match("scout", "scout.x"), 0);
	ck_assert_uint_eq(label_match("scout", "scout."), 0);
	ck_assert_uint_eq(label_match("scout.2", "scout"), 0);
	ck_assert_uint_eq(label_match("a -> b", "a"), 0);
	ck_assert(label_is_below("a -> b", "a"));
	ck_assert(!label_is_below("ab", "a"));
	ck_assert(!label_is_below("a", "a"));
}
END_TEST

START_TEST(most_elements_win_then_the_later_node)
{
	policy_init(&policy);
	read_text("<config><policy label=\"a\" color=\"#000001\"/>"
		  "<policy label=\"a -> b\" color=\"#000002\"/>"
		  "<policy label=\"a\" color=\"#000003\"/>"
		  "<policy label=\"c\" color=\"red\"/></config>");
	ck_assert_uint_eq(rule_color(policy_rule(&policy, "a"), "a"), 3);
	ck_assert_uint_eq(rule_color(policy_rule(&policy, "a -> x"), "a -> x"),
			  3);
	ck_assert_uint_eq(
		rule_color(policy_rule(&policy, "a -> b -> c"), "a -> b -> c"),
		2);
	ck_assert_uint_gt(rule_color(policy_rule(&policy, "c"), "c"), 3);
	policy_finish(&policy);
}
END_TEST

START_TEST(mode_keys)
{
	char text[64];

	policy_init(&policy);
	policy_key_text(&policy, MODE_XRAY, text, sizeof(text));
	ck_assert_str_eq(text, "Super+X");
	policy_key_text(&policy, MODE_PREVIOUS, text, sizeof(text));
	ck_assert_str_eq(text, "Super+Shift+Tab");
	policy_key_text(&policy, MODE_LAUNCHER, text, sizeof(text));
	ck_assert_str_eq(text, "Super");
	read_text("<config><mode-key mode=\"x-ray\" key=\"KEY_F11\"/>"
		  "<mode-key mode=\"fly\" key=\"KEY_F1\"/>"
		  "<mode-key mode=\"kill\" key=\"F1\"/>"
		  "<mode-key mode=\"launcher\" label=\"pad\"/></config>");
	ck_assert_ptr_nonnull(policy_mode_key(&policy, KEY_F11, false, false));
	/* Lock and shift don't matter. */
	ck_assert_ptr_nonnull(policy_mode_key(&policy, KEY_F11, false, true));
	ck_assert_ptr_null(
		policy_mode_key(&policy, KEY_SCROLLLOCK, false, false));
	ck_assert_ptr_nonnull(
		policy_mode_key(&policy, KEY_SYSRQ, false, false));
	ck_assert_int_eq(policy_mode_key(&policy, KEY_TAB, true, true)->mode,
			 MODE_PREVIOUS);
	ck_assert_str_eq(policy_mode_key(&policy, 0, true, false)->label,
			 "pad");
	policy_finish(&policy);
}
END_TEST

START_TEST(the_font)
{
	struct font font = font_of_size(12);
	uint32_t pixels[40 * 24] = { 0 };
	struct blit_surface to = { pixels, 160, 40, 24, BLIT_XRGB8888, false };
	int inked = 0;

	ck_assert_int_eq(font.size, 12);
	ck_assert_int_eq(font_of_size(13).size, 12);
	ck_assert_int_eq(font_of_size(3).size, 11);
	ck_assert_int_eq(font_of_size(100).size, 22);
	ck_assert_int_gt(font_width(&font, "launchpad › scout"), 60);
	ck_assert_int_gt(font_width(&font, "ÄÖüßŁő…"), 30);
	/* Not there, and not UTF-8: the box. */
	ck_assert_int_eq(font_width(&font, "\xff"), font_width(&font, "漢"));
	font_draw(&font, &to, (struct rect){ 5, 2, 30, 20 }, -3, 16, "WWWWWWW",
		  0xffffffff);
	for (int i = 0; i < 40 * 24; i++) {
		if (!(pixels[i] & 0xffffff))
			continue;
		inked++;
		ck_assert(i % 40 >= 5 && i % 40 < 35);
	}
	ck_assert_int_gt(inked, 50);
}
END_TEST

Suite *policy_suite(void)
{
	Suite *suite = suite_create("policy");
	TCase *tcase = tcase_create("policy");

	tcase_add_test(tcase, labels_match_whole_elements);
	tcase_add_test(tcase, most_elements_win_then_the_later_node);
	tcase_add_test(tcase, mode_keys);
	tcase_add_test(tcase, the_font);
	suite_add_tcase(suite, tcase);
	return suite;
}
