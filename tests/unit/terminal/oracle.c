/*
 * A thousand streams: the screens are those of another terminal. oracle/make
 * made their hashes; oracle/accepted lists where we differ, and why.
 */
#include <stdio.h>
#include <string.h>

#include "suite.h"

enum { SEEDS = 1000 };

static char *our_screen(unsigned seed)
{
	static char stream[STREAM_MAX];
	struct terminal *t = terminal_create(SCREEN_COLUMNS, SCREEN_ROWS, 100,
					     NULL, NULL);
	size_t bytes = stream_make(seed, stream, sizeof(stream));
	char *text;

	terminal_write(t, stream, bytes);
	text = screen_text(t);
	terminal_destroy(t);
	return text;
}

/* Marks the seeds that a list names. */
static void read_accepted(bool accepted[SEEDS])
{
	FILE *file = fopen(ORACLE "/accepted", "r");
	char line[256];
	unsigned seed;

	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%u", &seed) == 1 && seed < SEEDS)
			accepted[seed] = true;
	fclose(file);
}

START_TEST(screens_are_the_same)
{
	bool accepted[SEEDS] = { false };
	FILE *file = fopen(ORACLE "/hashes", "r");
	unsigned seed, count = 0, different = 0;
	unsigned long long hash;

	ck_assert_ptr_nonnull(file);
	read_accepted(accepted);
	while (fscanf(file, "%u %llx", &seed, &hash) == 2) {
		char *text = our_screen(seed);
		const bool same = text_hash(text) == hash;

		if (!same && !accepted[seed]) {
			fprintf(stderr, "stream %u differs:\n%s", seed, text);
			different++;
		}
		free(text);
		count++;
	}
	fclose(file);
	ck_assert_uint_eq(count, SEEDS);
	ck_assert_uint_eq(different, 0);
}
END_TEST

START_TEST(whole_screens)
{
	static const unsigned seeds[] = { 0, 1, 3, 4, 5, 6, 7, 8 };

	for (size_t i = 0; i < array_size(seeds); i++) {
		char path[256], *text = our_screen(seeds[i]);
		char *theirs = xcalloc(STREAM_MAX, 1);
		FILE *file;

		snprintf(path, sizeof(path), ORACLE "/screen.%u", seeds[i]);
		file = fopen(path, "r");
		ck_assert_ptr_nonnull(file);
		ck_assert(fread(theirs, 1, STREAM_MAX - 1, file) > 0);
		fclose(file);
		ck_assert_str_eq(text, theirs);
		free(theirs);
		free(text);
	}
}
END_TEST

/* In whatever pieces it comes, it is the same. */
START_TEST(pieces_do_not_matter)
{
	static char stream[STREAM_MAX];

	for (unsigned seed = 0; seed < 50; seed++) {
		struct terminal *t = terminal_create(
			SCREEN_COLUMNS, SCREEN_ROWS, 100, NULL, NULL);
		size_t bytes = stream_make(seed, stream, sizeof(stream));
		char *whole = our_screen(seed), *pieces;

		for (size_t i = 0; i < bytes; i++)
			terminal_write(t, stream + i, 1);
		pieces = screen_text(t);
		ck_assert_str_eq(whole, pieces);
		free(whole);
		free(pieces);
		terminal_destroy(t);
	}
}
END_TEST

TCase *oracle_case(void)
{
	TCase *tcase = tcase_create("oracle");

	tcase_add_test(tcase, screens_are_the_same);
	tcase_add_test(tcase, whole_screens);
	tcase_add_test(tcase, pieces_do_not_matter);
	return tcase;
}
