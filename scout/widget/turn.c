/*
 * A frame of the tree: alarms, animations, layout, painting.
 */
#include "scout/widget/widget.h"

enum { NS_PER_MS = 1000000 };

/* ---- animations ---- */

static void stop(struct ui *ui, float *value)
{
	for (unsigned i = 0; i < ui->animations_running; i++)
		if (ui->animations[i].value == value) {
			ui->animations[i] =
				ui->animations[--ui->animations_running];
			return;
		}
}

void ui_animate(struct ui *ui, struct widget *widget, float *value, float to,
		int ms)
{
	stop(ui, value);
	widget_damage(widget);
	if (*value == to)
		return;
	if (ui->reduced || ui->animations_running == UI_ANIMATIONS_MAX) {
		*value = to;
		return;
	}
	ui->animations[ui->animations_running++] = (struct animation){
		.widget = widget,
		.value = value,
		.from = *value,
		.to = to,
		.length = (uint64_t)ms * NS_PER_MS,
	};
}

bool ui_is_animated(const struct ui *ui, const float *value)
{
	for (unsigned i = 0; i < ui->animations_running; i++)
		if (ui->animations[i].value == value)
			return true;
	return false;
}

bool ui_is_moving(const struct ui *ui)
{
	return ui->animations_running > 0;
}

/* Quick at first, then slower. */
static float eased(float t)
{
	float rest = 1 - t;

	return 1 - rest * rest * rest;
}

/* Hover and press change no place; how much of it is there changes others'. */
static bool changes_places(const struct animation *a)
{
	const struct widget *widget = a->widget;

	if (a->value == &widget->away)
		return true;
	return a->value != &widget->glow && a->value != &widget->sink &&
	       a->value != &widget->faint && widget->cls->place;
}

static void animate(struct ui *ui, uint64_t now)
{
	for (unsigned i = 0; i < ui->animations_running;) {
		struct animation *a = &ui->animations[i];
		struct widget *widget = a->widget;

		/* It begins with the first frame that shows it. */
		if (!a->start)
			a->start = now;
		uint64_t passed = now - a->start;
		bool over = ui->reduced || passed >= a->length;
		float t = over ? 1 : (float)passed / (float)a->length;

		*a->value = over ? a->to
				 : a->from + (a->to - a->from) * eased(t);
		if (changes_places(a))
			widget_relayout(widget);
		widget_damage(widget);
		if (!over) {
			i++;
			continue;
		}
		bool gone = widget->leaving && a->value == &widget->away;

		*a = ui->animations[--ui->animations_running];
		if (gone) {
			/* Others' animations go with it. */
			widget_destroy(widget);
			i = 0;
		}
	}
}

/* ---- alarms ---- */

static void drop_alarm(struct ui *ui, unsigned i)
{
	ui->alarms[i] = ui->alarms[--ui->alarms_waiting];
}

void widget_set_alarm(struct widget *widget, int ms)
{
	struct ui *ui = widget->ui;

	for (unsigned i = 0; i < ui->alarms_waiting; i++)
		if (ui->alarms[i].widget == widget) {
			drop_alarm(ui, i);
			break;
		}
	if (ms < 0 || ui->alarms_waiting == UI_ALARMS_MAX)
		return;
	ui->alarms[ui->alarms_waiting++] = (struct alarm){
		.widget = widget,
		.length = (uint64_t)ms * NS_PER_MS,
	};
	if (ui->handler.wake)
		ui->handler.wake(ui->user);
}

/* Alarms may set and drop others: each turn looks at all of them again. */
static void ring_alarms(struct ui *ui, uint64_t now)
{
	uint64_t next = 0;

	for (unsigned i = 0; i < ui->alarms_waiting; i++)
		if (!ui->alarms[i].at)
			ui->alarms[i].at = now + ui->alarms[i].length;
	for (unsigned i = 0; i < ui->alarms_waiting;) {
		struct alarm *alarm = &ui->alarms[i];
		struct widget *widget = alarm->widget;

		if (!alarm->at || alarm->at > now) {
			i++;
			continue;
		}
		drop_alarm(ui, i);
		if (widget->cls->alarm)
			widget->cls->alarm(widget);
		i = 0;
	}
	for (unsigned i = 0; i < ui->alarms_waiting; i++)
		if (ui->alarms[i].at && (!next || ui->alarms[i].at < next))
			next = ui->alarms[i].at;
	if (next != ui->alarm_at && ui->handler.alarm)
		ui->handler.alarm(ui->user, next);
	ui->alarm_at = next;
}

void ui_update(struct ui *ui, uint64_t now)
{
	ui->now = now;
	ring_alarms(ui, now);
	animate(ui, now);
	if (ui->root && ui->root->dirty) {
		widget_place(ui->root, ui->root->r);
		if (ui->pointer_inside && !ui->grab)
			ui_rehover(ui);
		ui_tip_follow(ui);
	}
	ui_bury(ui);
}

/* ---- painting ---- */

static void paint(struct widget *widget, struct gfx *gfx)
{
	struct gfx own = *gfx;

	if (widget->hidden)
		return;
	own.x += widget->r.x;
	own.y += widget->r.y;
	own.clip = rect_intersect(
		own.clip,
		(struct rect){ own.x, own.y, widget->r.w, widget->r.h });
	if (rect_is_empty(own.clip))
		return;
	own.veil = (uint8_t)(255 - (int)((float)(255 - own.veil) *
					 (1 - widget->away)));
	struct rect clip = own.clip;

	if (widget->cls->paint)
		widget->cls->paint(widget, &own);
	own.clip = clip;
	for (struct widget *w = widget->first; w; w = w->next)
		paint(w, &own);
	if (widget->cls->paint_above)
		widget->cls->paint_above(widget, &own);
}

void ui_paint(struct ui *ui, struct gfx *gfx, struct rect r)
{
	struct rect before = gfx_clip(gfx, r);

	gfx->text = ui->text;
	gfx->theme = ui->theme;
	gfx->scale = ui->scale;
	if (ui->root) {
		gfx->x -= ui->root->r.x;
		gfx->y -= ui->root->r.y;
		paint(ui->root, gfx);
		gfx->x += ui->root->r.x;
		gfx->y += ui->root->r.y;
	}
	gfx_unclip(gfx, before);
}

void paint_focus_ring(struct gfx *gfx, struct rect r, int radius)
{
	float width = (float)(2 * gfx->scale) / 100;

	gfx_ring(gfx,
		 (struct frect){ (float)r.x, (float)r.y, (float)r.w,
				 (float)r.h },
		 (float)radius, width, gfx->theme->link, 220);
}
