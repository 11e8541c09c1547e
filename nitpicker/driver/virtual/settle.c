#include "settle.h"

enum { NS_PER_MS = 1000 * 1000 };

static void end(struct settle *settle, const char *answer)
{
	settle->active = false;
	display_watch_remove(settle->display, &settle->watch);
	timer_cancel(&settle->timer);
	settle->fn(settle->user, answer);
}

/* When the picture will have been still for long enough. */
static uint64_t still_at(const struct settle *settle)
{
	uint64_t last = display_last_refresh(settle->display);

	return (last > settle->start ? last : settle->start) + settle->quiet;
}

static void schedule(struct settle *settle)
{
	uint64_t next = settle->limit;

	if (display_has_picture(settle->display) && still_at(settle) < next) {
		next = still_at(settle);
	}
	timer_set(&settle->timer, next);
}

static void timer_fired(void *user)
{
	struct settle *settle = user;
	uint64_t now = loop_now();
	bool picture = display_has_picture(settle->display);

	if (picture && now >= still_at(settle)) {
		end(settle, "ok still");
	} else if (now >= settle->limit) {
		end(settle, picture ? "ok moving" : "error no picture");
	} else {
		schedule(settle);
	}
}

/* Only the first picture moves the timer; later frames are looked at when it
 * fires. */
static void frame_drawn(void *user, const struct rect *rects, size_t count,
			bool end)
{
	struct settle *settle = user;

	(void)rects;
	(void)count;
	if (end && settle->timer.deadline == settle->limit) {
		schedule(settle);
	}
}

void settle_init(struct settle *settle, struct loop *loop,
		 struct display *display, settle_fn *fn, void *user)
{
	*settle = (struct settle){
		.display = display,
		.fn = fn,
		.user = user,
		.watch = { .refresh = frame_drawn, .user = settle },
	};
	timer_init(&settle->timer, loop, timer_fired, settle);
}

void settle_finish(struct settle *settle)
{
	display_watch_remove(settle->display, &settle->watch);
	timer_finish(&settle->timer);
}

void settle_start(struct settle *settle, uint32_t quiet_ms, uint32_t limit_ms)
{
	settle->active = true;
	settle->start = loop_now();
	settle->quiet = (uint64_t)quiet_ms * NS_PER_MS;
	settle->limit = settle->start + (uint64_t)limit_ms * NS_PER_MS;
	display_watch_add(settle->display, &settle->watch);
	schedule(settle);
}
