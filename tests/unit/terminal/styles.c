/* Styles, colours, links. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

#define LINE(kind) ((kind) << CELL_UNDERLINE_SHIFT)

static const struct {
	const char *sgr;
	uint32_t fg, bg, line;
	unsigned flags;
} styles[] = {
	{ "1;2;3;5;7;8;9;53", 0, 0, 0,
	  CELL_BOLD | CELL_FAINT | CELL_ITALIC | CELL_BLINK | CELL_INVERSE |
		  CELL_CONCEALED | CELL_STRUCK | CELL_OVERLINED },
	{ "1;2;3;5;7;8;9;53;22;23;25;27;28;29;55", 0, 0, 0, 0 },
	{ "1;31;", 0, 0, 0, 0 },
	{ "31;42", COLOR_INDEXED | 1, COLOR_INDEXED | 2, 0, 0 },
	{ "91;102", COLOR_INDEXED | 9, COLOR_INDEXED | 10, 0, 0 },
	{ "31;42;39;49", 0, 0, 0, 0 },
	{ "38;5;200;48;5;100", COLOR_INDEXED | 200, COLOR_INDEXED | 100, 0, 0 },
	{ "38;2;1;2;3;48;2;4;5;6", COLOR_RGB | 0x010203, COLOR_RGB | 0x040506,
	  0, 0 },
	{ "38:2:1:2:3", COLOR_RGB | 0x010203, 0, 0, 0 },
	{ "38:2::1:2:3", COLOR_RGB | 0x010203, 0, 0, 0 },
	{ "38:2:9:1:2:3", COLOR_RGB | 0x010203, 0, 0, 0 },
	{ "38:5:7;1", COLOR_INDEXED | 7, 0, 0, CELL_BOLD },
	{ "38;5", 0, 0, 0, 0 },
	{ "38;5;999;1", 0, 0, 0, CELL_BOLD },
	{ "38;2;1;2", 0, 0, 0, 0 },
	{ "38", 0, 0, 0, 0 },
	{ "38:2;1", 0, 0, 0, CELL_BOLD },
	{ "4", 0, 0, 0, LINE(UNDERLINE_SINGLE) },
	{ "4:3", 0, 0, 0, LINE(UNDERLINE_CURLY) },
	{ "4:5", 0, 0, 0, LINE(UNDERLINE_DASHED) },
	{ "4:0", 0, 0, 0, 0 },
	{ "4:9", 0, 0, 0, 0 },
	{ "21", 0, 0, 0, LINE(UNDERLINE_DOUBLE) },
	{ "4;24", 0, 0, 0, 0 },
	{ "4:4;58;5;9", 0, 0, COLOR_INDEXED | 9, LINE(UNDERLINE_DOTTED) },
	{ "58:2::9:8:7", 0, 0, COLOR_RGB | 0x090807, 0 },
	{ "58;5;9;59", 0, 0, 0, 0 },
};

START_TEST(style)
{
	struct terminal *t = written(8, 4, "\33[");
	const struct cell *cell;

	put(t, styles[_i].sgr);
	put(t, "mx");
	cell = terminal_row(t, 0);
	ck_assert_uint_eq(cell->code, 'x');
	ck_assert_uint_eq(cell->fg, styles[_i].fg);
	ck_assert_uint_eq(cell->bg, styles[_i].bg);
	ck_assert_uint_eq(cell->flags, styles[_i].flags);
	ck_assert_uint_eq(terminal_line_color(t, cell), styles[_i].line);
	terminal_destroy(t);
}
END_TEST

START_TEST(links)
{
	struct terminal *t = written(20, 4,
				     "\33]8;id=x;http://a/;b\33\\ab\33[1"
				     "m\33[mc\33]8;;\ad\33]8;;file:///"
				     "\ae");
	const struct cell *row = terminal_row(t, 0);

	ck_assert_str_eq(terminal_link(t, &row[0]), "http://a/;b");
	/* a style ends no link */
	ck_assert_str_eq(terminal_link(t, &row[2]), "http://a/;b");
	ck_assert_ptr_null(terminal_link(t, &row[3]));
	ck_assert_str_eq(terminal_link(t, &row[4]), "file:///");
	terminal_destroy(t);
}
END_TEST

/* More than fit: those that are seen stay, the others make room. */
START_TEST(many_links_and_clusters)
{
	struct terminal *t = written(20, 4, "");
	char text[128], bytes[5] = "";
	uint32_t codes[TERMINAL_CLUSTER_MAX];

	terminal_set_scrollback(t, 10);
	for (int i = 0; i < 3 * TERMINAL_LINKS_MAX; i++) {
		snprintf(text, sizeof(text),
			 "\33]8;;http://a/%d\33\\link\33]8;;\a\r\n", i);
		put(t, text);
	}
	snprintf(text, sizeof(text), "http://a/%d", 3 * TERMINAL_LINKS_MAX - 1);
	ck_assert_str_eq(terminal_link(t, terminal_row(t, 2)), text);
	for (uint32_t i = 0; i < 2 * TERMINAL_CLUSTERS_MAX; i++) {
		bytes[utf8_encode(0x4e00 + i % 0x5000, bytes)] = '\0';
		snprintf(text, sizeof(text), "%s\u0301%s\r\n", bytes,
			 i & 1 ? "\u0302" : "");
		put(t, text);
	}
	ck_assert_uint_eq(terminal_characters(t, terminal_row(t, 2), codes), 3);
	ck_assert_uint_eq(codes[0],
			  0x4e00 + (2 * TERMINAL_CLUSTERS_MAX - 1) % 0x5000);
	/* and in what scrolled out */
	terminal_resize(t, 19, 4);
	ck_assert_uint_eq(terminal_characters(t, terminal_row(t, 2), codes), 3);
	terminal_destroy(t);
}
END_TEST

START_TEST(palette)
{
	struct terminal *t = written(8, 4, "");
	uint32_t colors[PALETTE_SIZE] = {
		[3] = 0x123456, [PALETTE_FG] = 0xabcdef
	};

	terminal_set_palette(t, colors);
	ck_assert_uint_eq(terminal_rgb(t, COLOR_INDEXED | 3, false), 0x123456);
	ck_assert_uint_eq(terminal_rgb(t, 0, false), 0xabcdef);
	put(t, "\33]4;3;#ff0000\a\33]10;rgb:0/8/f\a");
	ck_assert_uint_eq(terminal_rgb(t, COLOR_INDEXED | 3, false), 0xff0000);
	ck_assert_uint_eq(terminal_rgb(t, 0, false), 0x0088ff);
	put(t, "\33]104;3\a\33]110\a");
	ck_assert_uint_eq(terminal_rgb(t, COLOR_INDEXED | 3, false), 0x123456);
	ck_assert_uint_eq(terminal_rgb(t, 0, false), 0xabcdef);
	put(t, "\33]4;3;red\a\33]4;999;#ffffff\a\33]4;3;#12345\a");
	ck_assert_uint_eq(terminal_rgb(t, COLOR_INDEXED | 3, false), 0x123456);
	terminal_destroy(t);
}
END_TEST

TCase *styles_case(void)
{
	TCase *tcase = tcase_create("styles");

	tcase_add_loop_test(tcase, style, 0, (int)array_size(styles));
	tcase_add_test(tcase, links);
	tcase_add_test(tcase, many_links_and_clusters);
	tcase_add_test(tcase, palette);
	return tcase;
}
