/*
 * blit.h as its users see it: every pair of formats, areas inside a surface,
 * odd and negative strides, overlap, the choice.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "blit/blit.h"

enum { W = 37, H = 11, STRIDE = 168, BYTES = STRIDE * H };

struct canvas {
	uint8_t data[BYTES];
	struct blit_surface surface;
};

static void canvas_init(struct canvas *canvas, enum blit_format format,
			bool upside_down, uint32_t seed)
{
	for (size_t i = 0; i < BYTES; i++) {
		seed = seed * 1664525 + 1013904223;
		canvas->data[i] = (uint8_t)(seed >> 24);
	}
	canvas->surface = (struct blit_surface){
		.pixels = canvas->data + (upside_down ? STRIDE * (H - 1) : 0),
		.stride = upside_down ? -STRIDE : STRIDE,
		.width = W,
		.height = H,
		.format = format,
	};
}

static uint8_t *at(const struct canvas *canvas, int x, int y)
{
	return (uint8_t *)canvas->surface.pixels + y * canvas->surface.stride +
	       x * blit_bytes_per_pixel(canvas->surface.format);
}

/* The pixel as xrgb8888. */
static uint32_t get(const struct canvas *canvas, int x, int y)
{
	uint32_t word;
	uint16_t half;

	if (canvas->surface.format != BLIT_RGB565) {
		memcpy(&word, at(canvas, x, y), 4);
		return word | 0xff000000u;
	}
	memcpy(&half, at(canvas, x, y), 2);

	uint32_t r = half >> 11, g = half >> 5 & 63, b = half & 31;

	return 0xff000000u | (r << 3 | r >> 2) << 16 | (g << 2 | g >> 4) << 8 |
	       (b << 3 | b >> 2);
}

/* What a format keeps of a colour. */
static uint32_t kept(enum blit_format format, uint32_t color)
{
	uint32_t r = color >> 19 & 31, g = color >> 10 & 63;
	uint32_t b = color >> 3 & 31;

	if (format != BLIT_RGB565)
		return color | 0xff000000u;
	return 0xff000000u | (r << 3 | r >> 2) << 16 | (g << 2 | g >> 4) << 8 |
	       (b << 3 | b >> 2);
}

static bool inside(struct blit_area area, int x, int y)
{
	return x >= area.x && x < area.x + area.w && y >= area.y &&
	       y < area.y + area.h;
}

static const struct blit_area areas[] = {
	{ 0, 0, W, H, 0, 0 },  { 3, 2, 17, 5, 1, 4 }, { 36, 10, 1, 1, 0, 0 },
	{ 5, 5, 0, 3, 0, 0 },  { 5, 5, 3, 0, 0, 0 },  { 5, 5, -1, 3, 0, 0 },
	{ 1, 0, 32, H, 5, 0 },
};

enum { AREAS = sizeof(areas) / sizeof(*areas) };

static uint32_t average(uint32_t a, uint32_t b)
{
	uint32_t result = 0xff000000u;

	for (int shift = 0; shift < 24; shift += 8)
		result |= ((a >> shift & 255) + (b >> shift & 255) + 1) / 2
			  << shift;
	return result;
}

/* Copy or mix, in every pair of formats and directions of rows. */
static void check_pair(int to_format, int from_format, int flips, bool slow,
		       bool mix)
{
	struct canvas to, from, before;
	const uint32_t color = 0x00c86432;

	for (size_t i = 0; i < AREAS; i++) {
		struct blit_area area = areas[i];

		canvas_init(&to, (enum blit_format)to_format, flips & 1, 1);
		canvas_init(&from, (enum blit_format)from_format, flips & 2, 2);
		to.surface.slow_read = slow;
		canvas_init(&before, (enum blit_format)to_format, flips & 1, 1);
		if (mix)
			blit_mix(&to.surface, &from.surface, area, color);
		else
			blit_copy(&to.surface, &from.surface, area);
		for (int y = 0; y < H; y++)
			for (int x = 0; x < W; x++) {
				uint32_t wanted = get(&before, x, y);

				if (inside(area, x, y)) {
					wanted = get(&from,
						     x - area.x + area.sx,
						     y - area.y + area.sy);
					if (mix)
						wanted = average(wanted, color);
					wanted = kept(to.surface.format,
						      wanted);
				}
				if (get(&to, x, y) != wanted)
					ck_abort_msg("%d to %d, flips %d, "
						     "area %zu at %d,%d",
						     from_format, to_format,
						     flips, i, x, y);
			}
	}
}

START_TEST(copy_and_mix)
{
	for (int flips = 0; flips < 4; flips++)
		for (int slow = 0; slow < 2; slow++)
			for (int mix = 0; mix < 2; mix++)
				check_pair(_i / 3, _i % 3, flips, slow, mix);
}
END_TEST

