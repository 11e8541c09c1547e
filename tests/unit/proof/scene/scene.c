#include "scene.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

uint32_t choose(struct choice *choice, uint32_t below)
{
	uint32_t value;

	if (!choice->bytes) {
		choice->state = choice->state * UINT64_C(6364136223846793005) +
				UINT64_C(1442695040888963407);
		return (uint32_t)((choice->state >> 33) * below >> 31);
	}
	if (!choice->left)
		return 0;
	choice->left--;
	value = *choice->bytes++;
	if (below > 256 && choice->left) {
		choice->left--;
		value = value << 8 | *choice->bytes++;
	}
	return value % below;
}

_Noreturn void scene_fail(const struct scene *scene, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "seed %u step %u (%s): ", scene->seed, scene->step,
		scene->doing);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

void scene_output(struct scene *scene, int w, int h, enum blit_format format,
		  uint32_t scale)
{
	int bytes = blit_bytes_per_pixel(format);
	struct blit_surface output = {
		.stride = w * bytes, .width = w, .height = h, .format = format
	};

	free(scene->output);
	scene->output = xcalloc((size_t)(w * h), (size_t)bytes);
	output.pixels = scene->output;
	core_set_output(&scene->core, &output, scale);
}

void scene_init(struct scene *scene, struct choice choice)
{
	*scene = (struct scene){ .choice = choice,
				 .now_us = 1000000,
				 .paint = true,
				 .doing = "start" };
	naive_init(&scene->now);
	naive_init(&scene->then);
	region_init(&scene->painted);
	core_init(&scene->core, &scene_handler, scene);
	scene_output(scene, 96, 80, BLIT_XRGB8888, 100);
}

void scene_finish(struct scene *scene)
{
	scene->doing = "end";
	core_input_reset(&scene->core);
	memset(scene->down, 0, sizeof(scene->down));
	ledger_check(scene);
	for (int i = 0; i < SCENE_CLIENTS; i++) {
		const struct ledger *ledger = &scene->clients[i].ledger;

		for (size_t k = 0; k < sizeof(ledger->keys); k++)
			if (ledger->keys[k] || ledger->slots)
				scene_fail(scene, "client %d holds keys", i);
	}
	for (int i = 0; i < SCENE_CLIENTS; i++)
		scene_disconnect(scene, &scene->clients[i]);
	core_finish(&scene->core);
	region_finish(&scene->painted);
	naive_finish(&scene->now);
	naive_finish(&scene->then);
	free(scene->output);
}

static uint32_t output_pixel(const struct scene *scene, size_t i)
{
	uint32_t v;

	if (scene->now.format != BLIT_RGB565)
		return ((uint32_t *)scene->output)[i] | 0xff000000;
	v = ((uint16_t *)scene->output)[i];
	return 0xff000000 | (v >> 11 << 3 | v >> 13) << 16 |
	       ((v >> 5 & 63) << 2 | (v >> 9 & 3)) << 8 |
	       ((v & 31) << 3 | (v >> 2 & 7));
}

void scene_show(struct scene *scene)
{
	struct core *core = &scene->core;
	struct naive then = scene->then;
	const uint32_t *still = NULL;

	core_update(core);
	if (core->frozen.on)
		still = scene->now.still;
	core_compose(core, &scene->painted);
	if (scene->opaque && core->written != core->painted)
		scene_fail(scene, "%llu pixels written for %llu",
			   (unsigned long long)core->written,
			   (unsigned long long)core->painted);
	scene->then = scene->now;
	scene->now = then;
	naive_paint(&scene->now, core, still);
	for (int y = 0; y < scene->now.h; y++)
		for (int x = 0; x < scene->now.w; x++) {
			size_t i = (size_t)(y * scene->now.w + x);

			if (output_pixel(scene, i) != scene->now.pixels[i])
				scene_fail(scene, "%d,%d is %08x, not %08x", x,
					   y, output_pixel(scene, i),
					   scene->now.pixels[i]);
		}
}

void scene_measure(struct scene *scene, int64_t *damaged, int64_t *changed)
{
	struct core *core = &scene->core;
	const struct naive *before = &scene->now, *after = &scene->then;

	core_update(core);
	*damaged = *changed = 0;
	if (core->kill)
		return; /* the picture stands still */
	naive_paint(&scene->then, core, NULL);
	*damaged = region_area(&core->damage);
	for (int y = 0; y < after->h; y++)
		for (int x = 0; x < after->w; x++) {
			size_t i = (size_t)(y * after->w + x);

			if (before->w == after->w && before->h == after->h &&
			    before->layers[i] == after->layers[i])
				continue;
			++*changed;
			if (!region_has_point(&core->damage, x, y) &&
			    before->pixels[i] != after->pixels[i])
				scene_fail(scene, "%d,%d is not damaged", x, y);
		}
}

void scene_step(struct scene *scene, bool single)
{
	scene->step++;
	scene->now_us += choose(&scene->choice, 4) ? 1000 : 600000;
	if (!choose(&scene->choice, 50))
		scene_configure(scene);
	else if (choose(&scene->choice, 4))
		scene_command(scene, single);
	else
		scene_device(scene);
}
