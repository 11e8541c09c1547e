/*
 * What a window as launchpad's costs: one frame of a hover, and all of it
 * painted anew with its shadow. Prints "NAME NANOSECONDS" of thread CPU time,
 * the lower quartile of the samples. The only argument is the scale, percent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "scout/widget/controls.h"

enum {
	WIDTH = 460,
	HEIGHT = 620,
	ENTRIES = 6,
	CHILDREN = 8,
	SAMPLES = 200,
	WARM = 10
};

struct window {
	struct ui ui;
	struct text *text;
	struct shadow shadow;
	struct widget *rows[CHILDREN];
	uint32_t *pixels;
	int w, h;
	uint64_t now; /* ns, of its frames */
};

static uint64_t cpu_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void add_row(struct window *window, struct widget *list, int i,
		    bool child)
{
	static const char *const names[] = { "testnit",   "scout",
					     "launchpad", "liquid_fb",
					     "nitpicker", "console" };
	struct ui *ui = &window->ui;
	const char *name = names[i % 6];
	struct row *row = row_create(ui, list, ROLE_ROW, name);
	struct widget *in = (struct widget *)row;
	struct bar *bar;
	struct link *link;

	icon_create(ui, in, name)->cell = ROW_ICON;
	link = link_create(ui, in, name, NULL, NULL);
	((struct widget *)link)->cell = ROW_NAME;
	bar = bar_create(ui, in, child ? BAR_USE : BAR_GIVE, name);
	bar_set(bar, (uint64_t)(i + 1) << 20, 64 << 20, 64 << 20);
	((struct widget *)bar)->cell = ROW_BAR;
	if (child)
		((struct widget *)button_create(ui, in, BUTTON_KILL, name, NULL,
						NULL))
			->cell = ROW_BUTTON;
	row_set_main(row, link, child ? NULL : bar);
	if (child)
		window->rows[i] = in;
}

static void close_window(void *user)
{
	(void)user;
}

static void make(struct window *window, int scale)
{
	static const struct ui_handler handler = { .wake = NULL };
	static const struct frame_handler frame = { .close = close_window };
	struct ui *ui = &window->ui;
	struct widget *content, *list;
	struct margin m = shadow_margin(scale);

	window->text = text_create();
	if (!window->text)
		exit(1);
	ui_init(ui, window->text, &handler, window);
	ui_set_theme(ui, theme_get(THEME_LIGHT), scale, 100, false);
	ui->active = true;
	content = scroll_content(scroll_create(
		ui, frame_body(frame_create(ui, "Launchpad", &frame, window))));
	band_set_note(band_create(ui, content, "PROGRAMS"), "6");
	list = (struct widget *)box_create(ui, content, ROLE_LIST, "programs");
	for (int i = 0; i < ENTRIES; i++)
		add_row(window, list, i, false);
	band_set_note(band_create(ui, content, "CHILDREN"), "8");
	list = (struct widget *)box_create(ui, content, ROLE_LIST, "children");
	for (int i = 0; i < CHILDREN; i++)
		add_row(window, list, i, true);
	shadow_init(&window->shadow, ui->theme, scale, true);
	window->w = ui_px(ui, WIDTH) + m.left + m.right;
	window->h = ui_px(ui, HEIGHT) + m.top + m.bottom;
	window->pixels = calloc((size_t)window->w * (size_t)window->h, 4);
	widget_place(ui->root, (struct rect){ 0, 0, ui_px(ui, WIDTH),
					      ui_px(ui, HEIGHT) });
}

static void frame(struct window *window)
{
	struct rect damage[UI_DAMAGE_MAX];
	const struct margin *m = &window->shadow.margin;
	struct gfx gfx = {
		.surface = { window->pixels, window->w * 4, window->w,
			     window->h, BLIT_ARGB8888, false },
		.clip = { 0, 0, window->w, window->h },
		.x = m->left,
		.y = m->top,
	};

	window->now += 16666667;
	ui_update(&window->ui, window->now);

	unsigned count = ui_take_damage(&window->ui, damage);

	for (unsigned i = 0; i < count; i++) {
		struct rect before;

		ui_paint(&window->ui, &gfx, damage[i]);
		before = gfx_clip(&gfx, damage[i]);
		shadow_paint(&window->shadow, &gfx, window->ui.root->r.w,
			     window->ui.root->r.h);
		gfx_unclip(&gfx, before);
	}
}

/* The pointer goes to another row: the event and the first frame of it; the
 * frames until it is quiet are not counted. */
static void hover(struct window *window, int i)
{
	struct rect r = widget_rect(window->rows[i % 2]);
	struct ui_event motion = { .type = UI_MOTION,
				   .x = r.x + 60,
				   .y = r.y + r.h / 2 };

	ui_event(&window->ui, &motion);
	frame(window);
}

static void repaint(struct window *window, int i)
{
	(void)i;
	widget_damage(window->ui.root);
	frame(window);
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void measure(struct window *window, const char *name,
		    void (*work)(struct window *, int))
{
	uint64_t samples[SAMPLES];

	for (int i = -WARM; i < SAMPLES; i++) {
		uint64_t begin = cpu_time();

		work(window, i + WARM);
		if (i >= 0)
			samples[i] = cpu_time() - begin;
		while (ui_is_moving(&window->ui))
			frame(window);
	}
	qsort(samples, SAMPLES, sizeof(*samples), compare);
	printf("%s %llu\n", name, (unsigned long long)samples[SAMPLES / 4]);
}

int main(int argc, char **argv)
{
	struct window *window = calloc(1, sizeof(*window));

	make(window, argc > 1 ? atoi(argv[1]) : 100);
	frame(window);
	measure(window, "hover", hover);
	measure(window, "repaint", repaint);
	ui_finish(&window->ui);
	shadow_finish(&window->shadow);
	text_destroy(window->text);
	free(window->pixels);
	free(window);
	return 0;
}
