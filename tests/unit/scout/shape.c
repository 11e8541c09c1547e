/* Arabic and Hebrew: joined, from the right, mixed with Latin and digits. Where
 * HarfBuzz or FriBidi isn't installed, that text comes out nevertheless. */
#include "suite.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Peace be upon you */
#define SALAM \
	"\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645"
#define BEH "\u0628"
#define LAM_ALEF "\u0644\u0627"
#define ALEF_BET_GIMEL "\u05d0\u05d1\u05d2"

enum { WIDTH = 420, HEIGHT = 330, LINE = 44 };

static struct text *text;
static const struct text_style style = { .weight = TEXT_REGULAR,
					 .size = 20 * 64 };

static void setup(void)
{
	text = text_create();
}

static void teardown(void)
{
	text_destroy(text);
}

static int width(const char *string)
{
	return text_width(text, style, string, strlen(string));
}

static int caret(const char *string, size_t at)
{
	return text_caret(text, style, string, strlen(string), at);
}

/* Unicode has the joined forms as characters, for old software: an oracle. */
START_TEST(joining)
{
	int initial = width("\ufe91"), medial = width("\ufe92");
	int final = width("\ufe90"), alone = width(BEH);

	ck_assert_int_eq(alone, width("\ufe8f"));
	ck_assert_int_eq(width(BEH BEH), initial + final);
	ck_assert_int_eq(width(BEH BEH BEH), initial + medial + final);
	ck_assert_int_ne(width(BEH BEH), 2 * alone);
	/* Kept apart by a character without width. */
	ck_assert_int_eq(width(BEH "\u200c" BEH), 2 * alone);
	/* Two letters, one glyph. */
	ck_assert_int_eq(width(LAM_ALEF), width("\ufefb"));
	/* A mark needs no room. */
	ck_assert_int_eq(width(BEH "\u064e"), alone);
}
END_TEST

START_TEST(from_the_right)
{
	static const char word[] = ALEF_BET_GIMEL;
	int x[sizeof(word)];
	int all = text_positions(text, style, word, sizeof(word) - 1, x);

	ck_assert_int_eq(x[0], all);
	ck_assert_int_lt(x[2], x[0]);
	ck_assert_int_lt(x[4], x[2]);
	ck_assert_int_eq(x[6], 0);
	ck_assert(text_is_rtl(text, style, word, sizeof(word) - 1));
	ck_assert_uint_eq(text_hit(text, style, word, sizeof(word) - 1, 0), 6);
	ck_assert_uint_eq(text_hit(text, style, word, sizeof(word) - 1, all),
			  0);
	ck_assert_uint_eq(
		text_hit(text, style, word, sizeof(word) - 1, x[2] + 10), 2);
}
END_TEST

/* Latin stays where it is, the Hebrew between it turns round, digits don't. */
START_TEST(mixed)
{
	static const char line[] = "ab " ALEF_BET_GIMEL " 12 cd";
	size_t bytes = sizeof(line) - 1;
	int x[sizeof(line)];
	int all = text_positions(text, style, line, bytes, x);

	ck_assert(!text_is_rtl(text, style, line, bytes));
	ck_assert_int_eq(x[0], 0);
	ck_assert_int_lt(x[0], x[1]);
	/* alef, bet, gimel: 3, 5, 7 */
	ck_assert_int_gt(x[3], x[5]);
	ck_assert_int_gt(x[5], x[7]);
	/* The number comes behind the word, so it stands left of it; 1 before
	 * 2. */
	ck_assert_int_lt(x[10], x[7]);
	ck_assert_int_lt(x[10], x[11]);
	ck_assert_int_gt(x[13], x[3]);
	ck_assert_int_eq(x[bytes], all);
	/* In a line that begins in Hebrew, Latin runs to the right, at the
	 * left. */
	static const char other[] = ALEF_BET_GIMEL " abc";

	ck_assert_int_lt(caret(other, 7), caret(other, 8));
	ck_assert_int_lt(caret(other, 8), caret(other, 0));
}
END_TEST

