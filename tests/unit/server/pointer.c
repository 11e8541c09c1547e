/*
 * The pointer's picture and the grab.
 */
#include "desk.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { IN_A = 40, IN_B = 140, Y = 60, RED = 0xffff0000 };

static struct desk desk;
static struct session *a, *b;

static void setup(void)
{
	desk_init(&desk, 200, 116);
	a = desk_session(&desk, "a", 80, 80, FORMAT_XRGB8888, 1);
	b = desk_session(&desk, "b", 80, 80, FORMAT_XRGB8888, 2);
	desk_window(&desk, a, 1, 0, 0, 80, 80);
	desk_window(&desk, b, 1, 100, 0, 80, 80);
	desk_show(&desk);
	desk_log(&desk);
}

static void teardown(void)
{
	desk_finish(&desk);
}

/* A copy of the output; the caller's. */
static uint32_t *picture(void)
{
	size_t bytes = (size_t)(desk.w * desk.h) * sizeof(uint32_t);
	uint32_t *copy = malloc(bytes);
	desk_show(&desk);
	return memcpy(copy, desk.pixels, bytes);
}

/* Pixels that differ from it; it is freed. */
static int different(uint32_t *before)
{
	int count = 0;
	desk_show(&desk);
	for (int i = 0; i < desk.w * desk.h; i++)
		count += desk.pixels[i] != before[i];
	free(before);
	return count;
}

static void set_image(struct session *session)
{
	uint32_t *pixels = xreallocarray(NULL, 4 * 4, sizeof(*pixels));
	for (int i = 0; i < 16; i++)
		pixels[i] = RED;
	pointer_set_image(session, pixels, 4, 4, (struct point){ 2, 2 });
}

#define expect(text) ck_assert_str_eq(desk_log(&desk), text)

START_TEST(all_shapes_have_names_and_a_hot_spot_inside)
{
	static const char *const names[] = {
		"arrow",    "text",      "hand",      "move",      "wait",
		"cross",    "resize-n",  "resize-ne", "resize-e",  "resize-se",
		"resize-s", "resize-sw", "resize-w",  "resize-nw",
	};
	for (size_t i = 0; i < array_size(names); i++) {
		int shape = figure_pointer_find(names[i]);
		ck_assert_int_ge(shape, 0);
		for (uint32_t scale = 100; scale <= 800; scale += 175) {
			struct rect r = figure_pointer_rect(
				(enum figure_pointer)shape, scale);
			uint32_t *pixels = calloc((size_t)(r.w * r.h), 4);
			int opaque = 0;
			figure_pointer_draw((enum figure_pointer)shape, scale,
					    pixels);
			for (int k = 0; k < r.w * r.h; k++)
				opaque += pixels[k] >> 24 == 255;
			ck_assert(r.x >= 0 && r.x < r.w);
			ck_assert(r.y >= 0 && r.y < r.h);
			ck_assert_int_gt(opaque, 8);
			free(pixels);
		}
	}
	ck_assert_int_eq(figure_pointer_find("arro"), -1);
	ck_assert_int_eq(array_size(names), POINTER_COUNT);
}
END_TEST

START_TEST(a_shape_is_that_of_the_hovered)
{
	uint32_t *arrow;
	desk_move(&desk, IN_A, Y);
	arrow = picture();
	pointer_set_shape(b, POINTER_TEXT);
	ck_assert_int_eq(desk_show(&desk), 0);
	pointer_set_shape(a, POINTER_CROSS);
	ck_assert_int_gt(desk_show(&desk), 0);
	ck_assert_ptr_eq(pointer_image(&desk.core),
			 &desk.core.shapes[POINTER_CROSS]);
	desk_move(&desk, IN_B, Y);
	ck_assert_ptr_eq(pointer_image(&desk.core),
			 &desk.core.shapes[POINTER_TEXT]);
	/* a was left: that's over. */
	desk_move(&desk, IN_A, Y);
	ck_assert_int_eq(different(arrow), 0);
}
END_TEST

