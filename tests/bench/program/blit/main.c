/*
 * bench_blit: blit beside the C library, pixman and SDL.
 *
 *   bench_blit WORK W H [FIELDS [quick]]
 *       measures with BLIT=NAME or the best: a line for each peer with ours and
 *       theirs, nanoseconds for a pixel, and how much faster ours is
 *   bench_blit --beside WORK W H W2 H2
 *       the same of rectangles W x H, with those of W2 x H2 as the peer
 *   bench_blit --list
 *       names of the works
 *   bench_blit --instructions WORK WHO W H N
 *       calls it N times: for callgrind
 *
 * Thread CPU time, candidates interleaved in rounds, lower quartiles. With
 * FIELDS > 1 each call works on the next of so many surfaces, so that nothing
 * is cached. Quick ones take few rounds. Whoever wants the best of some runs
 * starts it anew for each: which pages a process gets decides much of what the
 * last cache does for large surfaces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "field.h"

enum { ROUNDS = 21, QUICK_ROUNDS = 5, FIELDS_MAX = 64 };

/* A sample takes about this long, in pixels. */
enum { SAMPLE = 1 << 19 };

struct bench {
	enum work work;
	int fields;
	struct field field[FIELDS_MAX];
	int next;
	int rounds;
};

/* Who draws rectangles of which size. */
struct candidate {
	enum who who;
	int w, h;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Nanoseconds for one pixel. */
static double sample(struct bench *bench, struct candidate candidate)
{
	int w = candidate.w, h = candidate.h;
	int count = SAMPLE / (w * h);
	const struct blit_area area = { .w = w, .h = h };

	/* What the one before left in the cache is nobody's merit. */
	for (int i = 0; bench->fields == 1 && i < 2; i++)
		work_run(bench->work, candidate.who, &bench->field[0], &area);
	if (count < 1)
		count = 1;

	double start = now();

	for (int i = 0; i < count; i++) {
		/* A division would cost as much as a small rectangle. */
		if (++bench->next >= bench->fields)
			bench->next = 0;
		work_run(bench->work, candidate.who, &bench->field[bench->next],
			 &area);
	}
	return (now() - start) / count / w / h;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The lower quartiles of both, in rounds that begin with either. */
static void compare(struct bench *bench, const char *peer,
		    const struct candidate both[2])
{
	double samples[2][ROUNDS], quartiles[2];

	for (int round = 0; round < bench->rounds; round++)
		for (int k = 0; k < 2; k++) {
			int which = (round + k) % 2;

			samples[which][round] = sample(bench, both[which]);
		}
	for (int k = 0; k < 2; k++) {
		qsort(samples[k], (size_t)bench->rounds, sizeof(double),
		      by_value);
		quartiles[k] = samples[k][bench->rounds / 4];
	}
	printf("%s %.4f %.4f %.4f\n", peer, quartiles[0], quartiles[1],
	       quartiles[1] / quartiles[0]);
}

/* Beside each peer alone, since what one leaves in the cache may be another's
 * gain or loss. */
static void measure(struct bench *bench, int w, int h)
{
	for (int peer = BLIT + 1; peer < WHO; peer++)
		if (work_has(bench->work, (enum who)peer))
			compare(bench, who_names[peer],
				(struct candidate[]){
					{ BLIT, w, h },
					{ (enum who)peer, w, h } });
}

static int number_of(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	fprintf(stderr, "%s: no such name\n", name);
	exit(2);
}

static int size_of(const char *text)
{
	long size = strtol(text, NULL, 10);

	if (size < 1 || size > 1 << 20) {
		fprintf(stderr, "%s: not a size\n", text);
		exit(2);
	}
	return (int)size;
}

static void instructions(char **argv)
{
	enum work work = (enum work)number_of(work_names, WORKS, argv[2]);
	enum who who = (enum who)number_of(who_names, WHO, argv[3]);
	int w = size_of(argv[4]), h = size_of(argv[5]);
	const struct blit_area area = { .w = w, .h = h };
	struct field field;

	field_init(&field, work, w, h, w, NULL);
	if (work == GLYPH)
		memset(field.coverage, 0xff, (size_t)w * (size_t)h);
	for (int i = size_of(argv[6]); i > 0; i--)
		work_run(work, who, &field, &area);
	field_finish(&field);
}

/* Surfaces for rectangles up to w x h; strides as outputs have them, whatever
 * part is drawn. */
static void bench_init(struct bench *bench, const char *work, int w, int h,
		       int fields)
{
	bench->work = (enum work)number_of(work_names, WORKS, work);
	bench->fields = fields > FIELDS_MAX ? FIELDS_MAX : fields;
	for (int i = 0; i < bench->fields; i++)
		field_init(&bench->field[i], bench->work, w, h,
			   w < 1920 ? 1920 : w, i ? &bench->field[0] : NULL);
	printf("implementation %s\n", blit_implementation());
}

static void bench_finish(struct bench *bench)
{
	for (int i = 0; i < bench->fields; i++)
		field_finish(&bench->field[i]);
}

static void beside(struct bench *bench, char **argv)
{
	struct candidate both[] = {
		{ BLIT, size_of(argv[3]), size_of(argv[4]) },
		{ BLIT, size_of(argv[5]), size_of(argv[6]) },
	};
	int w = both[0].w > both[1].w ? both[0].w : both[1].w;
	int h = both[0].h > both[1].h ? both[0].h : both[1].h;

	bench_init(bench, argv[2], w, h, 1);
	compare(bench, "other", both);
	bench_finish(bench);
}

int main(int argc, char **argv)
{
	static struct bench bench = { .rounds = ROUNDS };

	if (argc == 7 && strcmp(argv[1], "--instructions") == 0) {
		instructions(argv);
	} else if (argc == 7 && strcmp(argv[1], "--beside") == 0) {
		beside(&bench, argv);
	} else if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		/* Ends here if the one that is asked for can't run. */
		blit_implementation();
		for (int i = 0; i < WORKS; i++)
			puts(work_names[i]);
	} else if (argc >= 4 && argc <= 6) {
		int w = size_of(argv[2]), h = size_of(argv[3]);

		if (argc == 6)
			bench.rounds = QUICK_ROUNDS;
		bench_init(&bench, argv[1], w, h,
			   argc > 4 ? size_of(argv[4]) : 1);
		measure(&bench, w, h);
		bench_finish(&bench);
	} else {
		fputs("usage: bench_blit WORK W H [FIELDS [quick]]\n", stderr);
		return 2;
	}
	return 0;
}
