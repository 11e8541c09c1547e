/* Fills the sheet: one row for a kind of widget, one column for a state. */
#include "gallery.h"

#include <stdlib.h>
#include <string.h>

#include "scout/widget/gfx_private.h"

enum state { NORMAL, HOVERED, PRESSED, FOCUSED, DISABLED, SPECIAL, STATES };

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

/* ---- kinds ---- */

typedef void *make_fn(struct ui *ui, struct widget *parent, enum state state);

static void arrow(struct gfx *gfx, struct frect r, uint32_t color, int alpha)
{
	gfx_arrow(gfx, r.x + r.w * 0.2f, r.y + r.h * 0.1f, r.h * 0.8f, color,
		  alpha);
}

static void *make_link(struct ui *ui, struct widget *to, enum state state)
{
	return state == SPECIAL ? NULL
				: link_create(ui, to, "a link", NULL, NULL);
}

static void *make_words(struct ui *ui, struct widget *to, enum state state)
{
	return state == SPECIAL
		       ? tool_create(ui, to, "much too long for a button", NULL,
				     NULL, NULL)
		       : tool_create(ui, to, "Adjust", NULL, NULL, NULL);
}

static void *make_sign(struct ui *ui, struct widget *to, enum state state)
{
	return state == SPECIAL
		       ? NULL
		       : tool_create(ui, to, "sign", arrow, NULL, NULL);
}

static void *make_close(struct ui *ui, struct widget *to, enum state state)
{
	return state == SPECIAL ? NULL
				: button_create(ui, to, BUTTON_CLOSE, "close",
						NULL, NULL);
}

static void *make_kill(struct ui *ui, struct widget *to, enum state state)
{
	return state == SPECIAL
		       ? NULL
		       : button_create(ui, to, BUTTON_KILL, "kill", NULL, NULL);
}

static void *make_check(struct ui *ui, struct widget *to, enum state state)
{
	struct choice *choice = check_create(ui, to, "check", NULL, NULL);

	choice_set(choice, state == SPECIAL || state == DISABLED);
	return choice;
}

/* Radio buttons of one parent know each other, so each has its own. */
static void *make_radio(struct ui *ui, struct widget *to, enum state state)
{
	struct choice *choice = radio_create(ui, to, "radio", NULL, NULL);

	if (state == SPECIAL)
		choice_set(choice, true);
	return choice;
}

static void *make_slider(struct ui *ui, struct widget *to, enum state state)
{
	struct slider *slider = slider_create(ui, to, "slider", 0, 100, 1, NULL,
					      NULL);

	slider_set(slider, state == SPECIAL ? 100 : 40);
	return slider;
}

static void *make_field(struct ui *ui, struct widget *to, enum state state)
{
	struct field *field = field_create(ui, to, "field");

	field_set_hint(field, "Type here");
	if (state != NORMAL)
		field_set_text(field, state == SPECIAL ? "9 apples" : "text");
	if (state == FOCUSED)
		field_select_all(field);
	field_set_error(field, state == SPECIAL);
	return field;
}

static void *make_give(struct ui *ui, struct widget *to, enum state state)
{
	struct bar *bar = bar_create(ui, to, BAR_GIVE, "give");

	bar_set(bar, state == SPECIAL ? 64 << 20 : 4 << 20, 64 << 20, 64 << 20);
	return bar;
}

static void *make_use(struct ui *ui, struct widget *to, enum state state)
{
	struct bar *bar;

	if (state == HOVERED || state == PRESSED || state == FOCUSED)
		return NULL;
	bar = bar_create(ui, to, BAR_USE, "use");
	bar_set(bar, state == SPECIAL ? BAR_UNKNOWN : 6 << 20, 9 << 20,
		9 << 20);
	return bar;
}

static void *make_progress(struct ui *ui, struct widget *to, enum state state)
{
	struct progress *progress;

	if (state == HOVERED || state == PRESSED || state == FOCUSED)
		return NULL;
	progress = progress_create(ui, to, "progress");
	progress_set(progress, state == SPECIAL ? -1 : 0.4f);
	return progress;
}

