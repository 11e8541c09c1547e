/*
 * bench_blit: blit beside the C library, pixman and SDL.
 *
 *   bench_blit WORK W H [FIELDS]     measures with BLIT=NAME or the best;
 * prints lines "NAME NANOSECONDS" for a pixel, and the lower quartile of ours
 * beside each peer's, the best ratio of three runs bench_blit --list names of
 * the works bench_blit --instructions WORK WHO W H N   calls it N times: for
 * callgrind
 *
 * Thread CPU time, candidates interleaved in rounds; with FIELDS > 1 each call
 * works on the next of so many surfaces, so that nothing is cached.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "field.h"

enum { ROUNDS = 21, RUNS = 3, FIELDS_MAX = 64 };

/* A sample takes about this long, in pixels. */
enum { SAMPLE = 1 << 19 };

struct bench {
	enum work work;
	int w, h, fields;
	struct field field[FIELDS_MAX];
	int next;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Nanoseconds for one pixel. */
static double sample(struct bench *bench, enum who who)
{
	int count = SAMPLE / (bench->w * bench->h);

	/* What the one before left in the cache is nobody's merit. */
	for (int i = 0; bench->fields == 1 && i < 2; i++)
		work_run(bench->work, who, &bench->field[0], bench->w,
			 bench->h);
	if (count < 1)
		count = 1;

	double start = now();

	for (int i = 0; i < count; i++) {
		/* A division would cost as much as a small rectangle. */
		if (++bench->next >= bench->fields)
			bench->next = 0;
		work_run(bench->work, who, &bench->field[bench->next], bench->w,
			 bench->h);
	}
	return (now() - start) / count / bench->w / bench->h;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The lower quartiles of both in one run, whose rounds begin with either. */
static void run(struct bench *bench, enum who peer, double quartiles[2])
{
	double samples[2][ROUNDS];

	for (int round = 0; round < ROUNDS; round++)
		for (int k = 0; k < 2; k++) {
			int which = (round + k) % 2;

			samples[which][round] = sample(bench,
						       which ? peer : BLIT);
		}
	for (int k = 0; k < 2; k++) {
		qsort(samples[k], ROUNDS, sizeof(double), by_value);
		quartiles[k] = samples[k][ROUNDS / 4];
	}
}

/* Beside each peer alone, since what one leaves in the cache may be another's
 * gain or loss; the run in which ours was best. */
static void measure(struct bench *bench)
{
	printf("implementation %s\n", blit_implementation());
	for (int peer = BLIT + 1; peer < WHO; peer++) {
		double best[2] = { 1, 0 }, quartiles[2];

		if (!work_has(bench->work, (enum who)peer))
			continue;
		for (int i = 0; i < RUNS; i++) {
			run(bench, (enum who)peer, quartiles);
			if (quartiles[1] * best[0] > best[1] * quartiles[0])
				memcpy(best, quartiles, sizeof(best));
		}
		printf("%s %.4f %.4f %.4f\n", who_names[peer], best[0], best[1],
		       best[1] / best[0]);
	}
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
	struct field field;

	field_init(&field, work, w, h, w);
	if (work == GLYPH)
		memset(field.coverage, 0xff, (size_t)w * (size_t)h);
	for (int i = size_of(argv[6]); i > 0; i--)
		work_run(work, who, &field, w, h);
	field_finish(&field);
}

int main(int argc, char **argv)
{
	static struct bench bench;

	if (argc == 7 && strcmp(argv[1], "--instructions") == 0) {
		instructions(argv);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		/* Ends here if the one that is asked for can't run. */
		blit_implementation();
		for (int i = 0; i < WORKS; i++)
			puts(work_names[i]);
		return 0;
	}
	if (argc < 4 || argc > 5) {
		fputs("usage: bench_blit WORK W H [FIELDS]\n", stderr);
		return 2;
	}
	bench.work = (enum work)number_of(work_names, WORKS, argv[1]);
	bench.w = size_of(argv[2]);
	bench.h = size_of(argv[3]);
	bench.fields = argc > 4 ? size_of(argv[4]) : 1;
	if (bench.fields > FIELDS_MAX)
		bench.fields = FIELDS_MAX;
	/* Strides as outputs have them, whatever part is drawn. */
	for (int i = 0; i < bench.fields; i++)
		field_init(&bench.field[i], bench.work, bench.w, bench.h,
			   bench.w < 1920 ? 1920 : bench.w);
	measure(&bench);
	for (int i = 0; i < bench.fields; i++)
		field_finish(&bench.field[i]);
	return 0;
}
