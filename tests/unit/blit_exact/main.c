/*
 * Every implementation of blit against the reference, bit by bit, by random
 * calls of blit.h between guard pages. Prints TAP, and of each operation the
 * sum of the CRCs of its results. Of the first cases with seed 1 these sums are
 * stored here: all implementations on all platforms give them.
 *
 *   unit_blit_exact [--seed N] [--cases N] [--case N] [--only IMPLEMENTATION]
 *
 * A failure prints seed and case: with both the case runs alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blit/implementation_private.h"
#include "case.h"

enum {
	SEED = 1,
	STORED = 20000, /* cases */
	OTHERS = 7,
};

/* Sums of the first STORED cases with SEED. They change with the cases; a
 * change of them alone is a change of what blit draws. */
static const uint32_t stored[OPERATIONS] = {
	[COPY] = 0xbe5d2848,   [SCROLL] = 0x5d657319, [DITHER] = 0xc445408b,
	[SWAP] = 0x974bfca9,   [FILL] = 0x72c505c9,   [OVER] = 0xb9fd6c14,
	[FADE] = 0x7414cc62,   [MASKED] = 0xdf30f263, [MIX] = 0xfbec7ca8,
	[MASK] = 0xfcc0d0d4,   [ROTATE] = 0xd6690271, [ENLARGE] = 0x0f4b0136,
	[SHRINK] = 0x04d1156a, [SMOOTH] = 0xd4408d20,
};

struct test {
	uint64_t seed;
	uint32_t first, end; /* cases */
	const char *only;
	uint8_t *to, *from; /* regions between guard pages */
	uint8_t *initial, *expected; /* what is to be in the first of them */
	/* Those that run here but the reference; ends with NULL. */
	const struct blit_implementation *others[OTHERS + 1];
	/* Of the first STORED cases; the reference's come last. */
	uint32_t sums[OTHERS + 1][OPERATIONS];
	uint64_t compared;
};

/* The registers of MMX are those of floating point: without emms this is not a
 * number. */
static bool floats_work(void)
{
	volatile long double seven = 7, third = 1;

	third /= 3;
	return third * 3 + seven == 8.0L;
}

/* The bytes of a destination, and as many around it as one step too many
 * could touch. */
struct window {
	size_t at, size;
};

static struct window window_of(const struct test *test,
			       const struct blit_case *c)
{
	const size_t around = 256;
	size_t begin = (size_t)(c->to.bytes - test->to);
	size_t end = begin + c->to.size + around;

	begin = begin < around ? 0 : begin - around;
	end = end > REGION ? REGION : end;
	return (struct window){ begin, end - begin };
}

static void run(const struct test *test, const struct blit_case *c,
		const struct blit_implementation *implementation)
{
	struct window window = window_of(test, c);

	memcpy(test->to + window.at, test->initial + window.at, window.size);
	blit_force(implementation);
	case_call(c);
}

static bool is_equal(const struct test *test, const struct blit_case *c)
{
	struct window window = window_of(test, c);
	const uint8_t *got = test->to + window.at;
	const uint8_t *expected = test->expected + window.at;

	if (memcmp(got, expected, window.size) == 0)
		return true;
	for (; *got == *expected; got++)
		expected++;
	fprintf(stderr, "byte %td of the surface is %02x, not %02x\n",
		got - c->to.bytes, *got, *expected);
	return false;
}

static bool compare(const struct test *test, const struct blit_case *c,
		    uint32_t number,
		    const struct blit_implementation *implementation)
{
	run(test, c, implementation);

	bool good = floats_work();

	if (!good)
		fprintf(stderr, "floating point is broken after this call\n");
	if (good && is_equal(test, c))
		return true;
	fprintf(stderr, "%s, --seed %llu --case %u: ", implementation->name,
		(unsigned long long)test->seed, number);
	case_print(c);
	return false;
}

/* Notes what lies in the destination as drawn by others[who], or by the
 * reference. */
static void sum(struct test *test, const struct blit_case *c, uint32_t number,
		size_t who)
{
	if (number < STORED)
		test->sums[who][c->operation] += crc32_of(c->to.bytes,
							  c->to.size);
}

