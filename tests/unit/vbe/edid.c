#include "suite.h"

#include <string.h>

#include "driver/edid/edid.h"

static void seal(uint8_t block[EDID_BLOCK])
{
	uint8_t sum = 0;

	block[EDID_BLOCK - 1] = 0;
	for (unsigned i = 0; i < EDID_BLOCK; i++)
		sum = (uint8_t)(sum + block[i]);
	block[EDID_BLOCK - 1] = (uint8_t)-sum;
}

/* A display of 1280x800 at 60 Hz, "Test Display" by ABC. */
static void make(uint8_t block[EDID_BLOCK])
{
	static const uint8_t header[] = { 0,    0xff, 0xff, 0xff, 0xff,
					  0xff, 0xff, 0,    0x04, 0x43 };
	/* 83.5 MHz, 1280 + 400, 800 + 31, 331 x 207 mm */
	static const uint8_t timing[] = { 0x9e, 0x20, 0x00, 0x90, 0x51,
					  0x20, 0x1f, 0x30, 0x48, 0x80,
					  0x36, 0x00, 0x4b, 0xcf, 0x10 };
	static const uint8_t name[] = "\0\0\0\xfc\0Test Display\n";

	memset(block, 0, EDID_BLOCK);
	memcpy(block, header, sizeof(header));
	block[21] = 33;
	block[22] = 21;
	memcpy(block + 54, timing, sizeof(timing));
	memcpy(block + 72, name, 18);
	seal(block);
}

START_TEST(whole)
{
	uint8_t block[EDID_BLOCK];
	struct edid edid;

	make(block);
	ck_assert(edid_parse(block, sizeof(block), &edid));
	ck_assert_str_eq(edid.maker, "ABC");
	ck_assert_str_eq(edid.name, "Test Display");
	ck_assert_uint_eq(edid.w, 1280);
	ck_assert_uint_eq(edid.h, 800);
	ck_assert_uint_eq(edid.w_mm, 331);
	ck_assert_uint_eq(edid.h_mm, 207);
	ck_assert_uint_ge(edid.refresh, 59000);
	ck_assert_uint_le(edid.refresh, 61000);
}
END_TEST

START_TEST(damaged)
{
	uint8_t block[EDID_BLOCK];
	struct edid edid;

	make(block);
	ck_assert(!edid_parse(block, EDID_BLOCK - 1, &edid));
	for (unsigned i = 0; i < EDID_BLOCK; i++) {
		make(block);
		block[i] ^= 0x10;
		ck_assert(!edid_parse(block, sizeof(block), &edid));
	}
}
END_TEST

START_TEST(odd_names)
{
	uint8_t block[EDID_BLOCK];
	struct edid edid;

	make(block);
	memcpy(block + 77, "Thirteen long", 13);
	seal(block);
	ck_assert(edid_parse(block, sizeof(block), &edid));
	ck_assert_str_eq(edid.name, "Thirteen long");
	memcpy(block + 77, "A\x1b[31m      \n", 13);
	block[8] = block[9] = 0xff;
	seal(block);
	ck_assert(edid_parse(block, sizeof(block), &edid));
	ck_assert_str_eq(edid.name, "A");
	ck_assert_str_eq(edid.maker, "???");
}
END_TEST

Suite *edid_suite(void)
{
	Suite *suite = suite_create("edid");
	TCase *tests = tcase_create("edid");

	tcase_add_test(tests, whole);
	tcase_add_test(tests, damaged);
	tcase_add_test(tests, odd_names);
	suite_add_tcase(suite, tests);
	return suite;
}
