/*
 * Documents laid out.
 */
#include <stdlib.h>
#include <string.h>

#include "scout/document/flow.h"
#include "suite.h"

struct bench {
	struct text *text;
	struct document *document;
	struct flow *flow;
};

static bool picture(void *user, const char *address, bool in_line, int *w,
		    int *h)
{
	(void)user;
	(void)in_line;
	*w = 800;
	*h = 400;
	if (!strcmp(address, "small.png")) {
		*w = 20;
		*h = 16;
		return true;
	}
	return !strcmp(address, "there.png");
}

static struct bench bench_of(const char *text, size_t bytes, int width)
{
	static const struct flow_handler handler = { picture };
	struct bench bench = { .text = text_create() };

	bench.document = document_parse(text, bytes, 0);
	bench.flow = flow_create(bench.document, bench.text, &handler, NULL);
	flow_set_width(bench.flow, width, 100);
	return bench;
}

static void finish(struct bench *bench)
{
	flow_destroy(bench->flow);
	document_destroy(bench->document);
	text_destroy(bench->text);
}

START_TEST(wraps_at_the_width)
{
	static const char words[] = "one two three four five six seven eight "
				    "nine ten eleven twelve";
	struct bench bench = bench_of(words, strlen(words), 120);
	const struct flow_layout *layout = flow_layout(bench.flow, 0);

	ck_assert_uint_gt(layout->line_count, 3);
	for (uint32_t i = 0; i < layout->piece_count; i++) {
		const struct flow_piece *piece = &layout->pieces[i];

		ck_assert_int_le(piece->x + piece->width, 120 * 64);
	}
	/* no word is lost */
	ck_assert_uint_eq(layout->piece_count, 12);
	flow_set_width(bench.flow, 2000, 100);
	layout = flow_layout(bench.flow, 0);
	ck_assert_uint_eq(layout->line_count, 1);
	ck_assert_uint_eq(layout->piece_count, 12);
	finish(&bench);
}
END_TEST

START_TEST(cuts_long_words)
{
	char words[200];
	struct bench bench;
	const struct flow_layout *layout;
	uint32_t bytes = 0;

	memset(words, 'w', sizeof(words));
	bench = bench_of(words, sizeof(words), 100);
	layout = flow_layout(bench.flow, 0);
	for (uint32_t i = 0; i < layout->piece_count; i++)
		bytes += layout->pieces[i].bytes;
	ck_assert_uint_eq(bytes, sizeof(words));
	ck_assert_uint_gt(layout->line_count, 5);
	finish(&bench);
}
END_TEST

START_TEST(heights_add_up)
{
	char *text = NULL;
	size_t bytes;
	FILE *file = open_memstream(&text, &bytes);
	struct bench bench;
	int64_t sum = 0;
	int offset;

	for (int i = 0; i < 500; i++)
		fprintf(file, "## Part %d\n\nSome words of it.\n\n", i);
	fclose(file);
	bench = bench_of(text, bytes, 400);
	ck_assert_uint_eq(bench.flow->count, 1000);
	for (uint32_t i = 0; i < bench.flow->count; i += 3)
		flow_layout(bench.flow, i);
	for (uint32_t i = 0; i < bench.flow->count; i++) {
		ck_assert_int_eq(flow_top(bench.flow, i), sum);
		ck_assert_uint_eq(flow_find(bench.flow, sum, &offset), i);
		ck_assert_int_eq(offset, 0);
		sum += bench.flow->boxes[i].height;
	}
	ck_assert_int_eq(flow_height(bench.flow), sum);
	flow_trim(bench.flow, 10, 20);
	ck_assert_int_eq(flow_height(bench.flow), sum);
	finish(&bench);
	free(text);
}
END_TEST

START_TEST(long_blocks_are_several_boxes)
{
	enum { BYTES = 10 * FLOW_CHUNK };
	char *text = malloc(BYTES);
	struct bench bench;
	uint32_t at = 0;

	for (int i = 0; i < BYTES; i++)
		text[i] = i % 7 ? 'a' : ' ';
	text[0] = 'a';
	bench = bench_of(text, BYTES, 400);
	ck_assert_uint_ge(bench.flow->count, 9);
	for (uint32_t i = 0; i < bench.flow->count; i++) {
		ck_assert_uint_eq(bench.flow->boxes[i].from, at);
		at = bench.flow->boxes[i].to;
	}
	ck_assert_uint_eq(at, bench.document->text_bytes);
	ck_assert_uint_eq(flow_box_of(bench.flow, at - 1),
			  bench.flow->count - 1);
	finish(&bench);
	free(text);
}
END_TEST