START_TEST(images_of_clients)
{
	desk_move(&desk, IN_A, Y);
	set_image(a);
	desk_show(&desk);
	for (int y = Y - 2; y < Y + 2; y++)
		for (int x = IN_A - 2; x < IN_A + 2; x++)
			ck_assert(desk_pixel_is(&desk, x, y, RED & 0xffffff));
	/* Another one of the same size. */
	set_image(a);
	a->image.pixels[0] = 0xff00ff00;
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, IN_A - 2, Y - 2, 0x00ff00));
	/* At the edge. */
	desk_move(&desk, 0, 20);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 0, 20, RED & 0xffffff));
	desk_end(a);
	desk_show(&desk);
	ck_assert_ptr_eq(pointer_image(&desk.core),
			 &desk.core.shapes[POINTER_ARROW]);
}
END_TEST

START_TEST(gone_when_it_leaves_the_output)
{
	uint32_t *without, *with;
	desk_move(&desk, IN_B, Y);
	desk_event(&desk, (struct input_event){ .type = INPUT_HOVER_LEAVE });
	without = picture();
	desk_move(&desk, IN_A, Y);
	with = picture();
	ck_assert_int_gt(different(without), 50);
	desk_event(&desk, (struct input_event){ .type = INPUT_HOVER_LEAVE });
	without = picture();
	ck_assert_int_gt(different(with), 50);
	/* It left no trace. */
	core_damage_all(&desk.core);
	ck_assert_int_eq(different(without), 0);
}
END_TEST

START_TEST(a_grab_needs_focus_and_a_press)
{
	ck_assert(!core_set_grab(&desk.core, a));
	desk_move(&desk, IN_A, Y);
	desk_key(&desk, BTN_LEFT);
	ck_assert(!core_set_grab(&desk.core, b));
	/* The focus alone isn't enough. */
	core_focus(&desk.core, b);
	ck_assert(!core_set_grab(&desk.core, b));
	desk_key(&desk, KEY_A);
	ck_assert(core_set_grab(&desk.core, b));
}
END_TEST

static void grab_a(void)
{
	desk_move(&desk, IN_A, Y);
	desk_key(&desk, BTN_LEFT);
	ck_assert(core_set_grab(&desk.core, a));
	ck_assert_ptr_eq(core_grabber(&desk.core), a);
	desk_log(&desk);
}

START_TEST(in_a_grab_motion_is_relative_and_the_pointer_rests)
{
	grab_a();
	ck_assert(!pointer_is_shown(&desk.core));
	desk_event(&desk, (struct input_event){
				  .type = INPUT_RELATIVE, .x = 100, .y = 3 });
	expect("ar");
	desk_move(&desk, IN_B, Y); /* of an absolute device */
	expect("ar");
	ck_assert_int_eq(desk.core.pointer.x, IN_A);
	desk_key(&desk, BTN_LEFT);
	desk_event(&desk,
		   (struct input_event){ .type = INPUT_WHEEL, .y = 120 });
	expect("a+272 a-272 aw");
	ck_assert_ptr_eq(desk.core.focus, a);
	ck_assert(core_set_grab(&desk.core, NULL));
	desk_move(&desk, IN_B, Y);
	expect("a< b~");
}
END_TEST

START_TEST(super_ends_a_grab)
{
	grab_a();
	desk_press(&desk, KEY_LEFTMETA);
	ck_assert_ptr_null(desk.core.grab);
	ck_assert(pointer_is_shown(&desk.core));
}
END_TEST

START_TEST(so_do_focus_kill_mode_and_death)
{
	grab_a();
	core_focus(&desk.core, b);
	ck_assert_ptr_null(desk.core.grab);
	grab_a();
	core_set_kill(&desk.core, true);
	ck_assert_ptr_null(core_grabber(&desk.core));
	desk_show(&desk);
	core_set_kill(&desk.core, false);
	ck_assert_ptr_null(desk.core.grab);
	grab_a();
	desk_end(a);
	ck_assert_ptr_null(desk.core.grab);
}
END_TEST

Suite *pointer_suite(void)
{
	Suite *suite = suite_create("pointer");
	TCase *tests = tcase_create("pointer");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, all_shapes_have_names_and_a_hot_spot_inside);
	tcase_add_test(tests, a_shape_is_that_of_the_hovered);
	tcase_add_test(tests, images_of_clients);
	tcase_add_test(tests, gone_when_it_leaves_the_output);
	tcase_add_test(tests, a_grab_needs_focus_and_a_press);
	tcase_add_test(tests,
		       in_a_grab_motion_is_relative_and_the_pointer_rests);
	tcase_add_test(tests, super_ends_a_grab);
	tcase_add_test(tests, so_do_focus_kill_mode_and_death);
	suite_add_tcase(suite, tests);
	return suite;
}
