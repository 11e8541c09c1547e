/*
 * A line of text that the user writes: input and painting. What happens to the
 * text is in edit.c.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "scout/widget/controls.h"
#include "scout/widget/edit.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { HEIGHT = 32, PAD = 10 };

struct field {
	struct widget widget;
	struct edit edit;
	char *hint; /* NULL: none */
	int scroll; /* real pixels that are hidden at the left */
	bool error;
	widget_fn *changed, *enter;
	void *user;
};

static struct text_style style_of(const struct widget *widget)
{
	return ui_style(widget->ui, TEXT_REGULAR, 14 * QUARTERS);
}

static struct size field_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 160),
			      ui_tx(widget->ui, HEIGHT) };
}

static bool runs_left(const struct field *field)
{
	const struct widget *widget = &field->widget;

	return text_is_rtl(widget->ui->text, style_of(widget), field->edit.text,
			   strlen(field->edit.text));
}

/* Where the text begins, real pixels from the pad: what runs to the left ends
 * at the right. */
static int indent_of(const struct field *field)
{
	const struct widget *widget = &field->widget;
	int room = widget->r.w - 2 * ui_tx(widget->ui, PAD);

	return runs_left(field)
		       ? imax(room - paint_width(widget->ui, style_of(widget),
						 field->edit.text),
			      0)
		       : 0;
}

static int place_of(const struct field *field, size_t offset)
{
	const struct widget *widget = &field->widget;
	const char *text = field->edit.text;

	return indent_of(field) +
	       (text_caret(widget->ui->text, style_of(widget), text,
			   strlen(text), offset) +
		32) / 64;
}

/* Scrolls so that the caret is seen. */
static void follow(struct field *field)
{
	int room = field->widget.r.w - 2 * ui_tx(field->widget.ui, PAD);
	int caret = place_of(field, field->edit.caret);

	if (caret - field->scroll > room)
		field->scroll = caret - room;
	if (caret < field->scroll)
		field->scroll = caret;
	if (room <= 0) /* not placed yet */
		field->scroll = 0;
	widget_damage(&field->widget);
}

/* Places come later than text. */
static void field_place(struct widget *widget)
{
	follow((struct field *)widget);
}

/* ---- painting ---- */

static void paint_ground(struct widget *widget, struct gfx *gfx, bool error)
{
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	struct frect r = { 0, 0, (float)widget->r.w, (float)widget->r.h };
	struct frect edge = { one, 6 * one, 4 * one, r.h - 12 * one };
	int faint = paint_alpha(widget);

	gfx_round(gfx, r, 8 * one, theme->card, theme->card, faint);
	gfx_ring(gfx, r, 8 * one, one,
		 error                 ? theme->error
		 : widget->glow > 0.5f ? theme->ink2
				       : theme->ink3,
		 faint);
	if (error)
		gfx_round(gfx, edge, 2 * one, theme->error, theme->error, 255);
}

static void paint_selection(const struct field *field, struct gfx *gfx, int x)
{
	const struct edit *edit = &field->edit;
	struct text_span spans[TEXT_SPANS_MAX];
	size_t count = text_spans(gfx->text, style_of(&field->widget),
				  edit->text, strlen(edit->text),
				  edit_from(edit), edit_to(edit), spans);
	int air = ui_tx(field->widget.ui, 6);

	for (size_t i = 0; i < count; i++) {
		int from = (spans[i].left + 32) / 64;
		int to = (spans[i].right + 32) / 64;

		gfx_fill(gfx,
			 (struct rect){ x + from, air, to - from,
					field->widget.r.h - 2 * air },
			 gfx->theme->link, field->widget.focused ? 90 : 50);
	}
}

static void field_paint(struct widget *widget, struct gfx *gfx)
{
	const struct field *field = (const struct field *)widget;
	struct ui *ui = widget->ui;
	struct text_style style = style_of(widget);
	int pad = ui_tx(ui, PAD), x = pad - field->scroll;
	int y = paint_baseline(gfx, style, widget->r.h);
	struct rect inner = { pad - 1, 0, widget->r.w - 2 * pad + 2,
			      widget->r.h };
	struct rect before;

	paint_ground(widget, gfx, field->error);
	before = gfx_clip(gfx, inner);
	if (!field->edit.text[0] && field->hint)
		paint_text(gfx, inner, style, ALIGN_LEFT, field->hint,
			   paint_faint(widget, gfx->theme->ink3));
	if (edit_from(&field->edit) != edit_to(&field->edit))
		paint_selection(field, gfx, x + indent_of(field));
	gfx_text(gfx, style, (x + indent_of(field)) * 64, y, field->edit.text,
		 paint_faint(widget, gfx->theme->ink));
	if (widget->focused && ui->active && !widget->disabled)
		gfx_fill(gfx,
			 (struct rect){ x + place_of(field, field->edit.caret),
					ui_tx(ui, 7), ui_px(ui, 1),
					widget->r.h - 2 * ui_tx(ui, 7) },
			 gfx->theme->ink, 255);
	gfx_unclip(gfx, before);
	paint_focus(widget, gfx, ui_px(ui, 8));
}

/* ---- input ---- */

static void changed(struct field *field, bool really)
{
	follow(field);
	if (really && field->changed)
		field->changed(field->user);
}

static void copy(struct field *field)
{
	const struct edit *edit = &field->edit;
	const struct ui *ui = field->widget.ui;
	size_t from = edit_from(edit), bytes = edit_to(edit) - from;

	if (bytes && ui->handler.copy)
		ui->handler.copy(ui->user, edit->text + from, bytes);
}

