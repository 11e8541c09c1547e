/*
 * Words on all that lies below them in a document, by the formula of WCAG 2,
 * at least 4.5:1. The ground alone is checked with the widgets.
 */
#include "suite.h"

#include <math.h>

#include "scout/browser/painter.h"

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

static void check(const struct theme *theme, const char *what, uint32_t text,
		  uint32_t ground, uint32_t over, int alpha)
{
	uint32_t on = color_mix(ground, over, alpha);
	double a = luminance(text) + 0.05, b = luminance(on) + 0.05;
	double value = a > b ? a / b : b / a;

	ck_assert_msg(value >= 4.5, "%s: %s #%06x on #%06x: %.2f", theme->name,
		      what, text, on, value);
}

static void check_on(const struct theme *theme, uint32_t ground)
{
	bool dark = theme->dark;

	check(theme, "selected", theme->ink, ground, theme->link,
	      SELECTED_ALPHA);
	check(theme, "hovered link", theme->link, ground, theme->card,
	      LIGHT_ALPHA);
	check(theme, "found", theme->ink, ground, theme->warn,
	      dark ? FOUND_DARK_ALPHA : FOUND_ALPHA);
	check(theme, "found now", theme->ink, ground, theme->warn,
	      dark ? FOUND_NOW_DARK_ALPHA : FOUND_NOW_ALPHA);
	check(theme, "code", theme->ink, ground, theme->card,
	      dark ? CODE_DARK_ALPHA : CODE_ALPHA);
	check(theme, "word of code", theme->ink, ground, theme->card,
	      CODE_WORD_ALPHA);
	check(theme, "link in code", theme->link, ground, theme->card,
	      CODE_WORD_ALPHA);
	check(theme, "cell", theme->ink, ground, theme->card, ROW_ALPHA);
	check(theme, "link in a cell", theme->link, ground, theme->card,
	      ROW_ALPHA);
	check(theme, "head of a table", theme->ink, ground, theme->band[1],
	      theme->band_alpha);
	check(theme, "struck", theme->ink2, ground, theme->card, ROW_ALPHA);
	check(theme, "no picture", theme->ink2, ground, theme->ink3,
	      MISSING_ALPHA);
	check(theme, "copy", theme->ink2, ground, theme->metal[1], 255);
}

/* Where the sky is brightest and dimmest, of 127. */
static void sky_range(int *bright, int *dim)
{
	*bright = *dim = 0;
	for (const int8_t *n = _binary_sky_bin_start; n < _binary_sky_bin_end;
	     n++) {
		*bright = *n > *bright ? *n : *bright;
		*dim = -*n > *dim ? -*n : *dim;
	}
}

START_TEST(words)
{
	const struct theme *theme = theme_get((enum theme_mode)_i);
	int bright, dim;

	sky_range(&bright, &dim);
	for (int end = 0; end < 2; end++) {
		uint32_t ground = theme->ground[end];

		check_on(theme, ground);
		check_on(theme,
			 color_mix(ground, theme->sky_bright,
				   bright * theme->sky_bright_alpha / 127));
		check_on(theme, color_mix(ground, theme->sky_dim,
					  dim * theme->sky_dim_alpha / 127));
	}
}
END_TEST

TCase *contrast_case(void)
{
	TCase *tests = tcase_create("contrast");

	tcase_add_loop_test(tests, words, 0, THEME_MODES);
	return tests;
}
