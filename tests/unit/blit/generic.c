/*
 * The reference, against the arithmetic that blit.h names, written here once
 * more and channel by channel.
 */
#include "suite.h"

#include <stdbool.h>
#include <stdint.h>

#include "blit/implementation.h"

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
			uint32_t xrgb = d * 0x010101u, argb = d * 0x01010101u;

			generic_over_xrgb(&xrgb, &from, 1);
			generic_over_argb(&argb, &from, 1);
			if (channel(xrgb, 24) != 255 ||
			    channel(xrgb, 16) != value ||
			    channel(xrgb, 8) != a + divided(d * (255 - a)) ||
			    channel(xrgb, 0) != divided(d * (255 - a)) ||
			    (argb & 0xffffff) != (xrgb & 0xffffff) ||
			    channel(argb, 24) != a + divided(d * (255 - a)))
				ck_abort_msg("a %u d %u: %08x %08x", a, d, xrgb,
					     argb);
		}
}
END_TEST

START_TEST(over_saturates)
{
	uint32_t from = 0x10ff8001, to = 0xffffffff;

	generic_over_xrgb(&to, &from, 1);
	ck_assert_uint_eq(to, 0xfffffff0);
}
END_TEST

START_TEST(mix_is_exact)
{
	for (uint32_t s = 0; s < 256; s++)
		for (uint32_t c = 0; c < 256; c++) {
			uint32_t from = s << 16 | (255 - s) << 8 | s, to = 0;
			uint32_t value = (s + c + 1) >> 1;

			generic_mix_8888_8888(&to, &from, 1,
					      c << 16 | c << 8 | c);
			if (channel(to, 24) != 255 ||
			    channel(to, 16) != value ||
			    channel(to, 8) != (255 - s + c + 1) >> 1 ||
			    channel(to, 0) != value)
				ck_abort_msg("s %u c %u: %08x", s, c, to);
		}
}
END_TEST

START_TEST(mask_is_exact)
{
	for (unsigned m = 0; m < 256; m++)
		for (unsigned d = 0; d < 256; d += 5)
			for (unsigned a = 0; a < 256; a += 17) {
				uint8_t mask = (uint8_t)m;
				uint32_t xrgb = d * 0x010101u, c = 0xc8;
				uint32_t argb = d * 0x01010101u;
				unsigned t = divided(m * a);

				if (m)
					xrgb |= 0xff000000u;
				generic_mask_xrgb(&xrgb, &mask, 1,
						  a << 24 | c << 8);
				generic_mask_argb(&argb, &mask, 1,
						  a << 24 | c << 8);
				if (channel(xrgb, 8) !=
					    divided(c * t + d * (255 - t)) ||
				    channel(xrgb, 0) !=
					    divided(d * (255 - t)) ||
				    (argb & 0xffffff) != (xrgb & 0xffffff) ||
				    channel(argb, 24) !=
					    divided(255 * t + d * (255 - t)))
					ck_abort_msg(
						"m %u d %u a %u: %08x %08x", m,
						d, a, xrgb, argb);
			}
}
END_TEST

START_TEST(conversion_is_exact)
{
	for (uint32_t i = 0; i < 65536; i++) {
		uint16_t p = (uint16_t)i, back;
		uint32_t r = i >> 11, g = i >> 5 & 63, b = i & 31, to;

		generic_copy_565_8888(&to, &p, 1);
		generic_copy_8888_565(&back, &to, 1);
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

	generic_copy_8888_565(to, from, 3);
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
	tcase_add_test(tcase, mask_is_exact);
	tcase_add_test(tcase, conversion_is_exact);
	tcase_add_test(tcase, conversion_truncates);
	suite_add_tcase(suite, tcase);
	return suite;
}
