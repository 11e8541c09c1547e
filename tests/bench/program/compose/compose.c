/*
 * The core alone, 1280x800: a view of 256x256 is moved over one that covers
 * the whole screen, with many views of 50 clients below that (seed 1). In turns
 * with 10 and with 990 views below. Prints for each round the CPU nanoseconds
 * of a move in both:
 *
 *   moves FEW MANY
 *
 * With an argument, only that number of views below, and no output: for
 * instruction counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "server/core.h"

enum {
	W = 1280,
	H = 800,
	SIDE = 256,
	CLIENTS = 50,
	FEW = 10,
	MANY = 990,
	ROUNDS = 60,
	MOVES = 50
};

static void got_event(void *user, struct session *session,
		      const struct input_event *event)
{
	(void)user;
	(void)session;
	(void)event;
}

static void got_keyboard(void *user, struct session *session)
{
	(void)user;
	(void)session;
}

static void got_change(void *user)
{
	(void)user;
}

static const struct core_handler handler = {
	.event = got_event,
	.keyboard = got_keyboard,
	.changed = got_change,
};

struct scene {
	struct core core;
	struct region painted;
	struct view *mover;
	unsigned moves;
};

static struct session *make_session(struct scene *scene, int w, int h)
{
	struct session *session = session_create(&scene->core, "bench", NULL);
	struct buffer buffer = {
		.fd = -1,
		.pixels = xcalloc((size_t)(w * h), 4),
		.bytes = (uint64_t)w * (uint64_t)h * 4,
		.w = (uint32_t)w,
		.h = (uint32_t)h,
		.stride = (uint32_t)w * 4,
	};

	session_set_buffer(session, &buffer);
	return session;
}

static struct view *make_view(struct session *session, uint32_t id,
			      struct rect place)
{
	struct view *view = view_create(session, id, NULL);

	view->geometry = place;
	view_stack(view, TAILQ_FIRST(&session->core->stack));
	return view;
}

static void scene_init(struct scene *scene, unsigned below)
{
	struct blit_surface output = { xcalloc(W * H, 4), W * 4, W, H,
				       BLIT_XRGB8888,     false };
	struct session *sessions[CLIENTS];

	*scene = (struct scene){ 0 };
	core_init(&scene->core, &handler, scene);
	region_init(&scene->painted);
	core_set_output(&scene->core, &output, 100);
	srand(1);
	for (unsigned i = 0; i < CLIENTS; i++)
		sessions[i] = make_session(scene, SIDE, SIDE);
	for (unsigned i = 0; i < below; i++)
		make_view(sessions[i % CLIENTS], i / CLIENTS + 1,
			  (struct rect){ rand() % (W - SIDE),
					 rand() % (H - SIDE), SIDE, SIDE });
	make_view(make_session(scene, W, H), 1, (struct rect){ 0, 0, W, H });
	scene->mover = make_view(make_session(scene, SIDE, SIDE), 1,
				 (struct rect){ 0, 0, SIDE, SIDE });
	core_update(&scene->core);
	core_compose(&scene->core, &scene->painted);
}

static void scene_finish(struct scene *scene)
{
	struct session *session;
	void *output = scene->core.output.pixels;

	while ((session = TAILQ_FIRST(&scene->core.sessions))) {
		void *pixels = session->buffer.pixels;

		session_destroy(session);
		free(pixels);
	}
	core_finish(&scene->core);
	region_finish(&scene->painted);
	free(output);
}

static void move(struct scene *scene)
{
	struct view_geometry to = { 100 + (int)(scene->moves * 7 % 800),
				    100 + (int)(scene->moves * 3 % 300), SIDE,
				    SIDE };
	struct {
		struct record_header header;
		struct view_geometry fields;
	} record = { { OP_view_geometry, sizeof(record), 1 }, to };
	struct record_walk walk = { (const unsigned char *)&record,
				    sizeof(record) };

	scene->moves++;
	if (session_execute(scene->mover->session, walk, LIMIT_VIEWS, 0) !=
	    WIRE_OK)
		abort();
	core_update(&scene->core);
	core_compose(&scene->core, &scene->painted);
}

/* CPU nanoseconds of a move. */
static double measure(struct scene *scene)
{
	struct timespec from, to;

	move(scene);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	for (int i = 0; i < MOVES; i++)
		move(scene);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return ((double)(to.tv_sec - from.tv_sec) * 1e9 +
		(double)(to.tv_nsec - from.tv_nsec)) /
	       MOVES;
}

int main(int argc, char **argv)
{
	struct scene few, many;

	if (argc > 1) {
		scene_init(&few, (unsigned)atoi(argv[1]));
		for (int i = 0; i < MOVES; i++)
			move(&few);
		scene_finish(&few);
		return 0;
	}
	scene_init(&few, FEW);
	scene_init(&many, MANY);
	for (int i = 0; i < ROUNDS; i++) {
		double few_ns = measure(&few), many_ns = measure(&many);

		printf("moves %.0f %.0f\n", few_ns, many_ns);
	}
	scene_finish(&few);
	scene_finish(&many);
	return 0;
}
