/*
 * The time of day, at each full minute.
 */
#include <time.h>

#include "launchpad.h"

static const uint64_t SECOND_NS = 1000000000;

void clock_tick(void *user)
{
	struct launchpad *launchpad = user;
	struct timespec now;
	struct tm parts;
	char text[64];

	if (!launchpad->clock || clock_gettime(CLOCK_REALTIME, &now) < 0 ||
	    !localtime_r(&now.tv_sec, &parts)) {
		panel_set_clock(launchpad->panel, "");
		return;
	}
	strftime(text, sizeof(text), "%a %e %b  %H:%M", &parts);
	panel_set_clock(launchpad->panel, text);
	/* A little late is better than a little early. */
	timer_set_in(&launchpad->minute,
		     (uint64_t)(60 - parts.tm_sec % 60) * SECOND_NS -
			     (uint64_t)now.tv_nsec + SECOND_NS / 100);
}

void clock_configure(struct launchpad *launchpad,
		     const struct config_node *root)
{
	bool shown = true;

	config_get_bool(root, "clock", &shown);
	launchpad->clock = shown;
	timer_cancel(&launchpad->minute);
	clock_tick(launchpad);
}
