/*
 * builder: a document while md4c's callbacks make it. A callback returns -1
 * when memory is short, which ends the parsing.
 */
#ifndef SCOUT_DOCUMENT_BUILDER_H
#define SCOUT_DOCUMENT_BUILDER_H

#include <md4c.h>

#include "document.h"

struct builder {
	struct document *document;
	const char *source;
	size_t source_bytes;
	size_t text_room, block_room, item_room, target_room, string_room;
	size_t memory; /* bytes that all of them may still take */
	uint32_t open; /* the block that is open */
	unsigned in_image;
	/* for lines of targets: how far lines were counted */
	size_t counted;
	uint32_t line;
	const char *seen; /* latest text of the source */
};

static inline struct block *builder_open_block(struct builder *builder)
{
	return &builder->document->blocks[builder->open];
}

/* Room for `more` elements in *array; false when memory is short. */
bool builder_reserve(struct builder *builder, void *array, size_t count,
		     size_t *room, size_t more, size_t size);
/* Appends to the strings; a NUL of its own ends each. */
bool builder_add_string(struct builder *builder, const char *text,
			size_t bytes);
/* A string of md4c with its entities replaced; *offset 0: it is empty. */
bool builder_add_attribute(struct builder *builder, const MD_ATTRIBUTE *from,
			   uint32_t *offset);

/* Text of an item of a tight list has no paragraph: it gets one. */
bool builder_need_paragraph(struct builder *builder);

/* ---- callbacks for what stands in blocks ---- */

int builder_enter_span(MD_SPANTYPE type, void *detail, void *user);
int builder_leave_span(MD_SPANTYPE type, void *detail, void *user);
int builder_on_text(MD_TEXTTYPE type, const char *text, MD_SIZE bytes,
		    void *user);

#endif
