/*
 * The reference, against the arithmetic that blit.h names, written here once
 * more and channel by channel.
 */
#include "suite.h"

#include <stdbool.h>
#include <stdint.h>

#include "blit/implementation_private.h"

/* One pixel by an operation. */
static void one(blit_fn *operation, void *to, const void *from, uint32_t color)
{
	struct blit_walk walk = {
		.to = to,
		.from = from,
		.w = 1,
		.h = 1,
		.color = color,
	};

	operation(&walk);
}

static unsigned channel(uint32_t p, int shift)
{
	return p >> shift & 0xff;
}

/* x / 255 rounded to nearest, for x up to 255 * 255 */
static unsigned divided(unsigned x)
{
	return (2 * x + 255) / 510;
}

START_TEST(over_is_exact)
{
	for (unsigned a = 0; a < 256; a++)
		for (unsigned d = 0; d < 256; d++) {
			unsigned s = a / 2, value = s + divided(d * (255 - a));
			uint32_t from = a << 24 | s << 16 | a << 8;
			uint32_t to = d * 0x01010101u;

			one(generic_over_8888, &to, &from, 0);
			if (channel(to, 24) != a + divided(d * (255 - a)) ||
			    channel(to, 16) != value ||
			    channel(to, 8) != a + divided(d * (255 - a)) ||
			    channel(to, 0) != divided(d * (255 - a)))
				ck_abort_msg("a %u d %u: %08x", a, d, to);
		}
}
END_TEST

START_TEST(over_saturates)
{
	uint32_t from = 0x10ff8001, to = 0xffffffff;

	one(generic_over_8888, &to, &from, 0);
	ck_assert_uint_eq(to, 0xfffffff0);
}
END_TEST

START_TEST(mix_is_exact)
{
	for (uint32_t s = 0; s < 256; s++)
		for (uint32_t c = 0; c < 256; c++) {
			uint32_t from = s << 16 | (255 - s) << 8 | s, to = 0;
			uint32_t value = (s + c + 1) >> 1;

			one(generic_mix_8888_8888, &to, &from,
			    c << 16 | c << 8 | c);
			if (channel(to, 24) != 255 ||
			    channel(to, 16) != value ||
			    channel(to, 8) != (255 - s + c + 1) >> 1 ||
			    channel(to, 0) != value)
				ck_abort_msg("s %u c %u: %08x", s, c, to);
		}
}
END_TEST

START_TEST(fade_is_exact)
{
	for (uint32_t alpha = 0; alpha < 256; alpha += 3)
		for (uint32_t s = 0; s < 256; s++) {
			uint32_t from = s * 0x01010101u, to = 0x80808080u;
			uint32_t t = divided(s * alpha);
			uint32_t value = t + divided(0x80 * (255 - t));

			one(generic_fade_8888, &to, &from, alpha);
			if (to != value * 0x01010101u)
				ck_abort_msg("s %u alpha %u: %08x", s, alpha,
					     to);
		}
}
END_TEST

/* Each value is shown as often in a square of 8x8 as it is bright. */
START_TEST(dither_is_fair)
{
	for (uint32_t v = 0; v < 256; v++) {
		uint32_t row[8], sum = 0, wanted = v < 248 ? v : 248;
		uint16_t to[64];
		struct blit_walk walk = {
			.to = (uint8_t *)to,
			.from = (const uint8_t *)row,
			.to_stride = 16,
			.w = 8,
			.h = 8,
		};

		for (int i = 0; i < 8; i++)
			row[i] = v * 0x010101u;
		generic_dither(&walk);
		for (int i = 0; i < 64; i++)
			sum += to[i] >> 11;
		/* 64 pixels with steps of 8: eight times the value. */
		if (sum != wanted * 8)
			ck_abort_msg("v %u: %u", v, sum);
	}
}
END_TEST

START_TEST(mask_is_exact)
{
	for (unsigned m = 0; m < 256; m++)
		for (unsigned d = 0; d < 256; d += 5)
			for (unsigned a = 0; a < 256; a += 17) {
				uint8_t mask = (uint8_t)m;
				uint32_t to = d * 0x01010101u, c = 0xc8;
				unsigned t = divided(m * a);
				unsigned rest = divided(d * (255 - t));

				one(generic_mask_8888, &to, &mask,
				    a << 24 | c << 8);
				if (channel(to, 24) !=
					    divided(255 * t + d * (255 - t)) ||
				    channel(to, 8) !=
					    divided(c * t + d * (255 - t)) ||
				    channel(to, 16) != rest ||
				    channel(to, 0) != rest)
					ck_abort_msg("m %u d %u a %u: %08x", m,
						     d, a, to);
			}
}
END_TEST

START_TEST(conversion_is_exact)
{
	for (uint32_t i = 0; i < 65536; i++) {
		uint16_t p = (uint16_t)i, back;
		uint32_t r = i >> 11, g = i >> 5 & 63, b = i & 31, to;

		one(generic_copy_565_8888, &to, &p, 0);
		one(generic_copy_8888_565, &back, &to, 0);
		if (back != p || channel(to, 24) != 255 ||
		    channel(to, 16) != (r << 3 | r >> 2) ||
		    channel(to, 8) != (g << 2 | g >> 4) ||
		    channel(to, 0) != (b << 3 | b >> 2))
			ck_abort_msg("%04x: %08x %04x", i, to, back);
	}
}
END_TEST

START_TEST(conversion_truncates)
{
	const uint32_t from[] = { 0x00070307, 0xfff8fcf8, 0x12ffffff };
	uint16_t to[3];

	for (int i = 0; i < 3; i++)
		one(generic_copy_8888_565, to + i, from + i, 0);
	ck_assert_uint_eq(to[0], 0);
	ck_assert_uint_eq(to[1], 0xffff);
	ck_assert_uint_eq(to[2], 0xffff);
}
END_TEST

Suite *generic_suite(void)
{
	Suite *suite = suite_create("generic");
	TCase *tcase = tcase_create("arithmetic");

	tcase_add_test(tcase, over_is_exact);
	tcase_add_test(tcase, over_saturates);
	tcase_add_test(tcase, mix_is_exact);
	tcase_add_test(tcase, fade_is_exact);
	tcase_add_test(tcase, dither_is_fair);
	tcase_add_test(tcase, mask_is_exact);
	tcase_add_test(tcase, conversion_is_exact);
	tcase_add_test(tcase, conversion_truncates);
	suite_add_tcase(suite, tcase);
	return suite;
}
