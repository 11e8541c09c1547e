/* X-ray: frames, colours, places of labels. */
#include "desk.h"

#include <string.h>

#include "session/label.h"

static struct desk desk;

static void setup(void)
{
	desk_init(&desk, 400, 316);
}

static void teardown(void)
{
	desk_finish(&desk);
}

static struct session *window(const char *label, int x, int y, int w, int h)
{
	struct session *session = desk_session(&desk, label, w, h,
					       FORMAT_XRGB8888, 3);

	for (int i = 0; i < w * h; i++)
		((uint32_t *)session->buffer.pixels)[i] = 0xff808080;
	desk_window(&desk, session, 1, x, y, w, h);
	return session;
}

/* That grey with half of a session's colour. */
static uint32_t mixed_with(uint32_t grey, uint32_t color)
{
	uint32_t mixed = 0;

	for (int shift = 0; shift < 24; shift += 8)
		mixed |= (grey + (color >> shift & 0xff) / 2 + 1) / 2 << shift;
	return mixed;
}

START_TEST(frames_and_colours)
{
	struct session *a = window("a", 50, 50, 100, 100),
		       *b = window("b", 200, 50, 100, 100);

	core_focus(&desk.core, b);
	core_set_xray(&desk.core, true);
	desk_show(&desk);
	/* a: 3 pixels to the left of x = 50, half of way down. */
	ck_assert(desk_pixel_is(&desk, 46, 116, COLOR_BACKGROUND));
	ck_assert(desk_pixel_is(&desk, 47, 116, 0));
	ck_assert(desk_pixel_is(&desk, 48, 116, a->color));
	ck_assert(desk_pixel_is(&desk, 49, 116, 0));
	/* b: 5 pixels. */
	ck_assert(desk_pixel_is(&desk, 194, 116, COLOR_BACKGROUND));
	ck_assert(desk_pixel_is(&desk, 195, 116, 0));
	for (int x = 196; x < 199; x++)
		ck_assert(desk_pixel_is(&desk, x, 116, b->color));
	ck_assert(desk_pixel_is(&desk, 199, 116, 0));
	/* The focused one is pure, the other one mixed. */
	ck_assert(desk_pixel_is(&desk, 250, 130, 0x808080));
	ck_assert(desk_pixel_is(&desk, 100, 130, mixed_with(0x80, a->color)));
	core_set_xray(&desk.core, false);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 100, 130, 0x808080));
	ck_assert(desk_pixel_is(&desk, 48, 116, COLOR_BACKGROUND));
}
END_TEST

START_TEST(decoration_is_cut)
{
	struct session *a = desk_session(&desk, "a", 100, 100, FORMAT_ARGB8888,
					 1);
	struct view_content content = { 20, 20, 60, 60 };

	for (int i = 0; i < 10000; i++)
		((uint32_t *)a->buffer.pixels)[i] = 0xffffffff;
	desk_window(&desk, a, 1, 0, 0, 100, 100);
	desk_record(&desk, OP_view_content, 1, &content, sizeof(content));
	desk_execute(&desk, a);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 5, 60, 0xffffff));
	core_set_xray(&desk.core, true);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 5, 60, COLOR_BACKGROUND));
	ck_assert(desk_pixel_is(&desk, 18, 60, a->color));
}
END_TEST

/* Nobody said what of it is opaque: what is to be seen through otherwise has a
 * frame and a colour in X-ray, and can be hit in kill mode. */
START_TEST(what_has_no_content_is_marked)
{
	struct session *a = desk_session(&desk, "a", 100, 100, FORMAT_ARGB8888,
					 1);

	memset(a->buffer.pixels, 0, 100 * 100 * 4);
	desk_window(&desk, a, 1, 50, 50, 100, 100);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 100, 130, COLOR_BACKGROUND));
	ck_assert_ptr_null(core_view_at(&desk.core, 100, 130));
	core_set_xray(&desk.core, true);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 48, 116, a->color));
	ck_assert(desk_pixel_is(&desk, 100, 130, mixed_with(0, a->color)));
	ck_assert(!rect_is_empty(a->views[0]->label));
	ck_assert_ptr_nonnull(core_view_at(&desk.core, 100, 130));
	core_set_xray(&desk.core, false);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 100, 130, COLOR_BACKGROUND));
}
END_TEST

static bool overlap(struct rect x, struct rect y)
{
	return !rect_is_empty(rect_intersect(x, y));
}

/* No label under a view in front of its own, none under another one. */
static void check_labels(void)
{
	for (const struct view *v = TAILQ_FIRST(&desk.core.stack); v;
	     v = TAILQ_NEXT(v, link)) {
		if (rect_is_empty(v->label))
			continue;
		ck_assert(rect_contains(desk.core.screen, v->label));
		for (const struct view *f = TAILQ_FIRST(&desk.core.stack);
		     f != v; f = TAILQ_NEXT(f, link)) {
			ck_assert(!overlap(v->label, view_outline(f)));
			ck_assert(!overlap(v->label, f->label));
		}
	}
}

START_TEST(labels_stay_readable_at_any_overlap)
{
	for (uint32_t seed = 1; seed < 200; seed++) {
		uint32_t random = seed * 99991;

		for (int i = 0; i < 12; i++) {
			char label[] = "pad -> prog.a";

			label[12] = (char)('a' + i);
			window(label, (int)desk_random(&random, 330) - 20,
			       (int)desk_random(&random, 260) - 20,
			       (int)desk_random(&random, 200) + 10,
			       (int)desk_random(&random, 160) + 10);
		}
		core_set_xray(&desk.core, true);
		desk_show(&desk);
		check_labels();
		ck_assert_uint_eq(desk.core.written, desk.core.painted);
		/* The front-most one is always whole. */
		ck_assert(
			!rect_is_empty(TAILQ_FIRST(&desk.core.stack)->label) ||
			!TAILQ_FIRST(&desk.core.stack)->visible ||
			TAILQ_FIRST(&desk.core.stack)->place.w < 40 ||
			TAILQ_FIRST(&desk.core.stack)->place.h < 40);
		teardown();
		setup();
	}
}
END_TEST

START_TEST(a_label_moves_to_what_remains)
{
	struct session *a = window("program", 50, 50, 200, 100);
	struct rect before;

	core_set_xray(&desk.core, true);
	desk_show(&desk);
	before = a->views[0]->label;
	ck_assert_int_eq(before.x + before.w / 2, 150);
	/* The upper half gets covered. */
	window("b", 20, 20, 300, 80);
	desk_show(&desk);
	ck_assert_int_ge(a->views[0]->label.y, 116);
	ck_assert_int_eq(a->views[0]->label.w, before.w);
}
END_TEST

START_TEST(arrows_of_labels)
{
	char text[LABEL_TEXT_MAX];

	label_display("launchpad -> scout", text, sizeof(text));
	ck_assert_str_eq(text, "launchpad › scout");
}
END_TEST

Suite *xray_suite(void)
{
	Suite *suite = suite_create("xray");
	TCase *tcase = tcase_create("xray");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, frames_and_colours);
	tcase_add_test(tcase, decoration_is_cut);
	tcase_add_test(tcase, what_has_no_content_is_marked);
	tcase_add_test(tcase, labels_stay_readable_at_any_overlap);
	tcase_add_test(tcase, a_label_moves_to_what_remains);
	tcase_add_test(tcase, arrows_of_labels);
	suite_add_tcase(suite, tcase);
	return suite;
}
