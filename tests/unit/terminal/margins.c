/*
 * Margins on the left and right, rectangles: what a VT420 does, and where the
 * manual leaves it open, what xterm does.
 */
#include "suite.h"

struct rule {
	const char *text; /* written to 8 by 4 */
	int x, y;
	const char *rows[4];
};

/* Four rows of letters, margins from column 3 to 6, the cursor at home. */
#define GRID "abcdefgh\r\nijklmnop\r\nqrstuvwx\r\nABCDEFGH\33[H"
#define SIDES "\33[?69h\33[3;6s"
#define GRID_SIDES GRID SIDES

static const struct rule rules[] = {
	/* without ?69 it saves the cursor */
	{ "ab\33[s\33[Hx\33[uy", 3, 0, { "xby", "", "", "" } },
	{ SIDES "\33[?69lab\33[s\33[Hx\33[uy", 3, 0, { "xby", "", "", "" } },
	/* text goes from margin to margin */
	{ SIDES "\33[1;3Habcdef", 4, 1, { "  abcd", "  ef", "", "" } },
	{ SIDES "abcdefgh", 4, 1, { "abcdef", "  gh", "", "" } },
	{ SIDES "\33[1;7Habc", 3, 1, { "      ab", "  c", "", "" } },
	{ SIDES "\33[1;3Habcd\re", 3, 0, { "  ebcd", "", "", "" } },
	{ SIDES "\33[?7l\33[1;3Habcdef", 5, 0, { "  abcf", "", "", "" } },
	{ SIDES "\33[1;4H中国", 4, 1, { "   中", "  国", "", "" } },
	{ SIDES "\33[1;3Habc\33[4h\33[1;3Hx", 3, 0, { "  xabc", "", "", "" } },
	/* the beginning of a line */
	{ SIDES "\33[1;5H\rx", 3, 0, { "  x", "", "", "" } },
	{ SIDES "\33[1;2H\rx", 1, 0, { "x", "", "", "" } },
	{ SIDES "\33[?6h\33[Hx", 3, 0, { "  x", "", "", "" } },
	{ SIDES "\33[1;4H\33Ex", 3, 1, { "", "  x", "", "" } },
	/* the cursor stops at a margin that it comes to from inside */
	{ SIDES "\33[1;4H\33[9Cx", 5, 0, { "     x", "", "", "" } },
	{ SIDES "\33[1;7H\33[9Cx", 7, 0, { "       x", "", "", "" } },
	{ SIDES "\33[1;4H\33[9Dx", 3, 0, { "  x", "", "", "" } },
	{ SIDES "\33[1;2H\33[9Dx", 1, 0, { "x", "", "", "" } },
	{ SIDES "\33[1;4H\33[9ax", 7, 0, { "       x", "", "", "" } },
	{ SIDES "\33[1;4H\tx", 5, 0, { "     x", "", "", "" } },
	{ SIDES "\33[1;8Hx", 7, 0, { "       x", "", "", "" } },
	/* origin mode: columns count from the margin and end at the other */
	{ SIDES "\33[?6h\33[1;2Hx", 4, 0, { "   x", "", "", "" } },
	{ SIDES "\33[?6h\33[1;9Hx", 5, 0, { "     x", "", "", "" } },
	{ SIDES "\33[?6h\33[2Gx", 4, 0, { "   x", "", "", "" } },
	{ SIDES "\33[?6h\33[2;2H\33[1dx", 4, 0, { "   x", "", "", "" } },
	/* scrolling: what is between the margins, from there only */
	{ GRID_SIDES "\33[4;3H\n",
	  2,
	  3,
	  { "abklmngh", "ijstuvop", "qrCDEFwx", "AB    GH" } },
	{ GRID_SIDES "\33[4;1H\n",
	  0,
	  3,
	  { "abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[1;3H\33M",
	  2,
	  0,
	  { "ab    gh", "ijcdefop", "qrklmnwx", "ABstuvGH" } },
	{ GRID_SIDES "\33[1;8H\33M",
	  7,
	  0,
	  { "abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[2;3r\33[S",
	  0,
	  0,
	  { "abcdefgh", "ijstuvop", "qr    wx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[2;3r\33[9T",
	  0,
	  0,
	  { "abcdefgh", "ij    op", "qr    wx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[2;4H\33[L",
	  2,
	  1,
	  { "abcdefgh", "ij    op", "qrklmnwx", "ABstuvGH" } },
	{ GRID_SIDES "\33[2;4H\33[2M",
	  2,
	  1,
	  { "abcdefgh", "ijCDEFop", "qr    wx", "AB    GH" } },
	{ GRID_SIDES "\33[2;2H\33[L",
	  1,
	  1,
	  { "abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[2;4H\33[44m\33[S\33[m\33[1;1H",
	  0,
	  0,
	  { "abklmngh", "ijstuvop", "qrCDEFwx", "AB    GH" } },
	/* wide characters that a margin cuts */
	{ "a中国\33[2;1Hb日本" SIDES "\33[S\33[H",
	  0,
	  0,
	  { "a  本", "b", "", "" } },
	/* characters come and go between the margins */
	{ GRID_SIDES "\33[1;4H\33[2@",
	  3,
	  0,
	  { "abc  dgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[1;4H\33[2P",
	  3,
	  0,
	  { "abcf  gh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[1;8H\33[2P",
	  7,
	  0,
	  { "abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	/* erasing knows no margins */
	{ GRID_SIDES "\33[1;4H\33[K",
	  3,
	  0,
	  { "abc", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[1;4H\33[9X",
	  3,
	  0,
	  { "abc", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	/* columns come and go */
	{ GRID_SIDES "\33[2;3r\33[2;4H\33['}",
	  3,
	  1,
	  { "abcdefgh", "ijk lmop", "qrs tuwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[2;3r\33[2;4H\33[2'~",
	  3,
	  1,
	  { "abcdefgh", "ijkn  op", "qrsv  wx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[2;3r\33[4;4H\33['}",
	  3,
	  3,
	  { "abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	{ GRID_SIDES "\33[ @",
	  0,
	  0,
	  { "abdef gh", "ijlmn op", "qrtuv wx", "ABDEF GH" } },
	{ GRID_SIDES "\33[2 A",
	  0,
	  0,
	  { "ab  cdgh", "ij  klop", "qr  stwx", "AB  CDGH" } },
	{ GRID_SIDES "\33[1;6H\0339",
	  5,
	  0,
	  { "abdef gh", "ijlmn op", "qrtuv wx", "ABDEF GH" } },
	{ GRID_SIDES "\33[1;3H\0336",
	  2,
	  0,
	  { "ab cdegh", "ij klmop", "qr stuwx", "AB CDEGH" } },
	{ GRID_SIDES "\33[1;4H\0339\0339\0336",
	  4,
	  0,
	  { "abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH" } },
	/* what ends them */
	{ SIDES "\33#8\33[1;8H\rx",
	  1,
	  0,
	  { "xEEEEEEE", "EEEEEEEE", "EEEEEEEE", "EEEEEEEE" } },
	{ SIDES "\33[!p\33[1;6Hxyz", 7, 0, { "     xyz", "", "", "" } },
	{ "\33[?69h\33[6;3sabcdefghi", 1, 1, { "abcdefgh", "i", "", "" } },
	{ "\33[?69h\33[3;99sabc\33[1;8Hdef",
	  4,
	  1,
	  { "abc    d", "  ef", "", "" } },

	/* rectangles: filled, erased, copied */
	{ "\33[89;2;3;3;5$x", 0, 0, { "", "  YYY", "  YYY", "" } },
	{ "\33[89$x",
	  0,
	  0,
	  { "YYYYYYYY", "YYYYYYYY", "YYYYYYYY", "YYYYYYYY" } },
	{ "\33[7;1;1;2;2$x", 0, 0, { "", "", "", "" } },
	{ "\33[89;3;3;2;2$x", 0, 0, { "", "", "", "" } },
	{ "\33[89;9;1;9;9$x", 0, 0, { "", "", "", "" } },
	{ "a中国\33[89;1;3;1;4$x", 5, 0, { "a YY", "", "", "" } },
	{ GRID "\33[2;2;3;4$z",
	  0,
	  0,
	  { "abcdefgh", "i   mnop", "q   uvwx", "ABCDEFGH" } },
	{ "\33[1\"qab\33[0\"qcd\33[H\33[1;2;1;3${",
	  0,
	  0,
	  { "ab d", "", "", "" } },
	{ GRID "\33[1;1;2;3;1;2;2;1$v",
	  0,
	  0,
	  { "abcdefgh", "iabcmnop", "qijkuvwx", "ABCDEFGH" } },
	{ GRID "\33[2;2;4;4;1;1;3;1$v",
	  0,
	  0,
	  { "abjklfgh", "ijrstnop", "qrBCDvwx", "ABCDEFGH" } },
	{ GRID "\33[1;1;4;8;1;3;7;1$v",
	  0,
	  0,
	  { "abcdefgh", "ijklmnop", "qrstuvab", "ABCDEFij" } },
	{ "a中国b\33[1;3;1;5;1;2;1;1$v", 6, 0, { "a中国b", " 国", "", "" } },
	{ "a中国b\33[1;2;1;2;1;2;1;1$v", 6, 0, { "a中国b", "", "", "" } },
	/* in origin mode within the margins */
	{ GRID_SIDES "\33[2;3r\33[?6h\33[89;1;1;9;2$x\33[?6l",
	  0,
	  0,
	  { "abcdefgh", "ijYYmnop", "qrYYuvwx", "ABCDEFGH" } },
};

START_TEST(rule)
{
	const struct rule *r = &rules[_i];
	struct terminal *t = written(8, 4, r->text);

	for (int y = 0; y < 4; y++)
		expect_row(t, y, r->rows[y]);
	expect_cursor(t, r->x, r->y);
	terminal_destroy(t);
}
END_TEST

/* Nothing that scrolls between margins goes to the scrollback, nor flows. */
START_TEST(no_lines)
{
	struct terminal *t = written(
		8, 4, SIDES "\33[1;3Habcdefghijklmnopqrstuvwxyz");

	ck_assert_uint_eq(terminal_screen_line(t), terminal_first_line(t));
	expect_row(t, 0, "  mnop");
	for (int y = 0; y < 4; y++)
		ck_assert(!terminal_row_wraps(t, y));
	terminal_resize(t, 12, 4);
	expect_row(t, 0, "  mnop");
	/* and a resize ends them */
	put(t, "\33[1;7Habcdef");
	expect_row(t, 0, "  mnopabcdef");
	terminal_destroy(t);
}
END_TEST

struct styling {
	const char *text; /* of 4 by 3 cells with an E in each */
	uint16_t flag;
	const char *rows[3]; /* x: the cell has that flag */
};

static const struct styling stylings[] = {
	/* along the lines, from corner to corner */
	{ "\33[1;3;2;3;1$r", CELL_BOLD, { "..xx", "xxx.", "...." } },
	{ "\33[2*x\33[1;3;2;4;1$r", CELL_BOLD, { "..xx", "..xx", "...." } },
	{ "\33[2*x\33[1;1;1;2;7;5$r", CELL_BLINK, { "xx..", "....", "...." } },
	{ "\33[2*x\33[7$r\33[;;;;1;7$r\33[1;1;1;1;0$r",
	  CELL_INVERSE,
	  { ".xxx", "xxxx", "xxxx" } },
	{ "\33[2*x\33[;;;;7$r\33[2;2;3;3;27$r",
	  CELL_INVERSE,
	  { "xxxx", "x..x", "x..x" } },
	{ "\33[2*x\33[;;;;7$r\33[2;2;3;3;7$t",
	  CELL_INVERSE,
	  { "xxxx", "x..x", "x..x" } },
	{ "\33[2*x\33[2;2;2;2;0$t", CELL_INVERSE, { "....", ".x..", "...." } },
	{ "\33[2*x\33[2;2;2;2;4$t\33[2;2;2;3;4$t",
	  CELL_UNDERLINE,
	  { "....", "..x.", "...." } },
	{ "\33[2*x\33[;;;;1$r\33[;;1;;22$r",
	  CELL_BOLD,
	  { "....", "xxxx", "xxxx" } },
};

START_TEST(styles)
{
	const struct styling *s = &stylings[_i];
	struct terminal *t = written(4, 3, "\33#8");

	put(t, s->text);
	for (int y = 0; y < 3; y++)
		for (int x = 0; x < 4; x++)
			ck_assert_msg(!!(terminal_row(t, y)[x].flags &
					 s->flag) == (s->rows[y][x] == 'x'),
				      "%d, %d", x, y);
	terminal_destroy(t);
}
END_TEST

/* ---- 132 columns ---- */

static bool agree(void *user, int columns)
{
	*(int *)user = columns;
	return true;
}

START_TEST(wide_screen)
{
	const struct terminal_handler handler = { .columns = agree };
	int columns = 0;
	struct terminal *t = terminal_create(80, 4, 10, &handler, &columns);

	put(t, "ab\33[?3h");
	ck_assert_int_eq(columns, 0);
	expect_row(t, 0, "ab");
	put(t, "\33[?40h\33[?69h\33[2;5s\33[2;3r\33[?3h\33[1;132Hx");
	ck_assert_int_eq(columns, 132);
	ck_assert_int_eq(terminal_columns(t), 132);
	ck_assert_uint_eq(terminal_row(t, 0)[131].code, 'x');
	expect_cursor(t, 131, 0);
	put(t, "\33[?3l\33[1;132Hx");
	ck_assert_int_eq(terminal_columns(t), 80);
	expect_cursor(t, 79, 0);
	ck_assert_uint_eq(terminal_row(t, 0)[79].code, 'x');
	terminal_destroy(t);
}
END_TEST

TCase *margins_case(void)
{
	TCase *tcase = tcase_create("margins");

	tcase_add_loop_test(tcase, rule, 0, (int)array_size(rules));
	tcase_add_test(tcase, no_lines);
	tcase_add_loop_test(tcase, styles, 0, (int)array_size(stylings));
	tcase_add_test(tcase, wide_screen);
	return tcase;
}
