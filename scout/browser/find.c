#include "find.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/controls.h"
#include "scout/widget/paint.h"
#include "signs.h"

struct find {
	struct widget widget;
	struct page *page;
	struct field *field;
	struct sign_button *up, *down, *close;
	widget_fn *closed;
	void *user;
	struct page_mark *marks; /* FIND_MARKS_MAX */
	size_t count, now;
};

static const char *words_of(const struct find *find)
{
	return field_text(find->field);
}

/* ---- finding ---- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(const char *a, const char *b, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

size_t find_places(const char *text, size_t bytes, const char *words,
		   struct page_mark *places, size_t most)
{
	size_t length = strlen(words), count = 0;
	char first = lower(*words);

	if (!length)
		return 0;
	for (size_t at = 0; at + length <= bytes;) {
		if (lower(text[at]) != first ||
		    !same(text + at, words, length)) {
			at++;
			continue;
		}
		if (count < most)
			places[count] = (struct page_mark){
				(uint32_t)at, (uint32_t)(at + length)
			};
		count++;
		at += length;
	}
	return count;
}

static void show(struct find *find)
{
	size_t known = find->count < FIND_MARKS_MAX ? find->count
						    : FIND_MARKS_MAX;

	page_set_marks(find->page, find->marks, known, find->now);
	if (find->now < known)
		page_go_text(find->page, find->marks[find->now].from, false);
	sign_button_enable(find->up, known > 0);
	sign_button_enable(find->down, known > 0);
	field_set_error(find->field, *words_of(find) && !find->count);
	widget_damage(&find->widget);
}

/* Looks again, and goes on from what is read. */
static void look(struct find *find)
{
	const struct document *document = page_document(find->page);
	uint32_t from = page_place_now(find->page).text;

	find->count = find->now = 0;
	if (document && document->text)
		find->count = find_places(document->text, document->text_bytes,
					  words_of(find), find->marks,
					  FIND_MARKS_MAX);
	while (find->now < find->count && find->now < FIND_MARKS_MAX &&
	       find->marks[find->now].from < from)
		find->now++;
	if (find->now == find->count || find->now == FIND_MARKS_MAX)
		find->now = 0;
	show(find);
}

void find_again(struct find *find)
{
	page_set_marks(find->page, NULL, 0, 0);
	if (find_is_open(find) && *words_of(find))
		look(find);
}

void find_step(struct find *find, int direction)
{
	size_t known = find->count < FIND_MARKS_MAX ? find->count
						    : FIND_MARKS_MAX;

	if (!known)
		return;
	find->now = (find->now + (direction > 0 ? 1 : known - 1)) % known;
	show(find);
}

/* ---- the field ---- */

static void typed(void *user)
{
	look(user);
}

/* ---- the bar ---- */

static void count_words(const struct find *find, char text[48])
{
	if (!*words_of(find))
		*text = 0;
	else if (!find->count)
		snprintf(text, 48, "not found");
	else
		snprintf(text, 48, "%zu of %zu", find->now + 1, find->count);
}

static void place(struct widget *widget)
{
	struct find *find = (struct find *)widget;
	struct ui *ui = widget->ui;
	int pad = ui_px(ui, 16), side = ui_tx(ui, 32), gap = ui_px(ui, 6);
	int y = (widget->r.h - side) / 2, x = widget->r.w - pad - side;
	int note = ui_tx(ui, 96);
	void *const buttons[] = { find->close, find->down, find->up };

	for (int i = 0; i < 3; i++, x -= side + gap)
		widget_place(buttons[i], (struct rect){ x, y, side, side });
	x += side - note;
	widget_place((struct widget *)find->field,
		     (struct rect){ pad, y, x - pad, side });
}

static void paint(struct widget *widget, struct gfx *gfx)
{
	const struct find *find = (const struct find *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	struct rect r = ((const struct widget *)find->field)->r;
	struct rect note = { r.x + r.w + ui_px(ui, 10), 0, ui_tx(ui, 84),
			     widget->r.h };
	char text[48];

	gfx_gradient(gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
		     theme->metal[2], theme->metal[1], 245);
	gfx_fill(gfx, (struct rect){ 0, 0, widget->r.w, ui_px(ui, 1) },
		 theme->line, 255);
	count_words(find, text);
	paint_text(gfx, note, ui_style(ui, TEXT_REGULAR, 13 * QUARTERS),
		   ALIGN_LEFT, text, theme->ink2);
}

static bool event(struct widget *widget, const struct ui_event *event)
{
	struct find *find = (struct find *)widget;

	if (event->type != UI_KEY)
		return event->type <= UI_MOTION;
	switch (event->code) {
	case KEY_ESC:
		find->closed(find->user);
		return true;
	case KEY_ENTER:
	case KEY_KPENTER:
		find_step(find, event->mods & UI_SHIFT ? -1 : 1);
		return true;
	default:
		return false;
	}
}

static char *value(const struct widget *widget)
{
	char text[48];

	count_words((const struct find *)widget, text);
	return xstrdup(text);
}

static void finish(struct widget *widget)
{
	free(((struct find *)widget)->marks);
}

static const struct widget_class find_class = {
	.name = "find",
	.size = sizeof(struct find),
	.role = ROLE_LIST,
	.finish = finish,
	.place = place,
	.paint = paint,
	.event = event,
	.value = value,
};

static void step_up(void *user)
{
	find_step(user, -1);
}

static void step_down(void *user)
{
	find_step(user, 1);
}

static void close_pressed(void *user)
{
	struct find *find = user;

	find->closed(find->user);
}

struct find *find_create(struct ui *ui, struct widget *parent,
			 struct page *page, widget_fn *closed, void *user)
{
	struct find *find = widget_create(ui, parent, &find_class, "find");

	find->page = page;
	find->closed = closed;
	find->user = user;
	find->marks = xcalloc(FIND_MARKS_MAX, sizeof(*find->marks));
	find->field = field_create(ui, &find->widget, "find");
	field_set_hint(find->field, "Find in this page");
	field_on_change(find->field, typed, NULL, find);
	find->up = sign_button_create(ui, &find->widget, SIGN_UP, 32,
				      "previous match", step_up, find);
	find->down = sign_button_create(ui, &find->widget, SIGN_DOWN, 32,
					"next match", step_down, find);
	find->close = sign_button_create(ui, &find->widget, SIGN_CLOSE, 32,
					 "close find", close_pressed, find);
	widget_set_hidden(&find->widget, true);
	return find;
}

void find_open(struct find *find)
{
	uint32_t from, to;

	widget_set_hidden(&find->widget, false);
	ui_set_focus(find->widget.ui, (struct widget *)find->field);
	if (page_selection(find->page, &from, &to) &&
	    to - from < FIND_SELECTION_MAX) {
		char *words = page_words(find->page, from, to);

		if (words)
			words[strcspn(words, "\n")] = 0;
		field_set_text(find->field, words ? words : "");
		free(words);
	}
	field_select_all(find->field);
	look(find);
}

void find_close(struct find *find)
{
	widget_set_hidden(&find->widget, true);
	page_set_marks(find->page, NULL, 0, 0);
	if (find->now < find->count && find->now < FIND_MARKS_MAX)
		page_select(find->page, find->marks[find->now].from,
			    find->marks[find->now].to);
	ui_set_focus(find->widget.ui, (struct widget *)find->page);
}

bool find_is_open(const struct find *find)
{
	return !find->widget.hidden;
}