START_TEST(hits_what_it_shows)
{
	static const char words[] = "before [the link](x.md) behind";
	struct bench bench = bench_of(words, strlen(words), 1000);
	const struct flow_layout *layout = flow_layout(bench.flow, 0);
	const struct flow_line *line = layout->lines;
	struct flow_extent extents[FLOW_EXTENTS_MAX];
	uint32_t link, place;
	int x;

	ck_assert_uint_eq(flow_extents(bench.flow, 0, line, 7, 15, extents), 1);
	x = extents[0].x;
	place = flow_hit(bench.flow, 0, x + 1, line->y + 2, &link);
	ck_assert_uint_eq(place, 7);
	ck_assert_uint_ne(link, 0);
	flow_hit(bench.flow, 0, x - 6, line->y + 2, &link);
	ck_assert_uint_eq(link, 0);
	/* The blank between two words of a link is its part. */
	flow_extents(bench.flow, 0, line, 10, 11, extents);
	flow_extents(bench.flow, 0, line, 7, 10, extents);
	flow_hit(bench.flow, 0, extents[0].x + extents[0].w + 1, line->y + 2,
		 &link);
	ck_assert_uint_ne(link, 0);
	place = flow_hit(bench.flow, 0, 999, line->y + 2, &link);
	ck_assert_uint_eq(place, bench.document->text_bytes);
	ck_assert_uint_eq(link, 0);
	finish(&bench);
}
END_TEST

/* ---- lines that run to the left ---- */

#define ALEF "\u05d0"
#define BET "\u05d1"
#define GIMEL "\u05d2"

/* The pieces of the first line, from left to right, a blank between two. */
static char *seen(struct bench *bench, uint32_t box)
{
	const struct flow_layout *layout = flow_layout(bench->flow, box);
	char *words = NULL;
	size_t bytes;
	FILE *file = open_memstream(&words, &bytes);

	for (uint32_t i = layout->lines->first; i < layout->lines->end; i++)
		fprintf(file, "%s%.*s", i > layout->lines->first ? "|" : "",
			(int)layout->pieces[i].bytes,
			bench->document->text + layout->pieces[i].at);
	fclose(file);
	return words;
}

static void check_seen(const char *text, const char *wanted, bool rtl)
{
	struct bench bench = bench_of(text, strlen(text), 1000);
	const struct flow_layout *layout;
	char *words;

	if (!text_can_shape(bench.text)) {
		finish(&bench);
		return;
	}
	words = seen(&bench, 0);
	layout = flow_layout(bench.flow, 0);
	ck_assert_str_eq(words, wanted);
	ck_assert_int_eq(layout->rtl, rtl);
	for (uint32_t i = 1; i < layout->piece_count; i++)
		ck_assert_int_ge(layout->pieces[i].x,
				 layout->pieces[i - 1].x +
					 layout->pieces[i - 1].width);
	if (rtl) {
		const struct flow_piece *last =
			&layout->pieces[layout->piece_count - 1];

		ck_assert_int_ge(last->x + last->width,
				 (text[0] == '>' ? 971 : 999) * 64);
		ck_assert_int_le(last->x + last->width, 1000 * 64);
	}
	free(words);
	finish(&bench);
}

START_TEST(lines_run_to_the_left)
{
	check_seen("one " ALEF " " BET " two", "one|" BET "|" ALEF "|two",
		   false);
	check_seen(ALEF " " BET " " GIMEL, GIMEL "|" BET "|" ALEF, true);
	/* Latin and numbers in it run to the right. */
	check_seen(ALEF " one two " BET, BET "|one|two|" ALEF, true);
	check_seen(ALEF " 12 34 " BET, BET "|34|12|" ALEF, true);
	/* Words that change their direction are cut there. */
	check_seen(ALEF "(one)" BET, ")" BET "|one|" ALEF "(", true);
	/* Styles don't matter. */
	check_seen(ALEF " **" BET "** *" GIMEL "* [one](x) two",
		   "one|two|" GIMEL "|" BET "|" ALEF, true);
	check_seen("> " ALEF, ALEF, true);
}
END_TEST

START_TEST(hits_what_runs_to_the_left)
{
	static const char words[] = "ab " ALEF BET " " GIMEL " cd";
	struct bench bench = bench_of(words, strlen(words), 1000);
	const struct flow_layout *layout = flow_layout(bench.flow, 0);
	const struct flow_line *line = layout->lines;
	struct flow_extent extents[FLOW_EXTENTS_MAX];
	uint32_t link;

	if (!text_can_shape(bench.text)) {
		finish(&bench);
		return;
	}
	/* Each character is hit where it is seen, before or behind it. */
	for (uint32_t at = 0; at < strlen(words); at++) {
		uint32_t end = at + 1, place;

		while ((words[end] & 0xc0) == 0x80)
			end++;
		if ((words[at] & 0xc0) == 0x80 || words[at] == ' ')
			continue;
		ck_assert_uint_eq(
			flow_extents(bench.flow, 0, line, at, end, extents), 1);
		place = flow_hit(bench.flow, 0, extents[0].x + extents[0].w / 2,
				 line->y + 2, &link);
		ck_assert(place == at || place == end);
	}
	/* One part as it is written, two as it is seen. */
	ck_assert_uint_eq(flow_extents(bench.flow, 0, line, 1, 5, extents), 2);
	/* All of it is one. */
	ck_assert_uint_eq(flow_extents(bench.flow, 0, line, 0,
				       (uint32_t)strlen(words), extents),
			  1);
	finish(&bench);
}
END_TEST