START_TEST(alpha_of_copies)
{
	uint32_t from = 0x12345678, to = 0;
	struct blit_surface source = { &from, 4, 1, 1, BLIT_ARGB8888, false };
	struct blit_surface target = { &to, 4, 1, 1, BLIT_ARGB8888, false };
	struct blit_area area = { 0, 0, 1, 1, 0, 0 };

	blit_copy(&target, &source, area);
	ck_assert_uint_eq(to, 0x12345678);
	target.format = BLIT_XRGB8888;
	blit_copy(&target, &source, area);
	ck_assert_uint_eq(to, 0xff345678);
	source.format = BLIT_XRGB8888;
	target.format = BLIT_ARGB8888;
	blit_copy(&target, &source, area);
	ck_assert_uint_eq(to, 0xff345678);
	blit_fill(&target, 0, 0, 1, 1, 0x40102030);
	ck_assert_uint_eq(to, 0x40102030);
	target.format = BLIT_XRGB8888;
	blit_fill(&target, 0, 0, 1, 1, 0x40102030);
	ck_assert_uint_eq(to, 0xff102030);
}
END_TEST

START_TEST(fill)
{
	for (int format = 0; format < 3; format++)
		for (size_t i = 0; i < AREAS; i++) {
			struct canvas to, before;
			struct blit_area a = areas[i];
			uint32_t color = 0xff89abcd;
			bool same = true;

			canvas_init(&to, (enum blit_format)format, i & 1, 3);
			canvas_init(&before, (enum blit_format)format, i & 1,
				    3);
			blit_fill(&to.surface, a.x, a.y, a.w, a.h, color);
			for (int y = 0; y < H; y++)
				for (int x = 0; x < W; x++)
					same &= get(&to, x, y) ==
						(inside(a, x, y)
							 ? kept(to.surface
									.format,
								color)
							 : get(&before, x, y));
			ck_assert_msg(same, "format %d area %zu", format, i);
		}
}
END_TEST

/* All shifts within one surface: as if the source had been read first. */
START_TEST(overlap)
{
	for (int flip = 0; flip < 2; flip++)
		for (int dy = -3; dy <= 3; dy++)
			for (int dx = -5; dx <= 5; dx++) {
				struct canvas to, before;
				struct blit_area area = { 6 + dx, 3 + dy, 24,
							  5,      6,      3 };
				bool same = true;

				canvas_init(&to, BLIT_XRGB8888, flip, 4);
				to.surface.slow_read = dx & 1;
				canvas_init(&before, BLIT_XRGB8888, flip, 4);
				blit_copy(&to.surface, &to.surface, area);
				for (int y = 0; y < H; y++)
					for (int x = 0; x < W; x++) {
						bool in = inside(area, x, y);

						same &= get(&to, x, y) ==
							get(&before,
							    in ? x - dx : x,
							    in ? y - dy : y);
					}
				ck_assert_msg(same, "flip %d by %d,%d", flip,
					      dx, dy);
			}
}
END_TEST

START_TEST(over_and_mask_walk_rows)
{
	uint32_t from[2][3] = { { 0xff112233, 0, 0x80404040 },
				{ 0, 0xff445566, 0 } };
	uint32_t to[2][4] = { { 1, 0xff0000ff, 0xff0000ff, 2 },
			      { 3, 0xff00ff00, 0xff00ff00, 4 } };
	const uint8_t mask[2][5] = { { 255, 0 }, { 0, 255 } };
	struct blit_surface source = { from, 12, 3, 2, BLIT_ARGB8888, false };
	struct blit_surface target = { to, 16, 4, 2, BLIT_XRGB8888, false };

	blit_over(&target, &source, (struct blit_area){ 1, 0, 2, 2, 0, 0 });
	ck_assert_uint_eq(to[0][1], 0xff112233);
	ck_assert_uint_eq(to[0][2], 0xff0000ff);
	ck_assert_uint_eq(to[1][1], 0xff00ff00);
	ck_assert_uint_eq(to[1][2], 0xff445566);
	blit_mask(&target, 1, 0, 2, 2, mask[0], 5, 0xffabcdef);
	ck_assert_uint_eq(to[0][1], 0xffabcdef);
	ck_assert_uint_eq(to[1][1], 0xff00ff00);
	ck_assert_uint_eq(to[1][2], 0xffabcdef);
	ck_assert_uint_eq(to[0][0] + to[0][3] + to[1][0] + to[1][3], 10);
}
END_TEST

/* In a process of its own: the choice is made once. */
static int status_with(const char *choice)
{
	pid_t pid = fork();
	int status = 0;

	if (!pid) {
		setenv("BLIT", choice, 1);
		/* The message is for people. */
		close(STDERR_FILENO);

		const char *name = blit_implementation();

		_exit(strcmp(name, choice) == 0 ? 0 : 3);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(choice)
{
	ck_assert_int_eq(status_with("generic"), 0);
#ifdef __x86_64__
	ck_assert_int_eq(status_with("sse2"), 0);
#endif
	ck_assert_int_eq(status_with("turbo"), 1);
	ck_assert_int_eq(status_with(""), 3);
}
END_TEST

Suite *surface_suite(void)
{
	Suite *suite = suite_create("surface");
	TCase *tcase = tcase_create("surface");

	tcase_add_loop_test(tcase, copy_and_mix, 0, 9);
	tcase_add_test(tcase, alpha_of_copies);
	tcase_add_test(tcase, fill);
	tcase_add_test(tcase, overlap);
	tcase_add_test(tcase, over_and_mask_walk_rows);
	tcase_add_test(tcase, choice);
	suite_add_tcase(suite, tcase);
	return suite;
}
