/*
 * Each control in each state, on one sheet a theme and scale, beside the
 * pictures in golden/. GALLERY=write makes them anew: look at them then.
 */
#include "suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scout/widget/controls.h"

enum { WIDTH = 640, HEIGHT = 560, TOLERANCE = 2, PATH = 512 };

struct gallery {
	struct ui ui;
	struct text *text;
	struct frame *frame;
	struct widget *columns[2];
};

static void home(struct gfx *gfx, struct frect r, uint32_t color, int alpha)
{
	gfx_arrow(gfx, r.x + r.w * 0.2f, r.y + r.h * 0.1f, r.h * 0.8f, color,
		  alpha);
}

static void hovered(void *widget)
{
	((struct widget *)widget)->hover = true;
	((struct widget *)widget)->glow = 1;
}

static void disabled(void *widget)
{
	((struct widget *)widget)->disabled = true;
}

static void pressed(struct gallery *gallery, void *widget)
{
	struct rect r;
	struct ui_event event = { .type = UI_PRESS };

	ui_update(&gallery->ui, 1);
	r = widget_rect(widget);
	event.x = r.x + r.w / 2;
	event.y = r.y + r.h / 2;
	ui_event(&gallery->ui, &event);
}

static void add_fields(struct gallery *gallery, struct widget *to)
{
	struct ui *ui = &gallery->ui;
	struct field *field = field_create(ui, to, "empty");

	field_set_hint(field, "Type to search");
	field = field_create(ui, to, "text");
	field_set_text(field, "some text");
	field_select_all(field);
	field = field_create(ui, to, "wrong");
	field_set_text(field, "9 apples");
	field_set_error(field, true);
	field = field_create(ui, to, "disabled");
	field_set_text(field, "not now");
	disabled(field);
}

static void add_choices(struct gallery *gallery, struct widget *to)
{
	struct ui *ui = &gallery->ui;
	struct grid *grid = grid_create(ui, to, 2);
	struct widget *in = (struct widget *)grid;

	check_create(ui, in, "off", NULL, NULL);
	choice_set(check_create(ui, in, "on", NULL, NULL), true);
	hovered(check_create(ui, in, "hovered", NULL, NULL));
	struct choice *choice = check_create(ui, in, "disabled", NULL, NULL);

	choice_set(choice, true);
	disabled(choice);
	choice_set(radio_create(ui, in, "radio on", NULL, NULL), true);
	radio_create(ui, in, "radio off", NULL, NULL);
	hovered(radio_create(ui, in, "hovered", NULL, NULL));
	disabled(radio_create(ui, in, "disabled", NULL, NULL));
}

static struct tool *add_tools(struct gallery *gallery, struct widget *to)
{
	struct ui *ui = &gallery->ui;
	struct grid *grid = grid_create(ui, to, 5);
	struct widget *in = (struct widget *)grid;
	struct tool *down;

	tool_create(ui, in, "normal", home, NULL, NULL);
	hovered(tool_create(ui, in, "hovered", home, NULL, NULL));
	down = tool_create(ui, in, "pressed", home, NULL, NULL);
	disabled(tool_create(ui, in, "disabled", home, NULL, NULL));
	label_create(ui, in, ALIGN_LEFT, "");
	grid = grid_create(ui, to, 4);
	in = (struct widget *)grid;
	tool_create(ui, in, "Adjust", NULL, NULL, NULL);
	hovered(tool_create(ui, in, "Hover", NULL, NULL, NULL));
	disabled(tool_create(ui, in, "Not now", NULL, NULL, NULL));
	label_create(ui, in, ALIGN_LEFT, "");
	return down;
}

static void add_bars(struct gallery *gallery, struct widget *to)
{
	struct ui *ui = &gallery->ui;
	struct bar *bar = bar_create(ui, to, BAR_GIVE, "give");

	bar_set(bar, 4 << 20, 16 << 20, 64 << 20);
	bar = bar_create(ui, to, BAR_USE, "use");
	bar_set(bar, 6 << 20, 9 << 20, 9 << 20);
	progress_set(progress_create(ui, to, "some"), 0.4f);
	progress_set(progress_create(ui, to, "unknown"), -1);
	separator_create(ui, to);
}

static void add_trees(struct gallery *gallery, struct widget *to)
{
	struct ui *ui = &gallery->ui;
	struct tree *tree = tree_create(ui, to, "open");

	hovered(tree_create(ui, tree_body(tree), "closed, hovered"));
	label_create(ui, tree_body(tree), ALIGN_LEFT, "inside");
	tree_set_open(tree, true);
	link_create(ui, to, "a link", NULL, NULL);
	hovered(link_create(ui, to, "a link, hovered", NULL, NULL));
	label_set_minor(label_create(ui, to, ALIGN_LEFT, "a minor label"),
			true);
}