START_TEST(figures)
{
	static const char text[] = "![What](there.png)\n\n![Gone](gone.png)\n\n"
				   "![a](there.png) and words\n";
	struct bench bench = bench_of(text, strlen(text), 400);

	ck_assert_int_eq(flow_layout(bench.flow, 0)->picture_w, 400);
	ck_assert_int_eq(flow_layout(bench.flow, 0)->picture_h, 200);
	ck_assert_int_eq(flow_layout(bench.flow, 1)->picture_w, 0);
	ck_assert_int_eq(flow_layout(bench.flow, 2)->picture_w, 0);
	finish(&bench);
}
END_TEST

START_TEST(pictures_in_lines)
{
	static const char text[] =
		"one ![words](small.png) two ![gone](gone.png)\n\n"
		"plain words\n\nbefore ![](there.png)![](small.png)\n\n"
		"| ![](small.png) | b |\n|---|---|\n| c | ![d](small.png) |\n";
	struct bench bench = bench_of(text, strlen(text), 300);
	const struct flow_layout *layout = flow_layout(bench.flow, 0);
	const struct flow_line *line = layout->lines;
	const struct block *leaf = flow_leaf(bench.flow, 0, line);
	struct rect r;

	ck_assert_uint_eq(layout->line_count, 1);
	ck_assert_uint_eq(layout->piece_count, 4);
	ck_assert_uint_ne(layout->pieces[1].picture, 0);
	ck_assert_uint_eq(layout->pieces[1].bytes, strlen("words"));
	ck_assert_str_eq(
		flow_picture(bench.flow, leaf, line, &layout->pieces[1], &r),
		"small.png");
	ck_assert_int_eq(r.w, 20);
	ck_assert_int_eq(r.h, 16);
	/* in the line, which is no higher for it */
	ck_assert_int_ge(r.y, line->y);
	ck_assert_int_le(r.y + r.h, line->y + line->h);
	ck_assert_int_eq(line->h, flow_layout(bench.flow, 1)->lines->h);
	/* words instead of one that isn't there */
	ck_assert_uint_eq(layout->pieces[3].picture, 0);
	/* a large one fits into the column, and makes its line high */
	layout = flow_layout(bench.flow, 2);
	ck_assert_uint_eq(layout->line_count, 3);
	ck_assert_int_eq(layout->pieces[1].width, 300 * 64);
	ck_assert_int_gt(layout->lines[1].h, 150);
	ck_assert_uint_eq(layout->pieces[2].picture,
			  layout->pieces[1].picture + 2);
	/* cells keep their own */
	layout = flow_layout(bench.flow, 3);
	ck_assert_uint_eq(layout->piece_count, 2);
	ck_assert_uint_ne(layout->pieces[0].picture, 0);
	ck_assert_int_gt(layout->pieces[1].x, layout->pieces[0].x);
	flow_relayout(bench.flow);
	ck_assert_uint_eq(flow_layout(bench.flow, 3)->piece_count, 2);
	flow_set_width(bench.flow, 200, 100);
	ck_assert_uint_eq(flow_layout(bench.flow, 3)->piece_count, 2);
	ck_assert_uint_ne(flow_layout(bench.flow, 4)->pieces[1].picture, 0);
	finish(&bench);
}
END_TEST

START_TEST(tables_fit)
{
	static const char text[] =
		"| a | b |\n|---|---|\n| short | many many many many many many "
		"many many many many words |\n";
	struct bench bench = bench_of(text, strlen(text), 300);
	int x, w, first;

	flow_column(bench.flow, bench.flow->boxes[1].block, 0, &first, &w);
	flow_column(bench.flow, bench.flow->boxes[1].block, 1, &x, &w);
	ck_assert_int_gt(x, first);
	ck_assert_int_le(x + w, 300);
	ck_assert_uint_gt(flow_layout(bench.flow, 1)->line_count, 2);
	finish(&bench);
}
END_TEST

Suite *flow_suite(void)
{
	Suite *suite = suite_create("document flow");
	TCase *tests = tcase_create("flow");

	tcase_add_test(tests, wraps_at_the_width);
	tcase_add_test(tests, cuts_long_words);
	tcase_add_test(tests, heights_add_up);
	tcase_add_test(tests, long_blocks_are_several_boxes);
	tcase_add_test(tests, hits_what_it_shows);
	tcase_add_test(tests, lines_run_to_the_left);
	tcase_add_test(tests, hits_what_runs_to_the_left);
	tcase_add_test(tests, figures);
	tcase_add_test(tests, pictures_in_lines);
	tcase_add_test(tests, tables_fit);
	suite_add_tcase(suite, tests);
	return suite;
}