/* One case with all implementations. */
static bool run_case(struct test *test, uint32_t number)
{
	struct blit_case c = case_init(test->seed, number, test->to,
				       test->from);
	struct random random = random_init(test->seed + 1, number);
	struct window window = window_of(test, &c);
	bool good = true;

	random_fill(&random, test->initial + window.at, window.size);
	run(test, &c, &blit_generic);
	memcpy(test->expected + window.at, test->to + window.at, window.size);
	sum(test, &c, number, OTHERS);
	for (size_t i = 0; test->others[i]; i++, test->compared++) {
		good &= compare(test, &c, number, test->others[i]);
		sum(test, &c, number, i);
	}
	return good;
}

static bool option(char **argument, const char *name, const char **value)
{
	if (strcmp(argument[0], name) != 0 || !argument[1])
		return false;
	*value = argument[1];
	return true;
}

static void parse(struct test *test, char **arguments)
{
	const char *value;

	for (; *arguments; arguments += 2)
		if (option(arguments, "--seed", &value)) {
			test->seed = strtoull(value, NULL, 0);
		} else if (option(arguments, "--cases", &value)) {
			test->end = (uint32_t)strtoul(value, NULL, 0);
		} else if (option(arguments, "--case", &value)) {
			test->first = (uint32_t)strtoul(value, NULL, 0);
			test->end = test->first + 1;
		} else if (option(arguments, "--only", &value)) {
			test->only = value;
		} else {
			fprintf(stderr, "unknown option %s\n", *arguments);
			exit(2);
		}
}

static void choose_others(struct test *test)
{
	const struct blit_implementation *implementation;
	size_t count = 0;

	for (size_t i = 0; (implementation = blit_available(i)); i++)
		if (implementation != &blit_generic &&
		    (!test->only ||
		     strcmp(test->only, implementation->name) == 0))
			test->others[count++] = implementation;
}

/* Do all give what is stored? A run of other cases can't tell. */
static bool is_as_stored(const struct test *test, int operation)
{
	if (test->seed != SEED || test->first > 0 || test->end < STORED)
		return true;
	for (size_t i = 0; test->others[i]; i++)
		if (test->sums[i][operation] != stored[operation])
			return false;
	return test->sums[OTHERS][operation] == stored[operation];
}

static FILE *tap_open(void)
{
	const char *path = getenv("CK_TAP_LOG_FILE_NAME");

	return path && *path ? fopen(path, "w") : stdout;
}

int main(int argc, char **argv)
{
	const char *soak = getenv("NITPICKER_SOAK");
	const uint32_t all = OPERATIONS * SYSTEMATIC;
	struct test test = {
		.seed = SEED,
		.end = soak && *soak ? 8 * all : all,
		.to = guarded_create(),
		.from = guarded_create(),
		.initial = guarded_create(),
		.expected = guarded_create(),
	};
	uint32_t failed[OPERATIONS] = { 0 }, bad = 0;
	FILE *tap = tap_open();

	(void)argc;
	parse(&test, argv + 1);
	choose_others(&test);
	if (!tap) {
		perror("no file for the results");
		return 1;
	}
	for (uint32_t i = test.first; i < test.end && bad < 10; i++)
		if (!run_case(&test, i)) {
			failed[i % OPERATIONS]++;
			bad++;
		}
	fprintf(tap, "1..%d\n", OPERATIONS);
	for (int i = 0; i < OPERATIONS; i++) {
		if (!is_as_stored(&test, i))
			failed[i] = bad = 1;
		fprintf(tap, "%sok %d - %s %08x\n", failed[i] ? "not " : "",
			i + 1, operation_names[i], test.sums[OTHERS][i]);
	}
	fprintf(tap, "# seed %llu, cases %u to %u, %llu comparisons with\n",
		(unsigned long long)test.seed, test.first, test.end - 1,
		(unsigned long long)test.compared);
	for (size_t i = 0; test.others[i]; i++)
		fprintf(tap, "# %s\n", test.others[i]->name);
	return bad > 0 || fclose(tap) != 0;
}
