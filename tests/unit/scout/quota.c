#include "suite.h"

#define K (1ull << 10)
#define M (1ull << 20)
#define G (1ull << 30)

START_TEST(words)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{ 0, "0 KiB" },
		{ 512 * K, "512 KiB" },
		{ M - 1, "1024 KiB" },
		{ M, "1.0 MiB" },
		{ 9 * M, "9.0 MiB" },
		{ 34 * M, "34 MiB" },
		{ 34 * M + 600 * K, "34.6 MiB" },
		{ 1536 * M, "1.5 GiB" },
		{ 3 * 1024 * G, "3.0 TiB" },
	};
	char text[QUOTA_TEXT_MAX];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		quota_format(cases[i].bytes, text);
		ck_assert_str_eq(text, cases[i].text);
	}
}
END_TEST

START_TEST(pairs)
{
	char text[QUOTA_TEXT_MAX];

	quota_format_pair(21 * M + 100 * K, 34 * M, text);
	ck_assert_str_eq(text, "21.1 / 34 MiB");
	quota_format_pair(0, 2 * M, text);
	ck_assert_str_eq(text, "0 / 2.0 MiB");
	quota_format_pair(300 * K, 2 * M, text);
	ck_assert_str_eq(text, "300 KiB / 2.0 MiB");
	quota_format_pair(UINT64_MAX, UINT64_MAX, text);
	ck_assert_uint_gt(sizeof(text), 0);
}
END_TEST

START_TEST(steps)
{
	ck_assert_uint_eq(quota_step(0, 1, 64 * M), 512 * K);
	ck_assert_uint_eq(quota_step(512 * K, 1, 64 * M), M);
	ck_assert_uint_eq(quota_step(M + 1, 1, 64 * M), 2 * M);
	ck_assert_uint_eq(quota_step(3 * M, -1, 64 * M), 2 * M);
	ck_assert_uint_eq(quota_step(2 * M, -1, 64 * M), M);
	ck_assert_uint_eq(quota_step(512 * K, -1, 64 * M), 512 * K);
	ck_assert_uint_eq(quota_step(64 * M, 1, 64 * M), 64 * M);
	ck_assert_uint_eq(quota_step(32 * M, 1, 34 * M), 34 * M);
	/* Not even the first step is there. */
	ck_assert_uint_eq(quota_step(0, 1, 100 * K), 100 * K);
}
END_TEST

START_TEST(snapping)
{
	ck_assert_uint_eq(quota_snap(0, 64 * M), 512 * K);
	ck_assert_uint_eq(quota_snap(700 * K, 64 * M), 768 * K);
	ck_assert_uint_eq(quota_snap(M + 10, 64 * M), M);
	ck_assert_uint_eq(quota_snap(5 * M + 10, 64 * M), 6 * M);
	ck_assert_uint_eq(quota_snap(100 * M, 10 * M), 10 * M);
}
END_TEST

/* The place follows the amount, and leads back to it. */
START_TEST(places)
{
	float last = -1;

	for (uint64_t bytes = 512 * K; bytes <= G; bytes += bytes / 7) {
		float place = quota_to_place(bytes, G);
		uint64_t back = quota_from_place(place, G);
		uint64_t off = back > bytes ? back - bytes : bytes - back;

		ck_assert(place > last && place >= 0 && place <= 1);
		ck_assert_uint_le(off, bytes / 1000);
		last = place;
	}
	ck_assert(quota_to_place(G, G) == 1);
	ck_assert(quota_to_place(2 * G, G) == 1);
	ck_assert(quota_to_place(0, 0) == 0);
	ck_assert_uint_eq(quota_from_place(2, G), G);
	ck_assert_uint_eq(quota_from_place(0.5f, 0), 0);
}
END_TEST

Suite *quota_suite(void)
{
	Suite *suite = suite_create("scout quota");
	TCase *tests = tcase_create("quota");

	tcase_add_test(tests, words);
	tcase_add_test(tests, pairs);
	tcase_add_test(tests, steps);
	tcase_add_test(tests, snapping);
	tcase_add_test(tests, places);
	suite_add_tcase(suite, tests);
	return suite;
}
