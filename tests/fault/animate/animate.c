/*
 * Draws at each `shown` and measures the gaps between them. SIGUSR1: says
 * "gaps COUNT P99_US MAX_US" of those since the last time, and begins anew.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "session/session.h"

enum { VIEW = 1, SIDE = 64, GAPS_MAX = 1 << 14 };

struct animation {
	struct component self;
	struct nitpicker *nitpicker;
	uint32_t frame;
	uint64_t last; /* time of the last `shown`, ns; 0: none */
	uint32_t gaps[GAPS_MAX]; /* us */
	size_t count;
};

static void draw(struct animation *animation)
{
	uint32_t *pixels = nitpicker_pixels(animation->nitpicker);
	size_t i;

	animation->frame++;
	for (i = 0; i < SIDE * SIDE; i++)
		pixels[i] = animation->frame * 0x010307;
	nitpicker_refresh(animation->nitpicker,
			  &(struct rect){ 0, 0, SIDE, SIDE }, 1);
}

static void shown(void *user, const struct frame_shown *body)
{
	struct animation *animation = user;
	const uint64_t now = loop_now();

	(void)body;
	if (animation->last && animation->count < GAPS_MAX)
		animation->gaps[animation->count++] =
			(uint32_t)((now - animation->last) / 1000);
	animation->last = now;
	draw(animation);
}

static int compare(const void *a, const void *b)
{
	const uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;

	return one < two ? -1 : one > two;
}

static void tell(void *user, int signo)
{
	struct animation *animation = user;
	const size_t count = animation->count;

	(void)signo;
	qsort(animation->gaps, count, sizeof(*animation->gaps), compare);
	printf("gaps %zu %u %u\n", count,
	       count ? animation->gaps[count * 99 / 100] : 0,
	       count ? animation->gaps[count - 1] : 0);
	fflush(stdout);
	animation->count = 0;
	animation->last = 0;
}

int main(int argc, char **argv)
{
	static const struct component_info info = { "animate", "draws", NULL };
	static const struct nitpicker_handler handler = { .shown = shown };
	static struct animation animation;

	component_init(&animation.self, &info, argc, argv, NULL, NULL);
	animation.nitpicker = nitpicker_open(animation.self.loop,
					     animation.self.parent, "",
					     &handler, &animation, NULL);
	if (!animation.nitpicker ||
	    nitpicker_set_buffer(animation.nitpicker, SIDE, SIDE,
				 FORMAT_XRGB8888))
		return 1;
	loop_on_signal(animation.self.loop, SIGUSR1, tell, &animation);
	nitpicker_view_create(animation.nitpicker, VIEW, 0);
	nitpicker_view_geometry(animation.nitpicker, VIEW,
				(struct rect){ 10, 10, SIDE, SIDE });
	nitpicker_execute(animation.nitpicker);
	draw(&animation);
	return loop_run(animation.self.loop);
}
