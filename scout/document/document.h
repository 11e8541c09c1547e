/*
 * document: Markdown as a tree, and the tree as a flow of boxes.
 *
 * CommonMark with tables, struck-out text, task lists and bare URLs; raw HTML
 * is text. The tree is two arrays: blocks in the order of the text, each with
 * the index of the first block behind it, and inline items, each an entry, an
 * end or a piece of text. All text of the document stands in one string, so
 * that searching and selecting need no tree.
 *
 * A document may come from anybody: everything is bounded by its size, nothing
 * recurses, and what is not valid UTF-8 becomes U+FFFD.
 */
#ifndef SCOUT_DOCUMENT_DOCUMENT_H
#define SCOUT_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { DOCUMENT_BYTES_MAX = 64 << 20 };

enum block_kind {
	BLOCK_DOCUMENT,
	BLOCK_QUOTE,
	BLOCK_LIST,
	BLOCK_ITEM,
	BLOCK_TABLE,
	BLOCK_HEAD, /* of a table */
	BLOCK_BODY,
	BLOCK_ROW,
	BLOCK_CELL,
	/* leaves */
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_CODE,
	BLOCK_RULE,
};

enum cell_align { CELL_DEFAULT, CELL_LEFT, CELL_CENTER, CELL_RIGHT };
enum item_task { TASK_NONE, TASK_OPEN, TASK_DONE };

struct block {
	uint8_t kind;
	/* heading: 1 to 6; cell: enum cell_align; item: enum item_task */
	uint8_t detail;
	bool ordered; /* list */
	bool tight; /* list; paragraph: directly in the item of such a list */
	uint32_t number; /* ordered list: of its first item; item: its own;
			    table: columns; code: offset of its language */
	uint32_t parent, end; /* end: first block that isn't in it */
	uint32_t item, item_end; /* inline items */
	uint32_t text, text_end; /* bytes of the document's text */
};

enum inline_kind {
	INLINE_TEXT,
	INLINE_SOFT_BREAK, /* a blank in the text */
	INLINE_BREAK, /* a newline in the text */
	/* these have an INLINE_END */
	INLINE_EMPHASIS,
	INLINE_STRONG,
	INLINE_STRUCK,
	INLINE_CODE,
	INLINE_LINK,
	INLINE_IMAGE, /* its text describes the picture */
	INLINE_END,
};

struct inline_item {
	uint8_t kind;
	uint8_t ends; /* INLINE_END: the kind that ends */
	uint32_t at; /* where in the text */
	uint32_t value; /* text: bytes; link and image: number of the target */
};

/* Where a link or picture points to; offsets in `strings`. */
struct target {
	uint32_t address, title; /* title 0: none */
	uint32_t line; /* in the source, from 1; 0: not known */
};

struct document {
	char *text;
	size_t text_bytes;
	struct block *blocks; /* the first is the document */
	size_t block_count;
	struct inline_item *items;
	size_t item_count;
	struct target *targets;
	size_t target_count;
	char *strings; /* NUL-terminated each, the first is "" */
	size_t string_bytes;
	/* Of the front matter, offsets in `strings`, 0: none. */
	uint32_t title, next;
};

enum {
	DOCUMENT_PLAIN = 1, /* CommonMark without our additions */
};

/* `bytes` of Markdown, with an optional front matter (`---`, lines of
 * `key: value`, `---`). NULL when it is too large or memory is short. */
struct document *document_parse(const char *source, size_t bytes,
				unsigned flags);
/* The same, NULL also when the tree would take more than `memory` bytes. */
struct document *document_parse_within(const char *source, size_t bytes,
				       unsigned flags, size_t memory);
void document_destroy(struct document *document); /* NULL is fine */

static inline const char *document_string(const struct document *document,
					  uint32_t offset)
{
	return document->strings + offset;
}

/* The title of the front matter, else the first heading's words, else NULL.
 * Owned by the caller. */
char *document_title(const struct document *document);

/* The words of a block, owned by the caller. */
char *document_words(const struct document *document,
		     const struct block *block);

/* The block of a heading whose words make the anchor (lower case, blanks as
 * "-", without punctuation; the second of a name is NAME-1); 0: none. */
uint32_t document_find_anchor(const struct document *document,
			      const char *anchor);

/* Anchors of all headings, one after the other in the order of the document;
 * each is owned by the caller. The time for one doesn't grow with those before
 * it. */
struct anchors;
struct anchors *anchors_create(const struct document *document);
char *anchors_next(struct anchors *anchors, uint32_t heading);
void anchors_destroy(struct anchors *anchors); /* NULL is fine */

/* Prints the tree as HTML. */
void document_print_html(const struct document *document, FILE *file);

/* UTF-8 of "&name;" or "&#code;" into `out` (not terminated); its bytes, 0
 * when there is no such character. */
enum { ENTITY_BYTES_MAX = 16 };
size_t document_entity(const char *name, size_t bytes,
		       char out[ENTITY_BYTES_MAX]);

#endif