static void *make_tree(struct ui *ui, struct widget *to, enum state state)
{
	struct tree *tree = tree_create(ui, to, "a tree row");

	if (state == SPECIAL) {
		label_create(ui, tree_body(tree), ALIGN_LEFT, "inside");
		tree_set_open(tree, true);
	}
	return tree;
}

static const char *line_text(void *user, size_t row)
{
	static const char *const names[] = { "Apples", "Pears",
					     "Quinces from the garden" };

	(void)user;
	return names[row % 3];
}

static const char *line_note(void *user, size_t row)
{
	(void)user;
	return row == 1 ? "12" : "";
}

static const char *line_icon(void *user, size_t row)
{
	(void)user;
	return row == 0 ? "testnit" : "xterm";
}

static void *make_list(struct ui *ui, struct widget *to, enum state state)
{
	const struct list_source source = {
		.text = line_text,
		.note = line_note,
		.icon = state == SPECIAL ? line_icon : NULL,
	};
	struct list *list = list_create(ui, to, "list",
					state == SPECIAL ? LIST_MANY : LIST_ONE,
					&source, NULL);

	list_set_height(list, 3);
	list_set_rows(list, state == SPECIAL ? 9 : 3);
	if (state >= FOCUSED)
		list_set_current(list, 1);
	return list;
}

static void *make_row(struct ui *ui, struct widget *to, enum state state)
{
	struct row *row;
	struct widget *icon;

	if (state == SPECIAL)
		return NULL;
	row = row_create(ui, to, ROLE_ROW, "row");
	icon = icon_create(ui, (struct widget *)row, "scout");
	icon->cell = ROW_ICON;
	struct link *link = link_create(ui, (struct widget *)row, "scout", NULL,
					NULL);

	((struct widget *)link)->cell = ROW_NAME;
	row_set_main(row, link, NULL);
	((struct widget *)link)->focused = state == FOCUSED;
	return row;
}

static void *make_label(struct ui *ui, struct widget *to, enum state state)
{
	struct label *label;

	if (state == HOVERED || state == PRESSED || state == FOCUSED)
		return NULL;
	label = label_create(ui, to, ALIGN_LEFT,
			     state == SPECIAL ? "minor" : "a label");
	label_set_minor(label, state == SPECIAL);
	return label;
}

static void *make_wrapped(struct ui *ui, struct widget *to)
{
	struct label *label = label_create(ui, to, ALIGN_LEFT,
					   "Words that take more than a line.");

	label_set_wrapped(label, true);
	return label;
}

static void *make_band(struct ui *ui, struct widget *to, enum state state)
{
	struct band *band;

	if (state != NORMAL)
		return state == DISABLED  ? separator_create(ui, to)
		       : state == SPECIAL ? make_wrapped(ui, to)
					  : NULL;
	band = band_create(ui, to, "SECTION");
	band_set_note(band, "3");
	return band;
}

/* Two squares, and one that isn't there. */
static void *make_picture(struct ui *ui, struct widget *to, enum state state)
{
	struct image image = { .w = 20, .h = 20 };

	if (state != NORMAL && state != SPECIAL)
		return NULL;
	if (state == SPECIAL)
		return picture_create(ui, to, "not there", NULL);
	image.pixels = malloc(1600);
	for (int i = 0; i < 400; i++)
		image.pixels[i] = (i / 20 / 4 + i % 20 / 4) & 1 ? 0xff2f6fb8
								: 0xffe7b95a;
	return picture_create(ui, to, "picture", &image);
}

static const struct kind {
	const char *name;
	make_fn *make;
} kinds[] = {
	{ "label", make_label },       { "link", make_link },
	{ "button", make_words },      { "sign", make_sign },
	{ "close", make_close },       { "kill", make_kill },
	{ "check", make_check },       { "radio", make_radio },
	{ "slider", make_slider },     { "field", make_field },
	{ "give", make_give },         { "use", make_use },
	{ "progress", make_progress }, { "row", make_row },
	{ "tree", make_tree },         { "list", make_list },
	{ "picture", make_picture },   { "band", make_band },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

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
	for (int i = 0; i < KINDS; i++)
		add_row(gallery, &kinds[i]);
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
