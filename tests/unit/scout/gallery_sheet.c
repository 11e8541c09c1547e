/* Fills the sheet: one row for a kind of widget, one column for a state. */
#include "gallery.h"

#include <stdlib.h>
#include <string.h>

#include "scout/widget/gfx_private.h"

/* Logical pixels. */
enum { NAME_W = 70, CELL_W = 150, CELL_PAD = 8, ROW_GAP = 6, ABOVE_H = 210 };
enum { WIDTH = NAME_W + STATES * CELL_W };

/* ---- the ground ---- */

static void ground_paint(struct widget *widget, struct gfx *gfx)
{
	gfx_fill(gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
		 gfx->theme->ground[0], 255);
}

/* Everything stays where it was put. */
static void ground_place(struct widget *widget)
{
	for (struct widget *w = widget->first; w; w = w->next)
		widget_place(w, w->r);
}

static bool no_event(struct widget *widget, const struct ui_event *event)
{
	(void)widget;
	(void)event;
	return false;
}

static const struct widget_class ground_class = {
	.name = "ground",
	.size = sizeof(struct widget),
	.place = ground_place,
	.paint = ground_paint,
	.event = no_event,
};

/* ---- states ---- */

/* Pressed, and nothing is told of a release. */
static void press(struct ui *ui, struct widget *widget)
{
	struct rect r;
	struct ui_event event = { .type = UI_PRESS };

	/* A list is pressed on its first line. */
	while (widget->first && widget->cls->role == ROLE_LIST)
		widget = widget->first->first->first;
	r = widget_rect(widget);
	event.x = r.x + imin(r.w / 2, 20);
	event.y = r.y + r.h / 2;
	ui_event(ui, &event);
	ui->grab = NULL;
	ui_set_focus(ui, NULL);
}

static void set_state(struct ui *ui, struct widget *widget, enum state state)
{
	switch (state) {
	case HOVERED:
		while (widget->first && widget->cls->role == ROLE_LIST)
			widget = widget->first->first->first;
		widget->hover = true;
		widget->glow = 1;
		break;
	case PRESSED:
		press(ui, widget);
		break;
	case FOCUSED:
		widget->focused = true;
		break;
	case DISABLED:
		widget->disabled = true;
		break;
	default:
		break;
	}
}

static void add_row(struct gallery *gallery, const struct kind *kind)
{
	struct ui *ui = &gallery->ui;
	int wide = ui_px(ui, CELL_W - 2 * CELL_PAD), high = 0;
	struct widget *made[STATES] = { NULL };
	struct widget *name = (struct widget *)label_create(
		ui, ui->root, ALIGN_LEFT, kind->name);

	label_set_minor((struct label *)name, true);
	for (int state = 0; state < STATES; state++) {
		/* Its own parent, for the sake of radio buttons. */
		struct widget *cell = stack_create(ui, ui->root);
		struct widget *widget = kind->make(ui, cell, (enum state)state);

		made[state] = widget;
		if (!widget)
			continue;
		struct size want = widget_measure(widget, wide);

		want.w = want.w > wide || want.w == 0 ? wide : want.w;
		if (widget->cls->role == ROLE_ROW)
			want.w = wide;
		high = imax(high, want.h);
		widget_place(cell,
			     (struct rect){ ui_px(ui, NAME_W + state * CELL_W +
							      CELL_PAD),
					    gallery->row_y, want.w, want.h });
	}
	widget_place(name, (struct rect){ ui_px(ui, CELL_PAD), gallery->row_y,
					  ui_px(ui, NAME_W), ui_px(ui, 24) });
	for (int state = 0; state < STATES; state++)
		if (made[state])
			set_state(ui, made[state], (enum state)state);
	gallery->row_y += high + ui_px(ui, ROW_GAP);
}

/* ---- what lies above ---- */

static void add_above(struct gallery *gallery)
{
	static const char *const entries[] = { "Copy", "Paste", "", "Close",
					       NULL };
	struct ui *ui = &gallery->ui;
	int y = gallery->row_y;
	struct widget *target = (struct widget *)label_create(
		ui, ui->root, ALIGN_LEFT, "What is this?");
	struct widget *toasts = toasts_create(ui, ui->root);

	widget_set_tip(target, "A label. It says what it is about, in a "
			       "sentence or two.");
	widget_place(target, (struct rect){ ui_px(ui, 720), y, ui_px(ui, 160),
					    ui_px(ui, 24) });
	widget_place(toasts,
		     (struct rect){ 0, y, ui_px(ui, 470), ui_px(ui, ABOVE_H) });
	toast_show(ui, toasts, "nitlog did not start",
		   "There is no file of that name.");
	toast_note(ui, toasts, "Copied", "The code is in the clipboard.");
	ui_update(ui, ui->now + 1);
	ui_event(ui, &(struct ui_event){ .type = UI_MOTION,
					 .x = ui_px(ui, 730),
					 .y = y + ui_px(ui, 10) });
	ui_update(ui, ui->now + 1);
	ui_update(ui, ui->now + MS_TIP * 1000000ull);
	/* The pointer goes nowhere, though there is a menu below it. */
	ui->pointer_inside = false;
	menu_disable(menu_open(ui, (struct rect){ ui_px(ui, 500), y, 10, 10 },
			       entries, NULL, NULL),
		     1);
}

struct gallery *gallery_create(enum theme_mode mode, int scale)
{
	static const struct ui_handler handler = { .wake = NULL };
	struct gallery *gallery = calloc(1, sizeof(*gallery));
	struct ui *ui = &gallery->ui;

	gallery->text = text_create();
	ui_init(ui, gallery->text, &handler, gallery);
	ui_set_theme(ui, theme_get(mode), scale, 100, true);
	ui->active = true;
	widget_create(ui, NULL, &ground_class, "");
	gallery->size.w = ui_px(ui, WIDTH);
	widget_place(ui->root, (struct rect){ 0, 0, gallery->size.w, 32000 });
	gallery->row_y = ui_px(ui, 8);
	for (int i = 0; i < gallery_kind_count; i++)
		add_row(gallery, &gallery_kinds[i]);
	gallery->size.h = gallery->row_y + ui_px(ui, ABOVE_H);
	widget_place(ui->root,
		     (struct rect){ 0, 0, gallery->size.w, gallery->size.h });
	add_above(gallery);
	ui_update(ui, ui->now + 1);
	ui->keyboard_used = true;
	return gallery;
}

void gallery_destroy(struct gallery *gallery)
{
	ui_finish(&gallery->ui);
	text_destroy(gallery->text);
	free(gallery);
}