/* Parts of lines: one level each, and brackets turn with the text. */
START_TEST(parts_of_lines)
{
	static const char line[] = ALEF_BET_GIMEL " (ab) 12";
	static const uint8_t wanted[] = { 1, 1, 1, 1, 1, 1, 1,
					  1, 2, 2, 1, 1, 2, 2 };
	struct text_style rtl = style;
	uint8_t *levels = text_levels(text, line, sizeof(line) - 1);
	struct blit_surface surface = { .stride = 64 * 4,
					.width = 64,
					.height = 32,
					.format = BLIT_XRGB8888 };
	uint32_t pixels[3][64 * 32] = { { 0 } };
	struct rect all = { 0, 0, 64, 32 };

	ck_assert_ptr_nonnull(levels);
	ck_assert_mem_eq(levels, wanted, sizeof(wanted));
	free(levels);
	ck_assert_ptr_null(text_levels(text, "ab", 2));
	ck_assert_ptr_null(text_levels(text, "", 0));
	rtl.rtl = true;
	for (int i = 0; i < 3; i++) {
		surface.pixels = pixels[i];
		text_draw(text, &surface, all, i == 1 ? rtl : style, 10 * 64,
			  24, i == 2 ? ")" : "(", 1, 0xffffffff);
	}
	ck_assert_mem_ne(pixels[0], pixels[1], sizeof(pixels[0]));
	ck_assert_mem_eq(pixels[1], pixels[2], sizeof(pixels[0]));
}
END_TEST

/* What is selected is in one piece as written, in two as seen. */
START_TEST(selecting)
{
	static const char line[] = "abc " ALEF_BET_GIMEL;
	struct text_span spans[TEXT_SPANS_MAX];
	size_t count = text_spans(text, style, line, sizeof(line) - 1, 2, 6,
				  spans);

	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(spans[0].left, caret(line, 2));
	ck_assert_int_lt(spans[0].right, spans[1].left);
	ck_assert_int_eq(spans[1].right, width(line));
	count = text_spans(text, style, line, sizeof(line) - 1, 0,
			   sizeof(line) - 1, spans);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(spans[0].right, width(line));
}
END_TEST

/* Whatever is hit stands where it was hit, at every pixel. */
START_TEST(hit_and_caret)
{
	static const char *const lines[] = {
		SALAM,
		"ab " SALAM " 12 cd",
		ALEF_BET_GIMEL " abc " BEH "\u064e",
		LAM_ALEF LAM_ALEF,
		"x\u202eabc\u202cy",
	};

	for (int i = 0; i < 5; i++) {
		size_t bytes = strlen(lines[i]);
		int all = width(lines[i]);

		for (int x = -64; x <= all + 64; x += 64) {
			size_t at = text_hit(text, style, lines[i], bytes, x);
			int there = caret(lines[i], at);

			ck_assert_uint_le(at, bytes);
			/* At a change of direction the caret may stand at the
			 * other end of a word; never outside. */
			ck_assert_int_ge(there, 0);
			ck_assert_int_le(there, all);
		}
	}
}
END_TEST

START_TEST(wrapping)
{
	static const char line[] = SALAM " " SALAM " " SALAM;
	size_t bytes = sizeof(line) - 1, at = 0;
	int lines = 0;

	for (; at < bytes; lines++) {
		struct text_line part = text_line(text, style, line + at,
						  bytes - at,
						  width(SALAM) + 10 * 64);

		ck_assert_int_le(part.width, width(SALAM) + 10 * 64);
		at += part.bytes;
	}
	ck_assert_int_eq(lines, 3);
	ck_assert_uint_lt(text_fit(text, style, line, bytes, width(SALAM)),
			  bytes / 2);
}
END_TEST

/* ---- a field ---- */

