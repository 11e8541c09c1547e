/*
 * Markdown as a tree: what the CommonMark examples don't cover.
 */
#include <stdlib.h>
#include <string.h>

#include "scout/document/document.h"
#include "suite.h"

static struct document *parse(const char *text)
{
	return document_parse(text, strlen(text), 0);
}

static void check_html(const char *text, const char *wanted)
{
	struct document *document = parse(text);
	char *html = NULL;
	size_t bytes;
	FILE *file = open_memstream(&html, &bytes);

	document_print_html(document, file);
	fclose(file);
	ck_assert_str_eq(html, wanted);
	free(html);
	document_destroy(document);
}

START_TEST(additions)
{
	check_html("~~a~~", "<p><del>a</del></p>\n");
	check_html("- [x] a\n- [ ] b\n",
		   "<ul>\n<li><input type=\"checkbox\" disabled=\"\" "
		   "checked=\"\" /> a\n</li>\n<li><input type=\"checkbox\" "
		   "disabled=\"\" /> b\n</li>\n</ul>\n");
	check_html("|a|b|\n|--:|---|\n|c|d|\n",
		   "<table>\n<thead>\n<tr>\n<th align=\"right\">a</th>\n"
		   "<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
		   "<td align=\"right\">c</td>\n<td>d</td>\n</tr>\n</tbody>\n"
		   "</table>\n");
	check_html("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
}
END_TEST

START_TEST(front_matter)
{
	struct document *document = parse(
		"---\ntitle: \"One two\"\nnext: b.md\n---\n# H\n");
	char *title = document_title(document);

	ck_assert_str_eq(title, "One two");
	ck_assert_str_eq(document_string(document, document->next), "b.md");
	ck_assert_uint_eq(document->block_count, 2);
	free(title);
	document_destroy(document);
	/* neither keys nor an end: it is Markdown */
	check_html("---\n---\n", "<hr />\n<hr />\n");
	check_html("---\nnot this\n---\n", "<hr />\n<h2>not this</h2>\n");
}
END_TEST

START_TEST(titles_and_anchors)
{
	struct document *document = parse(
		"text\n\n# A *b* & c!\n\n## Same\n\n## Same\n");
	char *title = document_title(document);

	ck_assert_str_eq(title, "A b & c!");
	free(title);
	ck_assert_uint_eq(document_find_anchor(document, "a-b--c"), 2);
	ck_assert_uint_eq(document_find_anchor(document, "same"), 3);
	ck_assert_uint_eq(document_find_anchor(document, "same-1"), 4);
	ck_assert_uint_eq(document_find_anchor(document, "same-2"), 0);
	ck_assert_uint_eq(document_find_anchor(document, ""), 0);
	document_destroy(document);
}
END_TEST

/* Each is told from the others, and found. */
START_TEST(thousands_of_anchors)
{
	enum { HEADINGS = 4000 };
	char *text = NULL;
	size_t bytes;
	FILE *file = open_memstream(&text, &bytes);
	struct document *document;
	struct anchors *anchors;

	for (int i = 0; i < HEADINGS; i++)
		fprintf(file, i % 2 ? "# Same\n\n" : "## Part %d\n\n", i);
	fclose(file);
	document = parse(text);
	anchors = anchors_create(document);
	for (uint32_t i = 1; i <= HEADINGS; i++) {
		char *anchor = anchors_next(anchors, i);

		if (i == 1)
			ck_assert_str_eq(anchor, "part-0");
		else if (i == 2)
			ck_assert_str_eq(anchor, "same");
		else if (i == 4)
			ck_assert_str_eq(anchor, "same-1");
		if (i < 8 || i > HEADINGS - 8)
			ck_assert_uint_eq(
				document_find_anchor(document, anchor), i);
		free(anchor);
	}
	anchors_destroy(anchors);
	document_destroy(document);
	free(text);
}
END_TEST

START_TEST(entities)
{
	char out[ENTITY_BYTES_MAX];

	ck_assert_uint_eq(document_entity("&copy;", 6, out), 2);
	ck_assert_mem_eq(out, "\xc2\xa9", 2);
	ck_assert_uint_eq(document_entity("&amp;", 5, out), 1);
	ck_assert_int_eq(out[0], '&');
	ck_assert_uint_eq(document_entity("&nothing;", 9, out), 0);
	ck_assert_uint_eq(document_entity("&#65;", 5, out), 1);
	ck_assert_int_eq(out[0], 'A');
	/* no such characters */
	ck_assert_uint_eq(document_entity("&#0;", 4, out), 3);
	ck_assert_mem_eq(out, "\xef\xbf\xbd", 3);
	ck_assert_uint_eq(document_entity("&#xd800;", 8, out), 3);
	ck_assert_mem_eq(out, "\xef\xbf\xbd", 3);
}
END_TEST

START_TEST(invalid_text)
{
	struct document *document = parse("a\xff\xfe"
					  "b\xc3");

	ck_assert_str_eq(document->text, "a\xef\xbf\xbd\xef\xbf\xbd"
					 "b\xef\xbf\xbd");
	document_destroy(document);
	ck_assert_ptr_null(document_parse("", DOCUMENT_BYTES_MAX + 1u, 0));
	document = document_parse("", 0, 0);
	ck_assert_uint_eq(document->block_count, 1);
	document_destroy(document);
}
END_TEST

START_TEST(lines_of_links)
{
	struct document *document = parse(
		"one\ntwo\n\nthree [x](a.md)\n\n[y](b.md)\n");

	ck_assert_uint_eq(document->target_count, 2);
	ck_assert_uint_eq(document->targets[0].line, 4);
	document_destroy(document);
}
END_TEST

/* 50000 nested quotes: no recursion, no quadratic work. */
START_TEST(deep)
{
	enum { DEPTH = 50000 };
	char *text = malloc(DEPTH + 2);
	struct document *document;

	memset(text, '>', DEPTH);
	strcpy(text + DEPTH, "a");
	document = document_parse(text, DEPTH + 1, 0);
	ck_assert_ptr_nonnull(document);
	document_destroy(document);
	free(text);
}
END_TEST

Suite *tree_suite(void)
{
	Suite *suite = suite_create("document tree");
	TCase *tests = tcase_create("tree");

	tcase_add_test(tests, additions);
	tcase_add_test(tests, front_matter);
	tcase_add_test(tests, titles_and_anchors);
	tcase_add_test(tests, thousands_of_anchors);
	tcase_add_test(tests, entities);
	tcase_add_test(tests, invalid_text);
	tcase_add_test(tests, lines_of_links);
	tcase_add_test(tests, deep);
	suite_add_tcase(suite, tests);
	return suite;
}
