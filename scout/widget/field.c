/*
 * A line of text that the user writes: input. What happens to the text is in
 * edit.c, what it looks like in field_paint.c.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/loop.h"
#include "base/utf8.h"
#include "scout/widget/field_private.h"
#include "scout/widget/paint.h"

enum { HEIGHT = 32, DOUBLE_NS = 400000000 };

static struct size field_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 160),
			      ui_tx(widget->ui, HEIGHT) };
}

/* Scrolls so that the caret is seen. */
static void follow(struct field *field)
{
	int room = field->widget.r.w - 2 * ui_tx(field->widget.ui, FIELD_PAD);
	int caret = field_caret(field, field->edit.caret);

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
	uint32_t back = field_runs_left(field) ? KEY_RIGHT : KEY_LEFT;

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

/* Twice at one place selects the word there. */
static bool pressed_again(struct field *field, size_t at)
{
	uint64_t now = loop_now();
	bool again = field->pressed_place == at &&
		     now - field->pressed_at < DOUBLE_NS;

	field->pressed_at = again ? 0 : now;
	field->pressed_place = at;
	return again;
}

static void field_pointer(struct field *field, const struct ui_event *event)
{
	struct widget *widget = &field->widget;
	int x = event->x - ui_tx(widget->ui, FIELD_PAD) + field->scroll -
		field_indent(field);
	size_t at = text_hit(widget->ui->text, field_style(widget),
			     field->edit.text, strlen(field->edit.text),
			     x * 64);

	if (event->type == UI_PRESS && pressed_again(field, at))
		edit_select_word(&field->edit, at);
	else if (event->type == UI_PRESS || at != field->pressed_place)
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