/* Two squares that are larger than the sheet shows them. */
static void add_picture(struct gallery *gallery, struct widget *to)
{
	struct image image = { .pixels = malloc(1600), .w = 20, .h = 20 };

	for (int i = 0; i < 400; i++)
		image.pixels[i] = (i / 20 / 4 + i % 20 / 4) & 1 ? 0xff2f6fb8
								: 0xffe7b95a;
	picture_create(&gallery->ui, to, "picture", &image);
	picture_create(&gallery->ui, to, "a picture that is not there", NULL);
}

static struct widget *column(struct gallery *gallery, struct widget *grid)
{
	struct box *box = box_create(&gallery->ui, grid, ROLE_NONE, "");

	box->gap = 6;
	box->pad_x = 12;
	box->pad_top = 8;
	return &box->widget;
}

static void make(struct gallery *gallery, enum theme_mode mode, int scale)
{
	static const struct ui_handler handler = { .wake = NULL };
	static const struct frame_handler frame = { .drag = NULL };
	static const char *const entries[] = { "Copy", "Paste", "", "Close",
					       NULL };
	struct ui *ui = &gallery->ui;

	*gallery = (struct gallery){ .text = text_create() };
	ui_init(ui, gallery->text, &handler, gallery);
	ui_set_theme(ui, theme_get(mode), scale, 100, true);
	ui->active = true;
	gallery->frame = frame_create(ui, "Gallery", &frame, gallery);
	struct widget *grid = (struct widget *)grid_create(
		ui, frame_body(gallery->frame), 2);
	struct widget *left = column(gallery, grid);
	struct widget *right = column(gallery, grid);

	add_fields(gallery, left);
	add_choices(gallery, left);
	struct tool *down = add_tools(gallery, left);

	add_bars(gallery, right);
	add_trees(gallery, right);
	add_picture(gallery, right);
	widget_place(ui->root, (struct rect){ 0, 0, WIDTH * scale / 100,
					      HEIGHT * scale / 100 });
	pressed(gallery, down);
	menu_open(ui, (struct rect){ ui_px(ui, 480), ui_px(ui, 400), 10, 10 },
		  entries, NULL, NULL);
	ui->keyboard_used = true;
	ui_update(ui, 2);
}

static void paint(struct gallery *gallery, uint32_t *pixels, int w, int h)
{
	struct gfx gfx = {
		.surface = { pixels, w * 4, w, h, BLIT_ARGB8888, false },
		.clip = { 0, 0, w, h },
		.text = gallery->text,
		.theme = gallery->ui.theme,
		.scale = gallery->ui.scale,
	};

	memset(pixels, 0, (size_t)w * (size_t)h * 4);
	ui_paint(&gallery->ui, &gfx, (struct rect){ 0, 0, w, h });
}

static int distance_of(uint32_t a, uint32_t b)
{
	int most = 0;

	for (int shift = 0; shift < 24; shift += 8) {
		int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));

		most = d > most ? d : most;
	}
	return most;
}

static void compare(const char *path, const uint32_t *pixels, uint32_t w,
		    uint32_t h)
{
	bool write = getenv("GALLERY") != NULL;
	int fd = open(path, write ? O_CREAT | O_TRUNC | O_WRONLY : O_RDONLY,
		      0644);
	char error[IMAGE_ERROR_MAX];
	struct image image;
	int wrong = 0;

	ck_assert_msg(fd >= 0, "%s", path);
	if (write) {
		ck_assert(image_save_png(fd, pixels, w * 4, w, h, error));
		close(fd);
		return;
	}
	ck_assert_msg(image_load_png(fd, &image, error), "%s: %s", path, error);
	close(fd);
	ck_assert_uint_eq(image.w, w);
	ck_assert_uint_eq(image.h, h);
	for (size_t i = 0; i < (size_t)w * h; i++)
		wrong += distance_of(image.pixels[i], pixels[i]) > TOLERANCE;
	image_finish(&image);
	ck_assert_msg(wrong == 0, "%s: %d pixels differ", path, wrong);
}

START_TEST(sheets)
{
	static const int scales[] = { 100, 150, 200 };
	int mode = _i / 3, scale = scales[_i % 3];
	int w = WIDTH * scale / 100, h = HEIGHT * scale / 100;
	uint32_t *pixels = malloc((size_t)w * (size_t)h * 4);
	struct gallery gallery;
	char path[PATH];

	make(&gallery, (enum theme_mode)mode, scale);
	paint(&gallery, pixels, w, h);
	snprintf(path, sizeof(path), GOLDEN "/%s-%d.png",
		 theme_mode_names[mode], scale);
	compare(path, pixels, (uint32_t)w, (uint32_t)h);
	ui_finish(&gallery.ui);
	text_destroy(gallery.text);
	free(pixels);
}
END_TEST

Suite *gallery_suite(void)
{
	Suite *suite = suite_create("scout gallery");
	TCase *tests = tcase_create("gallery");

	tcase_set_timeout(tests, 30);
	tcase_add_loop_test(tests, sheets, 0, 9);
	suite_add_tcase(suite, tests);
	return suite;
}
