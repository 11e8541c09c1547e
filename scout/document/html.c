/*
 * The tree as HTML: for tests of the tree, and for looking at it.
 */
#include <string.h>

#include "document.h"

static void print_escaped(FILE *file, const char *text, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		switch (text[i]) {
		case '&':
			fputs("&amp;", file);
			break;
		case '<':
			fputs("&lt;", file);
			break;
		case '>':
			fputs("&gt;", file);
			break;
		case '"':
			fputs("&quot;", file);
			break;
		default:
			fputc(text[i], file);
		}
}

static void print_address(FILE *file, const char *text)
{
	static const char safe[] = "-_.+!*'(),%#@?=;:/$~";

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '&')
			fputs("&amp;", file);
		else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			 (c >= '0' && c <= '9') || strchr(safe, c))
			fputc(c, file);
		else
			fprintf(file, "%%%02X", c);
	}
}

static void print_title(FILE *file, const struct document *document,
			const struct target *target)
{
	const char *title = document_string(document, target->title);

	if (!target->title)
		return;
	fputs(" title=\"", file);
	print_escaped(file, title, strlen(title));
	fputc('"', file);
}

/* ---- inline ---- */

struct inline_printer {
	const struct document *document;
	FILE *file;
	unsigned images; /* in how many we are; there only text counts */
	uint32_t image; /* the outermost */
};

static void open_item(struct inline_printer *printer,
		      const struct inline_item *item)
{
	static const char *const tags[] = {
		[INLINE_EMPHASIS] = "<em>",
		[INLINE_STRONG] = "<strong>",
		[INLINE_STRUCK] = "<del>",
		[INLINE_CODE] = "<code>",
	};
	const struct document *document = printer->document;
	const struct target *target = item->kind == INLINE_LINK ||
						      item->kind == INLINE_IMAGE
					      ? &document->targets[item->value]
					      : NULL;

	if (item->kind == INLINE_IMAGE) {
		if (printer->images++)
			return;
		printer->image = item->value;
		fputs("<img src=\"", printer->file);
		print_address(printer->file,
			      document_string(document, target->address));
		fputs("\" alt=\"", printer->file);
	} else if (printer->images) {
		return;
	} else if (item->kind == INLINE_LINK) {
		fputs("<a href=\"", printer->file);
		print_address(printer->file,
			      document_string(document, target->address));
		fputc('"', printer->file);
		print_title(printer->file, document, target);
		fputc('>', printer->file);
	} else {
		fputs(tags[item->kind], printer->file);
	}
}

static void close_item(struct inline_printer *printer, uint8_t kind)
{
	static const char *const tags[] = {
		[INLINE_EMPHASIS] = "</em>", [INLINE_STRONG] = "</strong>",
		[INLINE_STRUCK] = "</del>",  [INLINE_CODE] = "</code>",
		[INLINE_LINK] = "</a>",
	};

	if (kind == INLINE_IMAGE) {
		if (--printer->images)
			return;
		fputc('"', printer->file);
		print_title(printer->file, printer->document,
			    &printer->document->targets[printer->image]);
		fputs(" />", printer->file);
	} else if (!printer->images) {
		fputs(tags[kind], printer->file);
	}
}

static void print_items(FILE *file, const struct document *document,
			const struct block *block)
{
	struct inline_printer printer = { document, file, 0, 0 };

	for (uint32_t i = block->item; i < block->item_end; i++) {
		const struct inline_item *item = &document->items[i];

		switch (item->kind) {
		case INLINE_TEXT:
			print_escaped(file, document->text + item->at,
				      item->value);
			break;
		case INLINE_SOFT_BREAK:
			fputc('\n', file);
			break;
		case INLINE_BREAK:
			fputs(printer.images ? "\n" : "<br />\n", file);
			break;
		case INLINE_END:
			close_item(&printer, item->ends);
			break;
		default:
			open_item(&printer, item);
		}
	}
}

/* ---- blocks ---- */