START_TEST(editing)
{
	struct bench bench;
	struct field *field;
	struct ui_event press = { .type = UI_PRESS };
	struct rect r;

	bench_init(&bench, 100, true);
	field = field_create(&bench.ui, frame_body(bench.frame), "name");
	widget_place((struct widget *)field, (struct rect){ 10, 10, 200, 32 });
	field_set_text(field, ALEF_BET_GIMEL);
	r = widget_rect((struct widget *)field);
	/* It begins at the right end. */
	press.x = r.x + r.w - 3;
	press.y = r.y + 9;
	ui_event(&bench.ui, &press);
	press.type = UI_RELEASE;
	ui_event(&bench.ui, &press);
	bench_key(&bench, KEY_DELETE, 0);
	ck_assert_str_eq(field_text(field), "\u05d1\u05d2");
	/* To the left is forwards. */
	bench_key(&bench, KEY_LEFT, 0);
	bench_key(&bench, KEY_BACKSPACE, 0);
	ck_assert_str_eq(field_text(field), "\u05d2");
	bench_finish(&bench);
}
END_TEST

/* ---- the picture ---- */

static void paint_line(struct gfx *gfx, int y, enum text_weight weight,
		       const char *string)
{
	struct text_style large = style;

	large.weight = weight;
	large.size = 24 * 64;
	gfx_text(gfx, large, 16 * 64, y, string, gfx->theme->ink);
}

START_TEST(picture)
{
	static const char *const lines[] = {
		SALAM,
		"Latin " SALAM " Latin",
		/* the year 2026, in both kinds of digits */
		"\u0633\u0646\u0629 2026 \u0662\u0660\u0662\u0666 (\u0645)",
		/* with marks; two letters that become one */
		"\u0643\u064e\u062a\u064e\u0628\u064e " LAM_ALEF,
		"\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd " ALEF_BET_GIMEL
		" abc",
		BEH " " BEH BEH " " BEH BEH BEH " " BEH "\u200c" BEH,
	};
	uint32_t *pixels = malloc(WIDTH * HEIGHT * 4);
	struct gfx gfx = {
		.surface = { pixels, WIDTH * 4, WIDTH, HEIGHT, BLIT_ARGB8888,
			     false },
		.clip = { 0, 0, WIDTH, HEIGHT },
		.text = text,
		.theme = theme_get(THEME_LIGHT),
		.scale = 100,
	};

	gfx_fill(&gfx, gfx.clip, 0xffffff, 255);
	for (int i = 0; i < 6; i++)
		paint_line(&gfx, 36 + i * LINE, TEXT_REGULAR, lines[i]);
	paint_line(&gfx, 36 + 6 * LINE, TEXT_SEMIBOLD, lines[1]);
	golden_compare("complex.png", pixels, WIDTH, HEIGHT);
	free(pixels);
}
END_TEST

/* ---- without ---- */

START_TEST(always)
{
	static const char line[] = "ab " SALAM " \xff\u05d0 12";
	size_t bytes = sizeof(line) - 1;
	char *large = malloc(40000);

	ck_assert_int_gt(width(line), 0);
	ck_assert_uint_le(text_hit(text, style, line, bytes, 640), bytes);
	/* As much as is shaped, and more. */
	for (int i = 0; i < 20000; i++)
		memcpy(large + 2 * i, BEH, 2);
	ck_assert_int_gt(text_width(text, style, large, 40000),
			 text_width(text, style, large, 16384) / 2);
	ck_assert_uint_gt(text_wrap(text, style, large, 40000, 640 * 64), 10);
	free(large);
}
END_TEST

Suite *shape_suite(void)
{
	Suite *suite = suite_create("scout shape");
	TCase *tests = tcase_create("shape"), *plain = tcase_create("plain");
	struct text *able = text_create();

	tcase_add_checked_fixture(plain, setup, teardown);
	tcase_add_test(plain, always);
	suite_add_tcase(suite, plain);
	tcase_add_checked_fixture(tests, setup, teardown);
	if (text_can_shape(able)) {
		tcase_add_test(tests, joining);
		tcase_add_test(tests, from_the_right);
		tcase_add_test(tests, mixed);
		tcase_add_test(tests, parts_of_lines);
		tcase_add_test(tests, selecting);
		tcase_add_test(tests, hit_and_caret);
		tcase_add_test(tests, wrapping);
		tcase_add_test(tests, editing);
		tcase_add_test(tests, picture);
	} else {
		printf("# harfbuzz or fribidi is missing: shaping is not "
		       "tested\n");
	}
	suite_add_tcase(suite, tests);
	text_destroy(able);
	return suite;
}
