/*
 * Blocks, as md4c finds them, become the tree.
 */
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "prepare.h"

static struct block *add_block(struct builder *builder, enum block_kind kind)
{
	struct document *document = builder->document;
	struct block *block;

	if (!builder_reserve(builder, &document->blocks, document->block_count,
			     &builder->block_room, 1, sizeof(*block)))
		return NULL;
	block = &document->blocks[document->block_count];
	*block = (struct block){
		.kind = (uint8_t)kind,
		.parent = builder->open,
		.item = (uint32_t)document->item_count,
		.text = (uint32_t)document->text_bytes,
	};
	builder->open = (uint32_t)document->block_count++;
	return block;
}

static void close_block(struct builder *builder)
{
	struct document *document = builder->document;
	struct block *block = builder_open_block(builder);

	block->end = (uint32_t)document->block_count;
	block->item_end = (uint32_t)document->item_count;
	block->text_end = (uint32_t)document->text_bytes;
	builder->open = block->parent;
}

static bool takes_text(const struct block *block)
{
	return block->kind >= BLOCK_CELL;
}

bool builder_need_paragraph(struct builder *builder)
{
	struct block *block;

	if (takes_text(builder_open_block(builder)))
		return true;
	block = add_block(builder, BLOCK_PARAGRAPH);
	if (block)
		block->tight = true;
	return block != NULL;
}

static void close_tight(struct builder *builder)
{
	struct block *block = builder_open_block(builder);

	if (block->kind == BLOCK_PARAGRAPH && block->tight)
		close_block(builder);
}

/* While a list is open, its text_end counts its items. */
static uint32_t number_of(struct builder *builder)
{
	struct block *list = builder_open_block(builder);

	return list->number + list->text_end++;
}

static bool fill_block(struct builder *builder, MD_BLOCKTYPE type, void *detail,
		       struct block *block)
{
	const MD_BLOCK_CODE_DETAIL *code = detail;
	const MD_BLOCK_LI_DETAIL *item = detail;
	uint32_t offset;

	switch (type) {
	case MD_BLOCK_UL:
		block->tight = ((MD_BLOCK_UL_DETAIL *)detail)->is_tight;
		break;
	case MD_BLOCK_OL:
		block->tight = ((MD_BLOCK_OL_DETAIL *)detail)->is_tight;
		block->ordered = true;
		block->number = ((MD_BLOCK_OL_DETAIL *)detail)->start;
		break;
	case MD_BLOCK_LI:
		block->detail = !item->is_task           ? TASK_NONE
				: item->task_mark == ' ' ? TASK_OPEN
							 : TASK_DONE;
		break;
	case MD_BLOCK_H:
		block->detail = (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
		break;
	case MD_BLOCK_TABLE:
		block->number = ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		block->detail = (uint8_t)((MD_BLOCK_TD_DETAIL *)detail)->align;
		break;
	case MD_BLOCK_CODE:
		if (!builder_add_attribute(builder, &code->lang, &offset))
			return false;
		block->number = offset;
		break;
	default:
		break;
	}
	return true;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	static const uint8_t kinds[] = {
		[MD_BLOCK_QUOTE] = BLOCK_QUOTE, [MD_BLOCK_UL] = BLOCK_LIST,
		[MD_BLOCK_OL] = BLOCK_LIST,     [MD_BLOCK_LI] = BLOCK_ITEM,
		[MD_BLOCK_HR] = BLOCK_RULE,     [MD_BLOCK_H] = BLOCK_HEADING,
		[MD_BLOCK_CODE] = BLOCK_CODE,   [MD_BLOCK_HTML] = BLOCK_CODE,
		[MD_BLOCK_P] = BLOCK_PARAGRAPH, [MD_BLOCK_TABLE] = BLOCK_TABLE,
		[MD_BLOCK_THEAD] = BLOCK_HEAD,  [MD_BLOCK_TBODY] = BLOCK_BODY,
		[MD_BLOCK_TR] = BLOCK_ROW,      [MD_BLOCK_TH] = BLOCK_CELL,
		[MD_BLOCK_TD] = BLOCK_CELL,
	};
	struct builder *builder = user;
	struct block *block;
	uint32_t number = 0;

	if (type == MD_BLOCK_DOC)
		return 0;
	close_tight(builder);
	if (type == MD_BLOCK_LI)
		number = number_of(builder);
	block = add_block(builder, (enum block_kind)kinds[type]);
	if (!block)
		return -1;
	block->number = number;
	return fill_block(builder, type, detail, block) ? 0 : -1;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct builder *builder = user;

	(void)detail;
	if (type == MD_BLOCK_DOC)
		return 0;
	close_tight(builder);
	/* An empty item still has its mark. */
	if (type == MD_BLOCK_LI &&
	    builder->open + 1 == builder->document->block_count) {
		if (!builder_need_paragraph(builder))
			return -1;
		close_block(builder);
	}
	close_block(builder);
	return 0;
}

/* ---- all of it ---- */

static bool add_part(struct builder *builder, const struct source_part *part,
		     uint32_t *offset)
{
	if (!part->text)
		return true;
	*offset = (uint32_t)builder->document->string_bytes;
	return builder_add_string(builder, part->text, part->bytes) &&
	       builder_add_string(builder, "", 1);
}

static bool build(struct builder *builder, const char *source, size_t bytes,
		  unsigned flags)
{
	const MD_PARSER parser = {
		.flags = flags & DOCUMENT_PLAIN
				 ? MD_FLAG_NOHTML
				 : MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
					   MD_FLAG_TASKLISTS |
					   MD_FLAG_PERMISSIVEURLAUTOLINKS |
					   MD_FLAG_NOHTML,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = builder_enter_span,
		.leave_span = builder_leave_span,
		.text = builder_on_text,
	};
	struct document *document = builder->document;
	struct source_front front = { 0 };
	size_t skipped;

	if (!builder_add_string(builder, "", 1) ||
	    !add_block(builder, BLOCK_DOCUMENT))
		return false;
	builder->open = 0;
	skipped = source_front(source, bytes, &front);
	if (!add_part(builder, &front.title, &document->title) ||
	    !add_part(builder, &front.next, &document->next))
		return false;
	builder->source = source;
	builder->source_bytes = bytes;
	builder->line = 1;
	if (md_parse(source + skipped, (MD_SIZE)(bytes - skipped), &parser,
		     builder))
		return false;
	if (!builder_reserve(builder, &document->text, document->text_bytes,
			     &builder->text_room, 1, 1))
		return false;
	document->text[document->text_bytes] = 0;
	close_block(builder);
	return true;
}

struct document *document_parse(const char *source, size_t bytes,
				unsigned flags)
{
	return document_parse_within(source, bytes, flags, SIZE_MAX);
}

struct document *document_parse_within(const char *source, size_t bytes,
				       unsigned flags, size_t memory)
{
	struct builder builder = {
		.document = calloc(1, sizeof(struct document)),
		.memory = memory,
	};
	bool failed = bytes > DOCUMENT_BYTES_MAX;
	char *copy = NULL;

	if (!builder.document)
		return NULL;
	if (!failed)
		copy = source_repaired(source, bytes, &bytes, &failed);
	if (failed || !build(&builder, copy ? copy : source, bytes, flags)) {
		document_destroy(builder.document);
		builder.document = NULL;
	}
	free(copy);
	return builder.document;
}

void document_destroy(struct document *document)
{
	if (!document)
		return;
	free(document->text);
	free(document->blocks);
	free(document->items);
	free(document->targets);
	free(document->strings);
	free(document);
}
