#include "suite.h"

#include <string.h>

#include "driver/vesa/vbe/vbe.h"

/* 1024x768, 32 bits, as QEMU's card has it. */
static void make_mode(uint8_t block[VBE_MODE_BYTES])
{
	static const uint8_t start[] = {
		0xbb, 0x00, 0x07, 0,  0x40, 0,    0x40, 0, 0, 0xa0, 0,
		0,    0,    0,    0,  0,    0x00, 0x10, 0, 4, 0,    3,
		8,    16,   1,    32, 1,    6,    0,    3, 1, 8,    16,
		8,    8,    8,    0,  8,    24,   2,    0, 0, 0,    0xfd,
	};

	memset(block, 0, VBE_MODE_BYTES);
	memcpy(block, start, sizeof(start));
	/* The widths are in bytes 18 and 20. */
	block[18] = 0;
	block[19] = 4;
	block[20] = 0;
	block[21] = 3;
	block[25] = 32;
	block[27] = 6;
	memcpy(block + 31, (const uint8_t[]){ 8, 16, 8, 8, 8, 0 }, 6);
	memcpy(block + 40, (const uint8_t[]){ 0, 0, 0, 0xfd }, 4);
}

START_TEST(modes)
{
	uint8_t block[VBE_MODE_BYTES];
	struct vbe_mode mode;

	make_mode(block);
	ck_assert(vbe_parse_mode(block, 0x200, 0x144, &mode));
	ck_assert_uint_eq(mode.w, 1024);
	ck_assert_uint_eq(mode.h, 768);
	ck_assert_uint_eq(mode.pitch, 4096);
	ck_assert_uint_eq(mode.address, 0xfd000000);
	/* the linear pitch of VBE 3.0 may differ */
	block[51] = 0x20;
	ck_assert(vbe_parse_mode(block, 0x300, 0x144, &mode));
	ck_assert_uint_eq(mode.pitch, 0x2000);
	/* not supported, text, no linear framebuffer */
	for (unsigned bit = 0; bit < 8; bit++) {
		make_mode(block);
		block[0] ^= (uint8_t)(1u << bit);
		ck_assert_int_eq(vbe_parse_mode(block, 0x200, 0x144, &mode),
				 bit != 0 && bit != 4 && bit != 7);
	}
	/* palette, a pitch below the width, colours elsewhere */
	make_mode(block);
	block[25] = 8;
	ck_assert(!vbe_parse_mode(block, 0x200, 0x144, &mode));
	make_mode(block);
	block[17] = 0x0f;
	ck_assert(!vbe_parse_mode(block, 0x200, 0x144, &mode));
	make_mode(block);
	block[32] = 0;
	ck_assert(!vbe_parse_mode(block, 0x200, 0x144, &mode));
}
END_TEST

START_TEST(versions)
{
	uint8_t block[VBE_INFO_BYTES] = "VESA";
	struct vbe_info info;

	block[5] = 2;
	block[18] = 0x00;
	block[19] = 0x01;
	ck_assert(vbe_parse_info(block, &info));
	ck_assert_uint_eq(info.memory, 16 << 20);
	block[5] = 1;
	ck_assert(!vbe_parse_info(block, &info));
	block[5] = 3;
	block[0] = 'v';
	ck_assert(!vbe_parse_info(block, &info));
}
END_TEST

static struct vbe_mode size(uint16_t w, uint16_t h, uint8_t depth)
{
	return (struct vbe_mode){ .w = w, .h = h, .depth = depth };
}

START_TEST(choice)
{
	const struct vbe_mode all[] = {
		size(640, 480, 32),  size(1024, 768, 16),  size(1024, 768, 24),
		size(1024, 768, 32), size(1600, 1200, 16), size(800, 600, 32),
	};

	ck_assert_ptr_eq(vbe_choose(all, 6, 1024, 768, 0, true), &all[3]);
	ck_assert_ptr_eq(vbe_choose(all, 6, 1024, 768, 16, true), &all[1]);
	ck_assert_ptr_null(vbe_choose(all, 6, 1280, 1024, 0, true));
	/* what the display can show, with the deepest pixels */
	ck_assert_ptr_eq(vbe_choose(all, 6, 1280, 1024, 0, false), &all[3]);
	ck_assert_ptr_eq(vbe_choose(all, 6, 0, 0, 0, false), &all[4]);
	ck_assert_ptr_null(vbe_choose(all, 6, 320, 200, 0, false));
	ck_assert_ptr_null(vbe_choose(all, 0, 0, 0, 0, false));
}
END_TEST

Suite *blocks_suite(void)
{
	Suite *suite = suite_create("blocks");
	TCase *tests = tcase_create("blocks");

	tcase_add_test(tests, modes);
	tcase_add_test(tests, versions);
	tcase_add_test(tests, choice);
	suite_add_tcase(suite, tests);
	return suite;
}
