/*
 * The body of the frame: liquid, and what there is to say in place of a
 * client.
 */
#include <stdlib.h>

#include "liquid.h"
#include "liquid_fb.h"
#include "scout/widget/controls.h"
#include "scout/widget/paint.h"

enum { CARD_W = 400, CARD_PAD = 20, CARD_RADIUS = 8, GAP = 8 };

#define STEP_NS ((uint64_t)66666667) /* 15 Hz */

struct card {
	struct widget widget;
	struct label *title, *text;
	struct tool *close;
};

struct body {
	struct widget widget;
	struct liquid_fb *fb;
	struct liquid liquid;
	struct card *card;
	struct timer timer;
	bool on, hidden;
	uint64_t last; /* ns, of the last step */
};

/* ---- card ---- */

static struct size card_measure(struct widget *widget, int for_width)
{
	int pad = ui_tx(widget->ui, CARD_PAD), gap = ui_tx(widget->ui, GAP);
	int w = ui_tx(widget->ui, CARD_W), h = 2 * pad + 2 * gap;

	w = for_width < w ? for_width : w;
	for (struct widget *c = widget->first; c; c = c->next)
		h += widget_measure(c, w - 2 * pad).h;
	return (struct size){ w, h };
}

static void card_place(struct widget *widget)
{
	const struct card *card = (const struct card *)widget;
	int pad = ui_tx(widget->ui, CARD_PAD), gap = ui_tx(widget->ui, GAP);
	int w = widget->r.w - 2 * pad, y = pad;

	for (struct widget *c = widget->first; c; c = c->next) {
		struct size size = widget_measure(c, w);
		bool tool = c == (const struct widget *)card->close;
		int wide = tool ? size.w : w;

		if (tool)
			y += gap;
		widget_place(c, (struct rect){ pad + (w - wide) / 2, y, wide,
					       size.h });
		y += size.h + gap / 2;
	}
}

static void card_paint(struct widget *widget, struct gfx *gfx)
{
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100, radius = CARD_RADIUS * one;
	struct frect r = { 0, 0, (float)widget->r.w, (float)widget->r.h };

	gfx_soft_shadow(gfx, r, radius, 6 * one, theme->shadow, 110);
	gfx_round(gfx, r, radius, theme->card, theme->card, 255);
	gfx_ring(gfx, r, radius, one, theme->line, 160);
}

static const struct widget_class card_class = {
	.name = "card",
	.size = sizeof(struct card),
	.role = ROLE_LIST,
	.measure = card_measure,
	.place = card_place,
	.paint = card_paint,
};

static void close_pressed(void *user)
{
	struct body *body = user;

	loop_stop(body->fb->component.loop, 0);
}

static struct card *card_create(struct body *body)
{
	struct ui *ui = body->widget.ui;
	struct card *card = widget_create(ui, &body->widget, &card_class,
					  "message");

	card->title = label_create(ui, &card->widget, ALIGN_CENTER, "");
	card->text = label_create(ui, &card->widget, ALIGN_CENTER, "");
	label_set_minor(card->text, true);
	card->close = tool_create(ui, &card->widget, "Close the window", NULL,
				  close_pressed, body);
	widget_set_hidden(&card->widget, true);
	return card;
}

/* ---- body ---- */

static void body_place(struct widget *widget)
{
	const struct body *body = (const struct body *)widget;
	struct widget *card = &body->card->widget;
	struct size size = widget_measure(card, widget->r.w);

	widget_place(card, (struct rect){ (widget->r.w - size.w) / 2,
					  (widget->r.h - size.h) / 2, size.w,
					  size.h });
}

static void body_paint(struct widget *widget, struct gfx *gfx)
{
	const struct body *body = (const struct body *)widget;

	liquid_paint(&body->liquid, gfx, widget->r.w, widget->r.h);
}

static const struct widget_class body_class = {
	.name = "liquid",
	.size = sizeof(struct body),
	.role = ROLE_NONE,
	.place = body_place,
	.paint = body_paint,
};

/* Where it isn't covered by the content. */
static void damage_seen(struct body *body)
{
	const struct liquid_fb *fb = body->fb;
	struct rect place = window_place(fb->window);
	struct rect all = { 0, 0, body->widget.r.w, body->widget.r.h };
	struct rect hole = content_area(fb, place.w, place.h);
	int right, bottom;

	if (!fb->shown) {
		widget_damage(&body->widget);
		return;
	}
	hole.y -= window_body_place(fb->window, place.w, place.h).y;
	hole.w = hole.w < (int)fb->seen_w ? hole.w : (int)fb->seen_w;
	hole.h = hole.h < (int)fb->seen_h ? hole.h : (int)fb->seen_h;
	right = hole.x + hole.w;
	bottom = hole.y + hole.h;
	widget_damage_rect(&body->widget, (struct rect){ 0, 0, hole.x, all.h });
	widget_damage_rect(&body->widget,
			   (struct rect){ right, 0, all.w - right, all.h });
	widget_damage_rect(&body->widget, (struct rect){ hole.x, bottom, hole.w,
							 all.h - bottom });
}

static void schedule(struct body *body)
{
	if (!body->on || body->hidden || body->widget.ui->reduced)
		timer_cancel(&body->timer);
	else if (!timer_is_set(&body->timer))
		timer_set_in(&body->timer, STEP_NS);
}

static void step(void *user)
{
	struct body *body = user;
	uint64_t now = loop_now(), late = now - body->last;

	/* After a pause it goes on where it was. */
	liquid_step(&body->liquid,
		    (double)(late < 3 * STEP_NS ? late : STEP_NS) / 1e9);
	body->last = now;
	damage_seen(body); /* `shown` of that frame sets the timer anew */
}

void body_animate(struct body *body, bool on)
{
	body->on = on;
	schedule(body);
}

void body_shown(struct body *body, bool hidden)
{
	body->hidden = hidden;
	schedule(body);
}

void body_say(struct body *body, const char *title, const char *text)
{
	struct card *card = body->card;

	if (title) {
		label_set_text(card->title, title);
		label_set_text(card->text, text);
		widget_relayout(&card->widget);
		ui_set_focus(body->widget.ui, (struct widget *)card->close);
	}
	widget_set_hidden(&card->widget, !title);
}

struct body *body_create(struct liquid_fb *fb)
{
	struct ui *ui = window_ui(fb->window);
	struct body *body = widget_create(ui, window_body(fb->window),
					  &body_class, "");

	body->fb = fb;
	liquid_init(&body->liquid);
	timer_init(&body->timer, fb->component.loop, step, body);
	body->card = card_create(body);
	return body;
}

void body_finish(struct body *body)
{
	timer_finish(&body->timer);
}
