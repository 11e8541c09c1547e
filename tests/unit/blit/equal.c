/*
 * SSE2 against the reference, bit by bit: all widths from 0 to 129, all
 * alignments within a vector, each row right before and right behind a guard
 * page, so that one byte too many is a fault.
 */
#include "suite.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "blit/implementation.h"

#if defined(__x86_64__) || defined(__i386__)

enum { PAGE = 4096, WIDTH_MAX = 129, SEEDS = 3 };

/* One page of memory between two that can't be touched. */
struct guarded {
	uint8_t *page;
};

static struct guarded guarded_init(void)
{
	uint8_t *pages = mmap(NULL, 3 * PAGE, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + PAGE, PAGE, PROT_READ | PROT_WRITE),
			 0);
	return (struct guarded){ pages + PAGE };
}

static void guarded_finish(struct guarded *guarded)
{
	munmap(guarded->page - PAGE, 3 * PAGE);
}

static uint32_t next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Runs of opaque, clear and any pixels, as windows have them. */
static void fill_random(uint8_t *data, size_t bytes, uint32_t *state)
{
	uint32_t kind = 0;

	for (size_t i = 0; i + 4 <= bytes; i += 4) {
		uint32_t pixel = next(state);

		if (i % 32 == 0)
			kind = next(state) % 4;
		if (kind == 0)
			pixel |= 0xff000000u;
		else if (kind == 1)
			pixel = 0;
		memcpy(data + i, &pixel, 4);
	}
}

struct rows {
	struct guarded from, expected, to;
};

/*
 * One width and place: the rows begin `shift` pixels behind the page's start,
 * or end with it. The reference works on a copy of the same destination.
 */
static void compare(struct rows *rows, blit_row_fn *reference, blit_row_fn *row,
		    int from_size, int to_size, int n, int from_shift,
		    int to_shift, const char *name)
{
	uint8_t *from = rows->from.page + from_shift * from_size;
	size_t at = (size_t)to_shift * (size_t)to_size;

	if (from_shift < 0)
		from = rows->from.page + PAGE - n * from_size;
	if (to_shift < 0)
		at = PAGE - (size_t)(n * to_size);
	memcpy(rows->expected.page, rows->to.page, PAGE);
	if (n)
		reference(rows->expected.page + at, from, n);
	row(rows->to.page + at, from, n);
	if (memcmp(rows->expected.page, rows->to.page, PAGE) != 0)
		ck_abort_msg("%s: n %d from %d to %d", name, n, from_shift,
			     to_shift);
}

static void compare_all(const char *name, blit_row_fn *reference,
			blit_row_fn *row, int from_size, int to_size)
{
	struct rows rows = { guarded_init(), guarded_init(), guarded_init() };
	uint32_t state = 12345;

	for (int seed = 0; seed < SEEDS; seed++)
		for (int n = 0; n <= WIDTH_MAX; n++)
			for (int shift = -1; shift < 16 / to_size; shift++) {
				fill_random(rows.from.page, PAGE, &state);
				fill_random(rows.to.page, PAGE, &state);
				compare(&rows, reference, row, from_size,
					to_size, n, -1, shift, name);
				compare(&rows, reference, row, from_size,
					to_size, n, shift < 0 ? 0 : n % 5,
					shift, name);
			}
	guarded_finish(&rows.from);
	guarded_finish(&rows.expected);
	guarded_finish(&rows.to);
}

#define COMPARE(operation, from_size, to_size) \
	compare_all(#operation, blit_generic.operation, blit_sse2.operation, \
		    from_size, to_size)

START_TEST(copies)
{
	COMPARE(stream_8888, 4, 4);
	COMPARE(copy_opaque, 4, 4);
	COMPARE(copy_8888_565, 4, 2);
	COMPARE(copy_565_8888, 2, 4);
}
END_TEST

START_TEST(overs)
{
	COMPARE(over_xrgb, 4, 4);
	COMPARE(over_argb, 4, 4);
	COMPARE(over_565, 4, 2);
}
END_TEST

/* Every alpha on every value, also sources that aren't premultiplied. */
START_TEST(over_all_values)
{
	for (uint32_t a = 0; a < 256; a++)
		for (uint32_t d = 0; d < 256; d += 4) {
			uint32_t from[4], to[4], expected[4];

			for (uint32_t i = 0; i < 4; i++) {
				from[i] = a << 24 | (a ^ d) << 16 | a << 8 |
					  (d + i);
				to[i] = (d + i) * 0x01010101u;
			}
			memcpy(expected, to, sizeof(to));
			blit_generic.over_argb(expected, from, 4);
			blit_sse2.over_argb(to, from, 4);
			if (memcmp(expected, to, sizeof(to)) != 0)
				ck_abort_msg("a %u d %u", a, d);
		}
}
END_TEST

#endif

Suite *equal_suite(void)
{
	Suite *suite = suite_create("equal");
	TCase *tcase = tcase_create("sse2");

#if defined(__x86_64__) || defined(__i386__)
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, copies);
	tcase_add_test(tcase, overs);
	tcase_add_test(tcase, over_all_values);
#endif
	suite_add_tcase(suite, tcase);
	return suite;
}