static void paste(struct field *field)
{
	const struct ui *ui = field->widget.ui;
	size_t bytes = 0;
	char *text = ui->handler.paste ? ui->handler.paste(ui->user, &bytes)
				       : NULL;

	if (!text)
		return;
	edit_insert(&field->edit, text, bytes, EDIT_PASTE);
	free(text);
	changed(field, true);
}

static bool control_key(struct field *field, const struct ui_event *event)
{
	struct edit *edit = &field->edit;

	switch (event->code) {
	case KEY_A:
		edit_select(edit, 0, strlen(edit->text));
		follow(field);
		return true;
	case KEY_C:
	case KEY_INSERT:
		copy(field);
		return true;
	case KEY_X:
		copy(field);
		changed(field, edit_erase(edit, 0, false));
		return true;
	case KEY_V:
		paste(field);
		return true;
	case KEY_Z:
		changed(field, event->mods & UI_SHIFT ? edit_redo(edit)
						      : edit_undo(edit));
		return true;
	case KEY_Y:
		changed(field, edit_redo(edit));
		return true;
	default:
		return false;
	}
}

static bool field_key(struct field *field, const struct ui_event *event)
{
	struct edit *edit = &field->edit;
	bool select = event->mods & UI_SHIFT, word = event->mods & UI_CONTROL;
	uint32_t back = runs_left(field) ? KEY_RIGHT : KEY_LEFT;

	switch (event->code) {
	case KEY_LEFT:
	case KEY_RIGHT:
		/* As the text is written, so that it comes by everything. */
		edit_move(edit, event->code == back ? -1 : 1, word, select);
		follow(field);
		return true;
	case KEY_HOME:
	case KEY_END:
		edit_place(edit,
			   event->code == KEY_HOME ? 0 : strlen(edit->text),
			   select);
		follow(field);
		return true;
	case KEY_BACKSPACE:
	case KEY_DELETE:
		changed(field,
			edit_erase(edit, event->code == KEY_DELETE ? 1 : -1,
				   word));
		return true;
	case KEY_ENTER:
	case KEY_KPENTER:
		if (field->enter)
			field->enter(field->user);
		return field->enter != NULL;
	default:
		if (word)
			return control_key(field, event);
		/* What will be a character is nobody's key. */
		return !(event->mods & UI_ALT) && event->code >= KEY_1 &&
		       event->code <= KEY_SPACE && event->code != KEY_TAB;
	}
}

static void field_pointer(struct field *field, const struct ui_event *event)
{
	struct widget *widget = &field->widget;
	int x = event->x - ui_tx(widget->ui, PAD) + field->scroll -
		indent_of(field);
	size_t at = text_hit(widget->ui->text, style_of(widget),
			     field->edit.text, strlen(field->edit.text),
			     x * 64);

	edit_place(&field->edit, at,
		   event->type == UI_MOTION || event->mods & UI_SHIFT);
	follow(field);
}

static bool field_event(struct widget *widget, const struct ui_event *event)
{
	struct field *field = (struct field *)widget;
	char character[4];

	switch (event->type) {
	case UI_PRESS:
		field_pointer(field, event);
		return true;
	case UI_MOTION:
		widget->ui->shape = "text";
		if (widget->pressed)
			field_pointer(field, event);
		return true;
	case UI_RELEASE:
		return true;
	case UI_CHARACTER:
		if (event->character < ' ' || event->character == 0x7f)
			return false;
		edit_insert(&field->edit, character,
			    utf8_encode(event->character, character),
			    EDIT_TYPE);
		changed(field, true);
		return true;
	case UI_KEY:
		return field_key(field, event);
	default:
		return false;
	}
}

static void field_finish(struct widget *widget)
{
	struct field *field = (struct field *)widget;

	edit_finish(&field->edit);
	free(field->hint);
}

static char *field_value(const struct widget *widget)
{
	return xstrdup(((const struct field *)widget)->edit.text);
}

static const struct widget_class field_class = {
	.name = "field",
	.size = sizeof(struct field),
	.role = ROLE_FIELD,
	.shows_state = true,
	.finish = field_finish,
	.measure = field_measure,
	.place = field_place,
	.paint = field_paint,
	.event = field_event,
	.value = field_value,
};

/* ---- for programs ---- */

struct field *field_create(struct ui *ui, struct widget *parent,
			   const char *name)
{
	struct field *field = widget_create(ui, parent, &field_class, name);

	edit_init(&field->edit);
	field->widget.focusable = true;
	return field;
}

const char *field_text(const struct field *field)
{
	return field->edit.text;
}

void field_set_text(struct field *field, const char *text)
{
	edit_finish(&field->edit);
	edit_init(&field->edit);
	edit_insert(&field->edit, text, strlen(text), EDIT_SET);
	follow(field);
}

void field_set_hint(struct field *field, const char *hint)
{
	free(field->hint);
	field->hint = xstrdup(hint);
	widget_damage(&field->widget);
}

void field_set_error(struct field *field, bool error)
{
	field->error = error;
	widget_damage(&field->widget);
}

void field_on_change(struct field *field, widget_fn *change, widget_fn *enter,
		     void *user)
{
	field->changed = change;
	field->enter = enter;
	field->user = user;
}

void field_select_all(struct field *field)
{
	edit_select(&field->edit, 0, strlen(field->edit.text));
	follow(field);
}
