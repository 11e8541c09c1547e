#include "clock.h"

#include <time.h>

#include "scout/widget/paint.h"

enum { TIME = 52, TIME_H = 66, DATE = 15, DATE_H = 26 };

static const uint64_t SECOND_NS = 1000000000;

struct clock {
	struct widget widget;
	char time[16], date[64];
	struct timer minute;
};

static struct size clock_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 200),
			      ui_tx(widget->ui, TIME_H + DATE_H) };
}

static void clock_paint(struct widget *widget, struct gfx *gfx)
{
	const struct clock *clock = (const struct clock *)widget;
	const struct ui *ui = widget->ui;
	struct rect r = { 0, 0, widget->r.w, ui_tx(ui, TIME_H) };

	paint_text(gfx, r, ui_style(ui, TEXT_REGULAR, TIME * QUARTERS),
		   ALIGN_CENTER, clock->time, gfx->theme->ink);
	r.y = r.h;
	r.h = ui_tx(ui, DATE_H);
	paint_text(gfx, r, ui_style(ui, TEXT_REGULAR, DATE * QUARTERS),
		   ALIGN_CENTER, clock->date, gfx->theme->ink2);
}

static void clock_finish(struct widget *widget)
{
	timer_finish(&((struct clock *)widget)->minute);
}

static const struct widget_class clock_class = {
	.name = "clock",
	.size = sizeof(struct clock),
	.role = ROLE_TEXT,
	.finish = clock_finish,
	.measure = clock_measure,
	.paint = clock_paint,
};

/* At each full minute. */
static void tick(void *user)
{
	struct clock *clock = user;
	struct timespec now;
	struct tm parts;

	if (clock_gettime(CLOCK_REALTIME, &now) < 0 ||
	    !localtime_r(&now.tv_sec, &parts))
		return;
	strftime(clock->time, sizeof(clock->time), "%H:%M", &parts);
	strftime(clock->date, sizeof(clock->date), "%A, %e %B", &parts);
	widget_damage(&clock->widget);
	/* A little late is better than a little early. */
	timer_set_in(&clock->minute,
		     (uint64_t)(60 - parts.tm_sec % 60) * SECOND_NS -
			     (uint64_t)now.tv_nsec + SECOND_NS / 100);
}

struct clock *clock_create(struct ui *ui, struct widget *parent,
			   struct loop *loop)
{
	struct clock *clock = widget_create(ui, parent, &clock_class, "clock");

	timer_init(&clock->minute, loop, tick, clock);
	tick(clock);
	return clock;
}
