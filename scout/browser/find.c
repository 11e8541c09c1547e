#include "find.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "scout/widget/paint.h"
#include "signs.h"

struct find {
	struct widget widget;
	struct page *page;
	struct widget *field;
	struct sign_button *up, *down, *close;
	widget_fn *closed;
	void *user;
	char words[FIND_WORDS_MAX];
	struct page_mark *marks; /* FIND_MARKS_MAX */
	size_t count, now;
};

struct find_field {
	struct widget widget;
	struct find *find;
	bool all; /* selected: the next character replaces it */
};

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

static const char *find_char(const char *text, const char *end, char c)
{
	char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	const char *a = memchr(text, c, (size_t)(end - text));
	const char *b = upper == c ? NULL
				   : memchr(text, upper,
					    (size_t)((a ? a : end) - text));

	return b ? b : a;
}

size_t find_places(const char *text, size_t bytes, const char *words,
		   struct page_mark *places, size_t most)
{
	size_t length = strlen(words), count = 0;
	const char *end = text + bytes, *at = text;

	if (!length)
		return 0;
	while (at < end && (at = find_char(at, end, lower(*words)))) {
		if ((size_t)(end - at) < length)
			break;
		if (!same(at, words, length)) {
			at++;
			continue;
		}
		if (count < most)
			places[count] = (struct page_mark){
				(uint32_t)(at - text),
				(uint32_t)(at - text + (ptrdiff_t)length)
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
					  find->words, find->marks,
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
	if (find_is_open(find) && *find->words)
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

static void set_words(struct find *find, const char *words, size_t bytes)
{
	if (bytes >= sizeof(find->words))
		bytes = sizeof(find->words) - 1;
	memmove(find->words, words, bytes);
	find->words[bytes] = 0;
	look(find);
}

static void append(struct find_field *field, uint32_t character)
{
	struct find *find = field->find;
	size_t length = field->all ? 0 : strlen(find->words);
	char out[4];
	size_t bytes = utf8_encode(character, out);

	if (character < ' ' || character == 127 ||
	    length + bytes >= sizeof(find->words))
		return;
	memcpy(find->words + length, out, bytes);
	field->all = false;
	set_words(find, find->words, length + bytes);
}

static void erase(struct find_field *field)
{
	struct find *find = field->find;
	size_t length = field->all ? 0 : strlen(find->words);

	while (length && (find->words[length - 1] & 0xc0) == 0x80)
		length--;
	field->all = false;
	set_words(find, find->words, length ? length - 1 : 0);
}

static bool field_event(struct widget *widget, const struct ui_event *event)
{
	struct find_field *field = (struct find_field *)widget;

	if (event->type == UI_PRESS) {
		field->all = false;
		widget_damage(widget);
		return true;
	}
	if (event->type == UI_MOTION) {
		widget->ui->shape = "text";
		return true;
	}
	if (event->type == UI_CHARACTER) {
		append(field, event->character);
		return true;
	}
	if (event->type != UI_KEY)
		return event->type == UI_RELEASE;
	switch (event->code) {
	case KEY_BACKSPACE:
		erase(field);
		return true;
	case KEY_ENTER:
	case KEY_KPENTER:
		find_step(field->find, event->mods & UI_SHIFT ? -1 : 1);
		return true;
	case KEY_ESC:
	case KEY_TAB:
	case KEY_UP:
	case KEY_DOWN:
	case KEY_PAGEUP:
	case KEY_PAGEDOWN:
		return false;
	default:
		/* What is typed does not scroll the page. */
		return !(event->mods & (UI_CONTROL | UI_ALT)) &&
		       event->code < KEY_F1;
	}
}

static void field_paint(struct widget *widget, struct gfx *gfx)
{
	const struct find_field *field = (const struct find_field *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	float one = (float)gfx->scale / 100;
	struct rect all = { 0, 0, widget->r.w, widget->r.h };
	struct frect face = { 0, 0, (float)all.w, (float)all.h };
	struct text_style style = ui_style(ui, TEXT_REGULAR, 14 * QUARTERS);
	int pad = ui_px(ui, 10), base = paint_baseline(gfx, style, all.h);
	struct rect inner = { pad, 0, all.w - 2 * pad, all.h }, before;
	const char *words = field->find->words;
	int width = text_width(ui->text, style, words, strlen(words));
	int x = pad * 64;

	gfx_round(gfx, face, 8 * one, theme->card, theme->card,
		  theme->dark ? 120 : 230);
	gfx_ring(gfx, face, 8 * one, one, theme->ink3, 150);
	if (width > inner.w * 64)
		x -= width - inner.w * 64;
	before = gfx_clip(gfx, inner);
	if (!*words)
		paint_text(gfx, inner, style, ALIGN_LEFT, "Find in this page",
			   theme->ink3);
	if (field->all && width)
		gfx_fill(gfx,
			 (struct rect){ x / 64, all.h / 5, width / 64,
					all.h * 3 / 5 },
			 theme->link, 70);
	gfx_text(gfx, style, x, base, words, theme->ink);
	gfx_unclip(gfx, before);
	if (!widget->focused)
		return;
	gfx_fill(gfx,
		 (struct rect){ (x + width) / 64, all.h / 4, ui_px(ui, 2) - 1,
				all.h / 2 },
		 theme->ink, 255);
	if (ui->active)
		paint_focus_ring(gfx, all, ui_px(ui, 8));
}

static char *field_value(const struct widget *widget)
{
	return xstrdup(((const struct find_field *)widget)->find->words);
}

static const struct widget_class field_class = {
	.name = "find field",
	.size = sizeof(struct find_field),
	.role = ROLE_FIELD,
	.paint = field_paint,
	.event = field_event,
	.value = field_value,
};

/* ---- the bar ---- */

static void count_words(const struct find *find, char text[48])
{
	if (!*find->words)
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
	widget_place(find->field, (struct rect){ pad, y, x - pad, side });
}

static void paint(struct widget *widget, struct gfx *gfx)
{
	const struct find *find = (const struct find *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	struct rect r = find->field->r;
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

	if (event->type == UI_KEY && event->code == KEY_ESC) {
		find->closed(find->user);
		return true;
	}
	return event->type <= UI_MOTION;
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
	struct find_field *field = widget_create(ui, &find->widget,
						 &field_class, "find");

	find->page = page;
	find->closed = closed;
	find->user = user;
	find->marks = xcalloc(FIND_MARKS_MAX, sizeof(*find->marks));
	find->field = &field->widget;
	field->find = find;
	field->widget.focusable = true;
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
	struct find_field *field = (struct find_field *)find->field;
	uint32_t from, to;

	widget_set_hidden(&find->widget, false);
	ui_set_focus(find->widget.ui, find->field);
	if (page_selection(find->page, &from, &to) &&
	    to - from < FIND_WORDS_MAX) {
		char *words = page_words(find->page, from, to);

		set_words(find, words, words ? strcspn(words, "\n") : 0);
		free(words);
	}
	field->all = true;
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
