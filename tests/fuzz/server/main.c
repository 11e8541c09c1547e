/*
 * The whole core of the server: bytes are clients that come and go, their
 * commands, buffers and drawings, devices, outputs and configs. Clients'
 * ledgers are checked after each event, the picture against the naive
 * painter's.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scene/scene.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEPS_MAX = 160, SHOWS_MAX = 3, SIDE_MAX = 48 };

/* What the core says would drown the fuzzer's own report, which goes elsewhere
 * with this option. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char option[] = "-close_fd_mask=2";
	char **with_option = xcalloc((size_t)*argc + 2, sizeof(*with_option));

	memcpy(with_option, *argv, (size_t)*argc * sizeof(*with_option));
	with_option[(*argc)++] = option;
	*argv = with_option;
	return 0;
}

static void step(struct scene *scene, int *shows)
{
	switch (choose(&scene->choice, 16)) {
	case 0:
		if ((*shows)++ < SHOWS_MAX)
			scene_show(scene);
		break;
	case 1:
		scene_output(scene, 1 + (int)choose(&scene->choice, SIDE_MAX),
			     1 + (int)choose(&scene->choice, SIDE_MAX),
			     choose(&scene->choice, 2) ? BLIT_RGB565
						       : BLIT_XRGB8888,
			     25 + choose(&scene->choice, 300));
		break;
	default:
		scene_step(scene, false);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct choice choice = { .bytes = data, .left = size };
	struct scene scene;
	int shows = 0;

	scene_init(&scene, choice);
	scene_output(&scene, SIDE_MAX, SIDE_MAX, BLIT_XRGB8888, 100);
	for (int i = 0; i < STEPS_MAX && scene.choice.left; i++)
		step(&scene, &shows);
	scene_show(&scene);
	scene_finish(&scene);
	return 0;
}
