/* Every implementation beside the reference with every value there is, where
 * its arithmetic is its own. */
#include "suite.h"

#include <string.h>

#include "blit/implementation_private.h"

enum { PIXELS = 1 << 16 };

/* All pixels of 565, under one colour with an alpha. */
static void draw(const struct blit_implementation *implementation,
		 uint32_t color, uint16_t *to)
{
	static uint32_t from[PIXELS];
	struct blit_walk walk = {
		.to = (uint8_t *)to,
		.from = (uint8_t *)from,
		.w = PIXELS,
		.h = 1,
	};

	for (uint32_t i = 0; i < PIXELS; i++) {
		to[i] = (uint16_t)i;
		from[i] = color;
	}
	implementation->over_565(&walk);
}

START_TEST(over_565_is_exact)
{
	static uint16_t expected[PIXELS], to[PIXELS];
	const struct blit_implementation *implementation;

	for (uint32_t alpha = 0; alpha < 256; alpha++) {
		/* Black, then half as bright as it may be. */
		uint32_t color = alpha << 24 |
				 (uint32_t)_i * (alpha / 2) * 0x00010101;

		draw(&blit_generic, color, expected);
		for (size_t i = 0; (implementation = blit_available(i)); i++) {
			draw(implementation, color, to);
			if (memcmp(to, expected, sizeof(to)) != 0)
				ck_abort_msg("%s, color %08x",
					     implementation->name, color);
		}
	}
}
END_TEST

Suite *every_suite(void)
{
	Suite *suite = suite_create("every value");
	TCase *tcase = tcase_create("every value");

	tcase_add_loop_test(tcase, over_565_is_exact, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}
