/*
 * Each widget in each state, on one sheet a theme and scale, beside the
 * pictures in golden/. GALLERY=write unit_scout makes them anew: look at them
 * then. A row is a kind of widget, a column a state: normal, hovered, pressed,
 * focused, disabled, and a special one (error, selected, unknown). Below: what
 * lies above windows, and windows.
 */
#include "gallery.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHADE_W = 330, WINDOW_W = 220, WINDOW_H = 130, WINDOWS_H = 190 };

/* ---- painting ---- */

static struct gfx gfx_of(struct ui *ui, uint32_t *pixels, struct rect r, int w)
{
	return (struct gfx){
		.surface = { pixels, w * 4, w, r.y + r.h, BLIT_ARGB8888,
			     false },
		.clip = r,
		.x = r.x,
		.y = r.y,
		.text = ui->text,
		.theme = ui->theme,
		.scale = ui->scale,
	};
}

static void paint_sheet(struct ui *ui, uint32_t *pixels, struct size size)
{
	struct rect r = { 0, 0, size.w, size.h };
	struct gfx gfx = gfx_of(ui, pixels, r, size.w);

	ui_paint(ui, &gfx, r);
}

static void close_window(void *user)
{
	(void)user;
}

/* A window with its shadow, as the window of a program paints it, on the
 * desktop. */
static void paint_window(struct ui *like, uint32_t *to, struct rect r,
			 int stride, bool active)
{
	uint32_t *pixels = calloc((size_t)r.w * (size_t)r.h, 4);
	static const struct frame_handler handler = { .close = close_window };
	static const struct ui_handler none = { .wake = NULL };
	struct shadow shadow;
	struct ui ui;
	struct gfx gfx = gfx_of(like, pixels, (struct rect){ 0, 0, r.w, r.h },
				r.w);
	int w = ui_px(like, WINDOW_W), h = ui_px(like, WINDOW_H);

	ui_init(&ui, like->text, &none, NULL);
	ui_set_theme(&ui, like->theme, like->scale, 100, true);
	struct frame *frame = frame_create(&ui, active ? "Active" : "Idle",
					   &handler, NULL);
	struct box *box = box_create(&ui, frame_body(frame), ROLE_NONE, "");

	box->gap = 4;
	band_set_note(band_create(&ui, &box->widget, "SECTION"), "3");
	label_create(&ui, &box->widget, ALIGN_CENTER, "On the ground");
	widget_place(ui.root, (struct rect){ 0, 0, w, h });
	ui_update(&ui, 1);
	shadow_init(&shadow, like->theme, like->scale, active);
	gfx.x += shadow.margin.left;
	gfx.y += shadow.margin.top;
	ui_paint(&ui, &gfx, (struct rect){ 0, 0, w, h });
	shadow_paint(&shadow, &gfx, w, h);
	shadow_finish(&shadow);
	ui_finish(&ui);

	const struct gfx under = gfx_of(like, to, r, stride);

	blit_over(&under.surface, &gfx.surface,
		  (struct blit_area){ r.x, r.y, r.w, r.h, 0, 0 });
	free(pixels);
}

START_TEST(sheets)
{
	static const int scales[] = { 100, 150, 200 };
	int mode = _i / 3, scale = scales[_i % 3];
	struct gallery *gallery = gallery_create((enum theme_mode)mode, scale);
	struct ui *ui = &gallery->ui;
	struct size size = gallery->size;
	int windows = ui_px(ui, WINDOWS_H), side = ui_px(ui, SHADE_W);
	int all = size.h + windows;
	uint32_t *pixels = calloc((size_t)size.w * (size_t)all, 4);
	char name[64];

	/* The desktop behind the windows. */
	for (int i = size.w * size.h; i < size.w * all; i++)
		pixels[i] = 0xff22303f;
	paint_sheet(ui, pixels, size);
	for (int i = 0; i < 2; i++)
		paint_window(ui, pixels,
			     (struct rect){ i * side, size.h, side, windows },
			     size.w, i == 0);
	snprintf(name, sizeof(name), "%s-%d.png", theme_mode_names[mode],
		 scale);
	golden_compare(name, pixels, size.w, all);
	gallery_destroy(gallery);
	free(pixels);
}
END_TEST

/* Whoever presses, also with a finger, needs 24 logical pixels. */
START_TEST(targets)
{
	struct gallery *gallery = gallery_create(THEME_LIGHT, 100);
	int checked = 0;

	for (struct widget *c = gallery->ui.root->first; c; c = c->next) {
		const struct widget *w = c->first;

		if (!w || !w->focusable)
			continue;
		checked++;
		ck_assert_msg(w->r.w >= 24 && w->r.h >= 24, "%s %s: %dx%d",
			      w->cls->name, w->name, w->r.w, w->r.h);
	}
	ck_assert_int_gt(checked, 60);
	gallery_destroy(gallery);
}
END_TEST

Suite *gallery_suite(void)
{
	Suite *suite = suite_create("scout gallery");
	TCase *tests = tcase_create("gallery");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, sheets, 0, 9);
	tcase_add_test(tests, targets);
	suite_add_tcase(suite, tests);
	return suite;
}
