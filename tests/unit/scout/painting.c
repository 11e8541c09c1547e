/* Pixels: nothing outside of the clip, the same picture in parts and whole. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 512 };

static uint32_t whole[SIDE * SIDE], parts[SIDE * SIDE];
static struct bench bench;

static void setup(void)
{
	bench_init(&bench, 100, true);
	toast_show(&bench.ui, frame_overlay(bench.frame), "Title",
		   "Some words about what went wrong, in more than one line.");
	ui_update(&bench.ui, 2);
	ui_set_focus(&bench.ui, (struct widget *)bench.links[1]);
	bench.ui.keyboard_used = true;
}

static void teardown(void)
{
	bench_finish(&bench);
}

static struct gfx gfx_of(uint32_t *pixels)
{
	return (struct gfx){
		.surface = { pixels, SIDE * 4, SIDE, SIDE, BLIT_ARGB8888,
			     false },
		.clip = { 0, 0, SIDE, SIDE },
		.x = 50,
		.y = 40,
		.text = bench.text,
		.theme = bench.ui.theme,
		.scale = bench.ui.scale,
	};
}

START_TEST(in_parts)
{
	struct gfx a = gfx_of(whole), b = gfx_of(parts);

	for (int mode = 0; mode < THEME_MODES; mode++) {
		ui_set_theme(&bench.ui, theme_get((enum theme_mode)mode), 100,
			     100, true);
		ui_paint(&bench.ui, &a, (struct rect){ 0, 0, 400, 300 });
		for (int y = 0; y < 300; y += 37)
			for (int x = 0; x < 400; x += 53)
				ui_paint(&bench.ui, &b,
					 rect_intersect(
						 (struct rect){ x, y, 53, 37 },
						 (struct rect){ 0, 0, 400,
								300 }));
		ck_assert_mem_eq(whole, parts, sizeof(whole));
	}
}
END_TEST

START_TEST(inside_the_clip)
{
	struct gfx gfx = gfx_of(whole);
	struct rect clip = { 120, 100, 90, 80 };

	for (int i = 0; i < SIDE * SIDE; i++)
		whole[i] = 0x12345678;
	gfx.clip = clip;
	ui_paint(&bench.ui, &gfx, (struct rect){ 0, 0, 400, 300 });
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			ck_assert(rect_has_point(clip, x, y) ||
				  whole[y * SIDE + x] == 0x12345678);
}
END_TEST

/* Opaque inside, nothing at the corners, premultiplied everywhere. */
START_TEST(window_edges)
{
	struct gfx gfx = gfx_of(whole);
	struct shadow shadow;

	memset(whole, 0, sizeof(whole));
	shadow_init(&shadow, bench.ui.theme, 100, true);
	ui_paint(&bench.ui, &gfx, (struct rect){ 0, 0, 400, 300 });
	shadow_paint(&shadow, &gfx, 400, 300);
	ck_assert_uint_eq(whole[190 * SIDE + 250] >> 24, 255);
	ck_assert_uint_eq(whole[43 * SIDE + 53] >> 24, 255);
	ck_assert_uint_lt(whole[40 * SIDE + 50] >> 24, 200);
	ck_assert_uint_lt(whole[339 * SIDE + 449] >> 24, 200);
	/* The shadow is soft: more below than above, little far away. */
	ck_assert_uint_gt(whole[345 * SIDE + 250] >> 24,
			  whole[35 * SIDE + 250] >> 24);
	ck_assert_uint_lt(whole[200 * SIDE + 11] >> 24, 12);
	for (int i = 0; i < SIDE * SIDE; i++) {
		uint32_t p = whole[i], a = p >> 24;

		ck_assert((p >> 16 & 255) <= a && (p >> 8 & 255) <= a &&
			  (p & 255) <= a);
	}
	shadow_finish(&shadow);
}
END_TEST

Suite *painting_suite(void)
{
	Suite *suite = suite_create("scout painting");
	TCase *tests = tcase_create("painting");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, in_parts);
	tcase_add_test(tests, inside_the_clip);
	tcase_add_test(tests, window_edges);
	suite_add_tcase(suite, tests);
	return suite;
}
