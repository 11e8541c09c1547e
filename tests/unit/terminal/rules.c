/*
 * Wrapping, erasing, scrolling, tabs: what xterm does. The last column is as
 * DEC has it: a character there leaves the cursor on it, and only the next
 * character wraps.
 */
#include "suite.h"

struct rule {
	const char *text; /* written to 8 by 4 */
	int x, y;
	const char *rows[3];
};

/* "12345678" fills the first row; x = 7 then. */
static const struct rule rules[] = {
	/* the flag wraps the next character */
	{ "12345678", 7, 0, { "12345678", "", "" } },
	{ "12345678a", 1, 1, { "12345678", "a", "" } },
	/* CR, BS, LF, cursor moves clear it */
	{ "12345678\ra", 1, 0, { "a2345678", "", "" } },
	{ "12345678\ba", 7, 0, { "123456a8", "", "" } },
	{ "12345678\na", 7, 1, { "12345678", "       a", "" } },
	{ "12345678\33[Ca", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[Da", 7, 0, { "123456a8", "", "" } },
	{ "12345678\33[8Ga", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[1;8Ha", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[da", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33Da", 7, 1, { "12345678", "       a", "" } },
	{ "12345678\33Ea", 1, 1, { "12345678", "a", "" } },
	{ "\n12345678\33Ma", 7, 0, { "       a", "12345678", "" } },
	/* SGR, NUL, BEL, tabs, designations, HTS, titles don't */
	{ "12345678\33[1ma", 1, 1, { "12345678", "a", "" } },
	{ "12345678\aa", 1, 1, { "12345678", "a", "" } },
	{ "12345678\ta", 1, 1, { "12345678", "a", "" } },
	{ "12345678\33Ha", 1, 1, { "12345678", "a", "" } },
	{ "12345678\33(Ba", 1, 1, { "12345678", "a", "" } },
	{ "12345678\33[?25la", 1, 1, { "12345678", "a", "" } },
	{ "12345678\33]0;t\aa", 1, 1, { "12345678", "a", "" } },
	{ "12345678\33[5na", 1, 1, { "12345678", "a", "" } },
	/* erasing and editing do */
	{ "12345678\33[Ka", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[Xa", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[Pa", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[@a", 7, 0, { "1234567a", "", "" } },
	{ "12345678\33[Ja", 7, 0, { "1234567a", "", "" } },
	/* saving and restoring keeps it */
	{ "12345678\0337\33[1;1H\0338a", 1, 1, { "12345678", "a", "" } },
	/* no wrapping */
	{ "\33[?7l12345678abc", 7, 0, { "1234567c", "", "" } },
	{ "12345678\33[?7l\33[?7ha", 7, 0, { "1234567a", "", "" } },
	/* wide characters */
	{ "1234567\u4e2d", 2, 1, { "1234567", "中", "" } },
	{ "123456\u4e2d", 7, 0, { "123456中", "", "" } },
	{ "123456\u4e2d.", 1, 1, { "123456中", ".", "" } },
	{ "中国\33[1;2Hx", 2, 0, { " x国", "", "" } },
	{ "中国\33[1;3Hx", 3, 0, { "中x", "", "" } },
	{ "中国\33[1;2H\33[X", 1, 0, { "  国", "", "" } },
	{ "中国\33[1;1H\33[P", 0, 0, { " 国", "", "" } },
	{ "\33[?7l1234567\u4e2d", 7, 0, { "1234567", "", "" } },
	/* marks */
	{ "e\u0301x", 2, 0, { "e\u0301x", "", "" } },
	{ "1234567e\u0301", 7, 0, { "1234567e\u0301", "", "" } },
	{ "\u0301x", 1, 0, { "x", "", "" } },
	/* repeating */
	{ "a\33[3b", 4, 0, { "aaaa", "", "" } },
	{ "\33[3b", 0, 0, { "", "", "" } },
	{ "a\33[2b\33[5b", 3, 0, { "aaa", "", "" } },
	{ "a\33[9b", 2, 1, { "aaaaaaaa", "aa", "" } },
	/* regions */
	{ "a\r\nb\r\nc\33[2;3r\33[3;1H\nd", 1, 2, { "a", "c", "d" } },
	{ "a\r\nb\r\nc\33[2;3r\33[2;1H\33Md", 1, 1, { "a", "d", "b" } },
	{ "a\r\nb\r\nc\33[1;1H\33[L", 0, 0, { "", "a", "b" } },
	{ "a\r\nb\r\nc\33[1;1H\33[M", 0, 0, { "b", "c", "" } },
	{ "\33[2;3r\33[?6h\33[1;1Ha\33[9;1Hb", 1, 2, { "", "a", "b" } },
	{ "a\r\nb\33[1S", 1, 1, { "b", "", "" } },
	{ "a\r\nb\33[1T", 1, 1, { "", "a", "b" } },
	{ "\33[3;2rx", 1, 0, { "x", "", "" } },
	/* editing */
	{ "abc\33[1;2H\33[2@x", 2, 0, { "ax bc", "", "" } },
	{ "abc\33[1;1H\33[2P", 0, 0, { "c", "", "" } },
	{ "abc\33[1;2H\33[K", 1, 0, { "a", "", "" } },
	{ "abc\33[1;2H\33[1K", 1, 0, { "  c", "", "" } },
	{ "a\r\nb\33[2J", 1, 1, { "", "", "" } },
	{ "\33[4habc\33[1;1Hx", 1, 0, { "xabc", "", "" } },
	{ "\33[1\"qab\33[0\"qc\33[1;1H\33[?2K", 0, 0, { "ab", "", "" } },
	/* tabs */
	{ "\33[3g\33[1;4H\33H\r\tx", 4, 0, { "   x", "", "" } },
	{ "\33[1;4H\33H\33[1;8H\33[Zx", 4, 0, { "   x", "", "" } },
	/* sets of characters */
	{ "\33(0lqk\33(Bq", 4, 0, { "┌─┐q", "", "" } },
	{ "\33)0\16x\17x", 2, 0, { "│x", "", "" } },
	{ "\33*0\33Nqq", 2, 0, { "─q", "", "" } },
	/* backward wrap: only where the line goes on */
	{ "\33[?45h12345678ab\33[3D", 7, 0, { "12345678", "ab", "" } },
	{ "\33[?45h1\r\nab\33[3D", 0, 1, { "1", "ab", "" } },
	/* broken UTF-8: one mark each part, as Unicode advises */
	{ "\xff", 1, 0, { "\ufffd", "", "" } },
	{ "\xe4\xb8x", 2, 0, { "\ufffdx", "", "" } },
	{ "\xc0\xaf", 2, 0, { "\ufffd\ufffd", "", "" } },
	{ "\xed\xa0\x80", 3, 0, { "\ufffd\ufffd\ufffd", "", "" } },
	/* sequences that are too long, cut off, unknown */
	{ "\33[1;2\30x", 1, 0, { "x", "", "" } },
	{ "\33[999999999999;1Hx", 1, 3, { "", "", "" } },
	{ "\33[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;"
	  "1;1;1;1;1;1mx",
	  1,
	  0,
	  { "x", "", "" } },
	{ "\33[?!px", 1, 0, { "x", "", "" } },
	{ "\33_Gabc\33\\x\33Xabc\33\\y\33^abc\33\\", 2, 0, { "xy", "", "" } },
	{ "\33Pq#0\33\\x", 1, 0, { "x", "", "" } },
	{ "\33]0;a\30x", 1, 0, { "x", "", "" } },
	{ "\302\2333Cx", 4, 0, { "   x", "", "" } },
	/* the alternate screen */
	{ "a\33[?1049hb\33[?1049l", 1, 0, { "a", "", "" } },
	{ "a\33[?1049h\33[1;1Hb", 1, 0, { "b", "", "" } },
	{ "\33#8", 0, 0, { "EEEEEEEE", "EEEEEEEE", "EEEEEEEE" } },
	{ "ab\33[?3hx", 3, 0, { "abx", "", "" } },
	{ "ab\33[?40h\33[2;3r\33[?3hx", 1, 0, { "x", "", "" } },
	{ "ab\33cx", 1, 0, { "x", "", "" } },
};

START_TEST(rule)
{
	const struct rule *r = &rules[_i];
	struct terminal *t = written(8, 4, r->text);

	for (int y = 0; y < 3; y++)
		expect_row(t, y, r->rows[y]);
	expect_cursor(t, r->x, r->y);
	terminal_destroy(t);
}
END_TEST

/* Erased cells have the ground of the moment, and nothing else of the pen. */
START_TEST(erasing_colours)
{
	struct terminal *t = written(8, 4,
				     "\33[41;1;4mab\33[44m\33[K\33[2;1H"
				     "\33[3X");
	const struct cell *row = terminal_row(t, 0);

	ck_assert_uint_eq(row[0].bg, COLOR_INDEXED | 1);
	ck_assert_uint_eq(row[5].bg, COLOR_INDEXED | 4);
	ck_assert_uint_eq(row[5].flags, 0);
	ck_assert_uint_eq(terminal_row(t, 1)[2].bg, COLOR_INDEXED | 4);
	ck_assert_uint_eq(terminal_row(t, 1)[3].bg, 0);
	put(t, "\33[4;1H\n");
	ck_assert_uint_eq(terminal_row(t, 3)[7].bg, COLOR_INDEXED | 4);
	terminal_destroy(t);
}
END_TEST

TCase *rules_case(void)
{
	TCase *tcase = tcase_create("rules");

	tcase_add_loop_test(tcase, rule, 0, (int)array_size(rules));
	tcase_add_test(tcase, erasing_colours);
	return tcase;
}
