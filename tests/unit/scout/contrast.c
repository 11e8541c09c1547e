/*
 * Contrast by the formula of WCAG 2: 4.5:1 for text, 3:1 for the focus ring,
 * on every ground that they are put on.
 */
#include "suite.h"

#include <math.h>

#include "scout/widget/scroll_private.h"

extern const int8_t _binary_sky_bin_start[], _binary_sky_bin_end[];

static double linear(uint32_t channel)
{
	double v = channel / 255.0;

	return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t c)
{
	return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) +
	       0.0722 * linear(c & 255);
}

static double contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);

	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static void check(const struct theme *theme, const char *what, uint32_t text,
		  uint32_t ground)
{
	double value = contrast(text, ground);

	ck_assert_msg(value >= 4.5, "%s: %s #%06x on #%06x: %.2f", theme->name,
		      what, text, ground, value);
}

/* The ground at its upper and lower end, where the sky is brightest, dimmest,
 * and not at all. */
static uint32_t ground(const struct theme *theme, int end, int sky)
{
	int most = 0, least = 0;

	for (const int8_t *n = _binary_sky_bin_start; n < _binary_sky_bin_end;
	     n++) {
		most = *n > most ? *n : most;
		least = *n < least ? *n : least;
	}
	if (sky > 0)
		return color_mix(theme->ground[end], theme->sky_bright,
				 most * theme->sky_bright_alpha / 127);
	if (sky < 0)
		return color_mix(theme->ground[end], theme->sky_dim,
				 -least * theme->sky_dim_alpha / 128);
	return theme->ground[end];
}

static void check_ground(const struct theme *theme, uint32_t plain)
{
	uint32_t hover = color_mix(plain, 0xffffff, theme->hover_alpha);
	uint32_t select = color_mix(plain, 0xffffff, theme->select_alpha);
	uint32_t pressed = color_mix(hover, theme->ink, theme->press_alpha);
	uint32_t states[] = { plain, hover, select, pressed };

	for (int i = 0; i < 4; i++) {
		check(theme, "ink", theme->ink, states[i]);
		check(theme, "link", theme->link, states[i]);
		check(theme, "label", theme->ink2, states[i]);
	}
	for (int i = 0; i < 2; i++) {
		uint32_t band = color_mix(plain, theme->band[i],
					  theme->band_alpha);

		check(theme, "heading", theme->ink2, band);
		check(theme, "count", theme->ink3, band);
	}
}

START_TEST(on_the_ground)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);

	for (int end = 0; end < 2; end++)
		for (int sky = -1; sky <= 1; sky++)
			check_ground(theme, ground(theme, end, sky));
}
END_TEST

START_TEST(on_title_and_card)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);

	for (int i = 0; i < 3; i++)
		check(theme, "title", theme->ink, theme->metal[i]);
	check(theme, "toast", theme->ink, theme->card);
	check(theme, "toast", theme->ink2, theme->card);
	check(theme, "mark", theme->on_red, theme->red[1]);
}
END_TEST

/* Numbers cover the rows 4 to 12 of a bar of 16, whose filling begins at 1 and
 * is 14 high; the gloss ends above them. */
START_TEST(on_bars)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);

	for (int i = 0; i < 2; i++)
		check(theme, "number", theme->number, theme->groove[i]);
	for (int row = 4; row < 12; row++) {
		int t = (row - 1) * 255 / 13;

		check(theme, "number on red", theme->on_red,
		      color_mix(theme->red[0], theme->red[1], t));
		check(theme, "number on steel", theme->on_steel,
		      color_mix(theme->steel[0], theme->steel[1], t));
	}
}
END_TEST

/* Text in fields, lists, menus, tooltips and toasts stands on a card. */
START_TEST(on_cards)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);
	uint32_t card = theme->card;
	uint32_t chosen = color_mix(card, theme->link, theme->chosen_alpha);
	uint32_t grounds[] = {
		card,
		color_mix(card, theme->ink, theme->press_alpha),
		chosen,
		color_mix(chosen, theme->ink, theme->press_alpha),
		/* what is selected in a field; the line of a menu */
		color_mix(card, theme->link, 90),
		color_mix(card, theme->link, 50),
	};

	for (int i = 0; i < 6; i++)
		check(theme, "ink on card", theme->ink, grounds[i]);
	for (int i = 0; i < 4; i++)
		check(theme, "note on card", theme->ink2, grounds[i]);
	check(theme, "hint on card", theme->ink3, card);
	/* Words of buttons, also hovered and pressed. */
	for (int i = 0; i < 3; i++) {
		check(theme, "button", theme->ink, theme->metal[i]);
		check(theme, "button, hovered", theme->ink,
		      color_mix(theme->metal[i], theme->metal_edge, 40));
	}
	check(theme, "mark of a note", theme->card, theme->link);
}
END_TEST

static void check_control(const struct theme *theme, const char *what,
			  uint32_t color, uint32_t on)
{
	double value = contrast(color, on);

	ck_assert_msg(value >= 3, "%s: %s #%06x on #%06x: %.2f", theme->name,
		      what, color, on, value);
}

static void check_controls_on(const struct theme *theme, uint32_t on)
{
	check_control(theme, "edge", theme->ink3, on);
	check_control(theme, "outline",
		      color_mix(on, theme->ink2, theme->outline_alpha), on);
	check_control(theme, "cross", color_mix(on, theme->ink2, 190), on);
	check_control(theme, "thumb", color_mix(on, theme->ink3, THUMB_ALPHA),
		      on);
	check_control(theme, "error", theme->error, on);
	check_control(theme, "on", theme->link, on);
}

/* What tells a control from the ground, and its state from another. */
START_TEST(controls)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);

	for (int end = 0; end < 2; end++)
		for (int sky = -1; sky <= 1; sky++)
			check_controls_on(theme, ground(theme, end, sky));
	check_controls_on(theme, theme->card);
	check_control(theme, "tick", theme->card, theme->link);
	check_control(theme, "sign", theme->ink, theme->metal[1]);
	for (int i = 0; i < 2; i++) {
		check_control(theme, "progress", theme->link, theme->groove[i]);
		/* Fill or edge: one of them is enough. */
		check_control(theme, "red",
			      theme->dark ? theme->red[0] : theme->red[2],
			      theme->groove[i]);
		check_control(theme, "steel",
			      theme->dark ? theme->steel[0] : theme->steel[2],
			      theme->groove[i]);
	}
}
END_TEST

START_TEST(focus_ring)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);

	for (int end = 0; end < 2; end++)
		for (int sky = -1; sky <= 1; sky++)
			ck_assert(contrast(theme->link,
					   ground(theme, end, sky)) >= 3);
}
END_TEST

Suite *contrast_suite(void)
{
	Suite *suite = suite_create("scout contrast");
	TCase *tests = tcase_create("contrast");

	tcase_add_loop_test(tests, on_the_ground, 0, THEME_MODES);
	tcase_add_loop_test(tests, on_title_and_card, 0, THEME_MODES);
	tcase_add_loop_test(tests, on_bars, 0, THEME_MODES);
	tcase_add_loop_test(tests, on_cards, 0, THEME_MODES);
	tcase_add_loop_test(tests, controls, 0, THEME_MODES);
	tcase_add_loop_test(tests, focus_ring, 0, THEME_MODES);
	suite_add_tcase(suite, tests);
	return suite;
}