static const char *align_word(const struct block *block)
{
	static const char *const words[] = { "", " align=\"left\"",
					     " align=\"center\"",
					     " align=\"right\"" };

	return words[block->detail & 3];
}

static const char *cell_tag(const struct document *document,
			    const struct block *cell)
{
	const struct block *row = &document->blocks[cell->parent];

	return document->blocks[row->parent].kind == BLOCK_HEAD ? "th" : "td";
}

static void print_code(FILE *file, const struct document *document,
		       const struct block *block)
{
	const char *language = document_string(document, block->number);

	fputs("<pre><code", file);
	if (*language) {
		fputs(" class=\"language-", file);
		print_escaped(file, language, strlen(language));
		fputc('"', file);
	}
	fputc('>', file);
	print_items(file, document, block);
	fputs("</code></pre>\n", file);
}

static void open_block(FILE *file, const struct document *document,
		       const struct block *block)
{
	static const char *const tags[] = {
		[BLOCK_QUOTE] = "<blockquote>\n", [BLOCK_TABLE] = "<table>\n",
		[BLOCK_HEAD] = "<thead>\n",       [BLOCK_BODY] = "<tbody>\n",
		[BLOCK_ROW] = "<tr>\n",
	};

	switch (block->kind) {
	case BLOCK_DOCUMENT:
		break;
	case BLOCK_LIST:
		if (block->ordered && block->number != 1)
			fprintf(file, "<ol start=\"%u\">\n", block->number);
		else
			fputs(block->ordered ? "<ol>\n" : "<ul>\n", file);
		break;
	case BLOCK_ITEM:
		fputs("<li>", file);
		if (block->detail)
			fprintf(file,
				"<input type=\"checkbox\" disabled=\"\"%s /> ",
				block->detail == TASK_DONE ? " checked=\"\""
							   : "");
		break;
	case BLOCK_CELL:
		fprintf(file, "<%s%s>", cell_tag(document, block),
			align_word(block));
		print_items(file, document, block);
		break;
	case BLOCK_PARAGRAPH:
		fputs(block->tight ? "" : "<p>", file);
		print_items(file, document, block);
		break;
	case BLOCK_HEADING:
		fprintf(file, "<h%u>", block->detail);
		print_items(file, document, block);
		break;
	case BLOCK_CODE:
		print_code(file, document, block);
		break;
	case BLOCK_RULE:
		fputs("<hr />\n", file);
		break;
	default:
		fputs(tags[block->kind], file);
	}
}

static void close_block(FILE *file, const struct document *document,
			const struct block *block)
{
	static const char *const tags[] = {
		[BLOCK_QUOTE] = "</blockquote>\n", [BLOCK_ITEM] = "</li>\n",
		[BLOCK_TABLE] = "</table>\n",      [BLOCK_HEAD] = "</thead>\n",
		[BLOCK_BODY] = "</tbody>\n",       [BLOCK_ROW] = "</tr>\n",
	};

	switch (block->kind) {
	case BLOCK_DOCUMENT:
	case BLOCK_CODE:
	case BLOCK_RULE:
		break;
	case BLOCK_LIST:
		fputs(block->ordered ? "</ol>\n" : "</ul>\n", file);
		break;
	case BLOCK_CELL:
		fprintf(file, "</%s>\n", cell_tag(document, block));
		break;
	case BLOCK_PARAGRAPH:
		fputs(block->tight ? "\n" : "</p>\n", file);
		break;
	case BLOCK_HEADING:
		fprintf(file, "</h%u>\n", block->detail);
		break;
	default:
		fputs(tags[block->kind], file);
	}
}

void document_print_html(const struct document *document, FILE *file)
{
	const struct block *blocks = document->blocks;
	uint32_t open = 0;

	for (uint32_t i = 1; i < document->block_count; i++) {
		while (open && blocks[open].end <= i) {
			close_block(file, document, &blocks[open]);
			open = blocks[open].parent;
		}
		open_block(file, document, &blocks[i]);
		open = i;
	}
	for (; open; open = blocks[open].parent)
		close_block(file, document, &blocks[open]);
}
