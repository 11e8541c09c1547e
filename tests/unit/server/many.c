/* What a move costs must not depend on what nobody sees. */
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { W = 1280, H = 800, CLIENTS = 50, FEW = 10, MANY = 990, MOVES = 101 };

struct scene {
	struct desk desk;
	struct session *mover;
	int64_t times[MOVES]; /* ns of CPU */
};

/* Views of seed 1 below a view that covers all, and one above it. */
static void fill(struct scene *scene, int count)
{
	struct desk *desk = &scene->desk;
	struct session *clients[CLIENTS];
	char label[16];
	uint32_t seed = 1;

	desk_init(desk, W, H);
	for (int i = 0; i < CLIENTS; i++) {
		snprintf(label, sizeof(label), "c%d", i);
		clients[i] = desk_session(desk, label, 64, 64, FORMAT_XRGB8888,
					  1);
	}
	for (int i = 0; i < count; i++)
		desk_window(desk, clients[i % CLIENTS],
			    (uint32_t)(i / CLIENTS) + 1,
			    (int)desk_random(&seed, W),
			    (int)desk_random(&seed, H), 256, 256);
	desk_window(desk, desk_session(desk, "cover", W, H, FORMAT_XRGB8888, 2),
		    1, 0, 0, W, H);
	scene->mover = desk_session(desk, "mover", 256, 256, FORMAT_XRGB8888,
				    3);
	desk_window(desk, scene->mover, 1, 0, 0, 256, 256);
	desk_show(desk);
}

static int64_t cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void move(struct scene *scene, int i)
{
	struct view_geometry g = { 10 + i * 7 % 900, 10 + i * 3 % 400, 256,
				   256 };
	int64_t begin = cpu_ns();

	desk_record(&scene->desk, OP_view_geometry, 1, &g, sizeof(g));
	desk_execute(&scene->desk, scene->mover);
	ck_assert_int_gt(desk_show(&scene->desk), 0);
	scene->times[i] = cpu_ns() - begin;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The lower quartile: neighbours only add. */
static int64_t quartile(struct scene *scene)
{
	qsort(scene->times, MOVES, sizeof(scene->times[0]), compare);
	return scene->times[MOVES / 4];
}

START_TEST(hidden_views_cost_no_time)
{
	struct scene *few = calloc(1, sizeof(*few));
	struct scene *many = calloc(1, sizeof(*many));
	int64_t a, b;
	int rounds = 0;

	fill(few, FEW);
	fill(many, MANY);
	/* Neighbours also take the cache away, and not in each round. */
	do {
		ck_assert_int_lt(rounds++, 5);
		for (int i = 0; i < MOVES; i++) {
			move(few, i);
			move(many, i);
		}
		a = quartile(few);
		b = quartile(many);
		printf("# a move over %d views: %.1f us, over %d: %.1f us\n",
		       FEW, (double)a / 1e3, MANY, (double)b / 1e3);
	} while (b > 2 * a);
	desk_finish(&few->desk);
	desk_finish(&many->desk);
	free(few);
	free(many);
}
END_TEST

Suite *many_suite(void)
{
	Suite *suite = suite_create("many");
	TCase *tcase = tcase_create("many");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, hidden_views_cost_no_time);
	suite_add_tcase(suite, tcase);
	return suite;
}
