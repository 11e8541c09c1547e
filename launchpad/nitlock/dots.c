#include "dots.h"

#include <linux/input-event-codes.h>
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "scout/widget/paint.h"

enum {
	HEIGHT = 36,
	PAD = 12,
	CELL = 13, /* from dot to dot */
	DOT = 7,
	MS_SHAKE = 420,
	SHAKE = 8, /* as far to either side */
};

struct dots {
	struct widget widget;
	char text[DOTS_BYTES_MAX + 1];
	bool error;
	float shake; /* 1..0 */
	widget_fn *enter;
	void *user;
};

static struct size dots_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 200),
			      ui_tx(widget->ui, HEIGHT) };
}

static size_t count(const struct dots *dots)
{
	size_t characters = 0;

	for (const char *c = dots->text; *c; c++)
		characters += ((unsigned char)*c & 0xc0) != 0x80;
	return characters;
}

static void dots_paint(struct widget *widget, struct gfx *gfx)
{
	const struct dots *dots = (const struct dots *)widget;
	const struct theme *theme = gfx->theme;
	const struct ui *ui = widget->ui;
	float one = (float)gfx->scale / 100;
	float away = sinf(dots->shake * 6 * (float)M_PI) * dots->shake;
	float x = away * SHAKE * one;
	float margin = SHAKE * one, w = (float)widget->r.w - 2 * margin;
	float h = (float)widget->r.h, dot = (float)ui_tx(ui, DOT);
	float cell = (float)ui_tx(ui, CELL);
	size_t room = (size_t)((w - (float)ui_tx(ui, 2 * PAD)) / cell);
	size_t shown = count(dots);
	struct frect r = { margin + x, 0, w, h };
	int faint = paint_alpha(widget);

	gfx_round(gfx, r, 8 * one, theme->card, theme->card, faint);
	gfx_ring(gfx, r, 8 * one, one, dots->error ? theme->error : theme->ink3,
		 faint);
	shown = shown < room ? shown : room;
	x = r.x + (w - (float)shown * cell) / 2;
	for (size_t i = 0; i < shown; i++)
		gfx_round(
			gfx,
			(struct frect){ x + (float)i * cell + (cell - dot) / 2,
					(h - dot) / 2, dot, dot },
			dot / 2, theme->ink, theme->ink, faint);
	if (widget->focused && ui->active && !widget->disabled)
		gfx_fill(gfx,
			 (struct rect){ (int)(x + (float)shown * cell),
					ui_tx(ui, 9), ui_px(ui, 1),
					widget->r.h - 2 * ui_tx(ui, 9) },
			 theme->ink, 255);
}

static void changed(struct dots *dots)
{
	dots->error = false;
	widget_damage(&dots->widget);
}

static void add(struct dots *dots, uint32_t character)
{
	char bytes[4];
	const size_t length = strlen(dots->text);
	const size_t more = utf8_encode(character, bytes);

	if (length + more > DOTS_BYTES_MAX)
		return;
	memcpy(dots->text + length, bytes, more);
	explicit_bzero(bytes, sizeof(bytes));
	changed(dots);
}

/* The last character. */
static void take_away(struct dots *dots)
{
	size_t length = strlen(dots->text);

	while (length) {
		const unsigned char last = (unsigned char)dots->text[--length];

		dots->text[length] = '\0';
		if ((last & 0xc0) != 0x80)
			break;
	}
	changed(dots);
}

static bool dots_event(struct widget *widget, const struct ui_event *event)
{
	struct dots *dots = (struct dots *)widget;

	if (event->type == UI_CHARACTER && event->character >= ' ' &&
	    event->character != 0x7f) {
		add(dots, event->character);
		return true;
	}
	if (event->type != UI_KEY)
		return event->type == UI_PRESS;
	switch (event->code) {
	case KEY_BACKSPACE:
		if (event->mods & UI_CONTROL)
			dots_clear(dots);
		else
			take_away(dots);
		return true;
	case KEY_ESC:
		dots_clear(dots);
		return true;
	case KEY_ENTER:
	case KEY_KPENTER:
		dots->enter(dots->user);
		return true;
	default:
		/* What will be a character is nobody's key. */
		return !(event->mods & (UI_ALT | UI_CONTROL)) &&
		       event->code >= KEY_1 && event->code <= KEY_SPACE &&
		       event->code != KEY_TAB;
	}
}

static void dots_finish(struct widget *widget)
{
	explicit_bzero(((struct dots *)widget)->text, DOTS_BYTES_MAX);
}

static const struct widget_class dots_class = {
	.name = "dots",
	.size = sizeof(struct dots),
	.role = ROLE_FIELD,
	.finish = dots_finish,
	.measure = dots_measure,
	.paint = dots_paint,
	.event = dots_event,
};

struct dots *dots_create(struct ui *ui, struct widget *parent, const char *name,
			 widget_fn *enter, void *user)
{
	struct dots *dots = widget_create(ui, parent, &dots_class, name);

	dots->enter = enter;
	dots->user = user;
	dots->widget.focusable = true;
	return dots;
}

const char *dots_text(const struct dots *dots)
{
	return dots->text;
}

void dots_clear(struct dots *dots)
{
	explicit_bzero(dots->text, DOTS_BYTES_MAX);
	changed(dots);
}

void dots_refuse(struct dots *dots)
{
	dots_clear(dots);
	dots->error = true;
	dots->shake = 1;
	ui_animate(dots->widget.ui, &dots->widget, &dots->shake, 0, MS_SHAKE);
}
