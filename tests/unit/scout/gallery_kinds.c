/* One maker for each kind of widget; NULL where it has no such state. */
#include "gallery.h"

#include <stdlib.h>

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

const struct kind gallery_kinds[] = {
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

const int gallery_kind_count = sizeof(gallery_kinds) / sizeof(gallery_kinds[0]);
