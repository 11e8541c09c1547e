/*
 * Proofs: random scenes against a naive painter, and random sequences of input
 * against what clients may be told. NITPICKER_SOAK=1 takes more seeds, the
 * first of them the same.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/scene.h"
#include "suite.h"

enum {
	STEPS = 40, /* of a scene */
	EVENTS = 60, /* of a sequence of input */
};

static unsigned count(unsigned quick, unsigned soak)
{
	const char *wanted = getenv("NITPICKER_SOAK");

	return wanted && !strcmp(wanted, "1") ? soak : quick;
}

static struct choice seeded(unsigned seed)
{
	return (struct choice){ .state = seed * UINT64_C(2654435761) + 1 };
}

static void start(struct scene *scene, unsigned seed, bool opaque)
{
	static const enum blit_format formats[] = { BLIT_XRGB8888,
						    BLIT_RGB565 };
	static const uint32_t scales[] = { 100, 100, 200, 150 };

	scene_init(scene, seeded(seed));
	scene->seed = seed;
	scene->opaque = opaque;
	scene_output(scene, 60 + (int)choose(&scene->choice, 60),
		     50 + (int)choose(&scene->choice, 50),
		     formats[!choose(&scene->choice, 4)],
		     scales[choose(&scene->choice, array_size(scales))]);
	if (!choose(&scene->choice, 3))
		scene_configure(scene);
	for (int i = 0; i < SCENE_CLIENTS; i++)
		if (choose(&scene->choice, 4))
			scene_connect(scene, &scene->clients[i]);
	scene_show(scene);
}

START_TEST(the_picture_is_the_naive_painters)
{
	for (unsigned seed = 0; seed < count(500, 10000); seed++) {
		struct scene scene;

		start(&scene, seed, seed % 4 == 3);
		for (int i = 0; i < STEPS; i++) {
			uint32_t steps = choose(&scene.choice, 4);

			while (steps--)
				scene_step(&scene, false);
			scene_show(&scene);
		}
		scene_finish(&scene);
	}
}
END_TEST

/*
 * After each single command, as soon as it is done: every pixel that changed
 * is damaged, and what is damaged is, in sum, at most 1.5 times what changed. A
 * pixel changes when what it is made of does, even where that happens to give
 * the same colour; the menubar is one figure, so is each label. (Regions of
 * more than REGION_MAX_RECTS rectangles are rounded to tiles; no scene has
 * them.)
 */
START_TEST(damage_is_what_a_command_changed)
{
	int64_t all_damaged = 0, all_changed = 0;

	for (unsigned seed = 0; seed < count(500, 10000); seed++) {
		struct scene scene;

		start(&scene, seed, false);
		for (int i = 0; i < STEPS; i++) {
			int64_t damaged, changed;

			scene.step++;
			scene_command(&scene, true);
			scene_measure(&scene, &damaged, &changed);
			all_damaged += damaged;
			all_changed += changed;
			scene_show(&scene);
			if (!choose(&scene.choice, 8)) {
				scene_device(&scene);
				scene_show(&scene);
			}
		}
		scene_finish(&scene);
	}
	printf("# damaged %.2f times what changed\n",
	       (double)all_damaged / (double)all_changed);
	ck_assert_int_le(all_damaged * 2, all_changed * 3);
}
END_TEST

START_TEST(input_is_balanced_and_goes_to_one)
{
	for (unsigned seed = 0; seed < count(20000, 100000); seed++) {
		struct scene scene;

		scene_init(&scene, seeded(seed));
		scene.seed = seed;
		scene.paint = false;
		for (int i = 0; i < 2; i++)
			scene_connect(&scene, &scene.clients[i]);
		for (int i = 0; i < EVENTS; i++) {
			scene.step++;
			scene.now_us += 1000;
			if (choose(&scene.choice, 3)) {
				scene_device(&scene);
				continue;
			}
			if (choose(&scene.choice, 20))
				scene_command(&scene, false);
			else
				scene_configure(&scene);
			core_update(&scene.core);
			ledger_check(&scene);
			region_clear(&scene.core.damage);
		}
		scene_finish(&scene);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("proof");
	TCase *tcase = tcase_create("proof");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(tcase, 3600);
	tcase_add_test(tcase, the_picture_is_the_naive_painters);
	tcase_add_test(tcase, damage_is_what_a_command_changed);
	tcase_add_test(tcase, input_is_balanced_and_goes_to_one);
	suite_add_tcase(suite, tcase);
	srunner_add_suite(runner, named_suite());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
