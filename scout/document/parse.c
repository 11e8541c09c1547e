/*
 * md4c's callbacks become the tree.
 */
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "document.h"

struct builder {
	struct document *document;
	const char *source;
	size_t source_bytes;
	size_t text_room, block_room, item_room, target_room, string_room;
	uint32_t open; /* the block that is open */
	unsigned in_image;
	/* for lines of targets: how far lines were counted */
	size_t counted;
	uint32_t line;
	const char *seen; /* latest text of the source */
};

/* Room for `more` elements; false when memory is short. */
static bool reserve(void *array, size_t count, size_t *room, size_t more,
		    size_t size)
{
	void **at = array, *larger;
	size_t wanted = count + more;

	if (wanted <= *room)
		return true;
	wanted += wanted / 2 + 64;
	larger = realloc(*at, wanted * size);
	if (!larger)
		return false;
	*at = larger;
	*room = wanted;
	return true;
}

/* ---- strings ---- */

static bool add_string(struct builder *builder, const char *text, size_t bytes)
{
	struct document *document = builder->document;

	if (!reserve(&document->strings, document->string_bytes,
		     &builder->string_room, bytes, 1))
		return false;
	memcpy(document->strings + document->string_bytes, text, bytes);
	document->string_bytes += bytes;
	return true;
}

static bool add_attribute(struct builder *builder, const MD_ATTRIBUTE *from,
			  uint32_t *offset)
{
	*offset = 0;
	if (!from->size)
		return true;
	*offset = (uint32_t)builder->document->string_bytes;
	for (int i = 0; from->substr_offsets[i] < from->size; i++) {
		const char *text = from->text + from->substr_offsets[i];
		size_t bytes = from->substr_offsets[i + 1] -
			       from->substr_offsets[i];
		char out[ENTITY_BYTES_MAX];
		size_t found = 0;

		if (from->substr_types[i] == MD_TEXT_NULLCHAR) {
			text = "\xef\xbf\xbd";
			bytes = 3;
		} else if (from->substr_types[i] == MD_TEXT_ENTITY) {
			found = document_entity(text, bytes, out);
		}
		if (found ? !add_string(builder, out, found)
			  : !add_string(builder, text, bytes))
			return false;
	}
	return add_string(builder, "", 1);
}

/* ---- blocks ---- */

static struct block *open_block(struct builder *builder)
{
	return &builder->document->blocks[builder->open];
}

static struct block *add_block(struct builder *builder, enum block_kind kind)
{
	struct document *document = builder->document;
	struct block *block;

	if (!reserve(&document->blocks, document->block_count,
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
	struct block *block = open_block(builder);

	block->end = (uint32_t)document->block_count;
	block->item_end = (uint32_t)document->item_count;
	block->text_end = (uint32_t)document->text_bytes;
	builder->open = block->parent;
}

static bool takes_text(const struct block *block)
{
	return block->kind >= BLOCK_CELL;
}

/* Text of an item of a tight list has no paragraph: it gets one. */
static bool need_paragraph(struct builder *builder)
{
	struct block *block;

	if (takes_text(open_block(builder)))
		return true;
	block = add_block(builder, BLOCK_PARAGRAPH);
	if (block)
		block->tight = true;
	return block != NULL;
}

static void close_tight(struct builder *builder)
{
	struct block *block = open_block(builder);

	if (block->kind == BLOCK_PARAGRAPH && block->tight)
		close_block(builder);
}

/* While a list is open, its text_end counts its items. */
static uint32_t number_of(struct builder *builder)
{
	struct block *list = open_block(builder);

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
		if (!add_attribute(builder, &code->lang, &offset))
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
		if (!need_paragraph(builder))
			return -1;
		close_block(builder);
	}
	close_block(builder);
	return 0;
}

/* ---- inline ---- */

static struct inline_item *add_item(struct builder *builder,
				    enum inline_kind kind)
{
	struct document *document = builder->document;
	struct inline_item *item;

	if (!reserve(&document->items, document->item_count,
		     &builder->item_room, 1, sizeof(*item)))
		return NULL;
	item = &document->items[document->item_count++];
	*item = (struct inline_item){
		.kind = (uint8_t)kind,
		.at = (uint32_t)document->text_bytes,
	};
	return item;
}

/* The line of a place in the source; places mostly come in order. */
static uint32_t line_of(struct builder *builder, const char *place)
{
	size_t to = (size_t)(place - builder->source);

	if (place < builder->source || to > builder->source_bytes)
		return 0;
	if (to < builder->counted) {
		builder->counted = 0;
		builder->line = 1;
	}
	for (const char *c; (c = memchr(builder->source + builder->counted,
					'\n', to - builder->counted));) {
		builder->counted = (size_t)(c + 1 - builder->source);
		builder->line++;
	}
	return builder->line;
}

static bool add_target(struct builder *builder, const MD_ATTRIBUTE *address,
		       const MD_ATTRIBUTE *title, uint32_t *number)
{
	struct document *document = builder->document;
	struct target target = { .line = 0 };

	if (!add_attribute(builder, address, &target.address) ||
	    !add_attribute(builder, title, &target.title) ||
	    !reserve(&document->targets, document->target_count,
		     &builder->target_room, 1, sizeof(target)))
		return false;
	if (builder->seen)
		target.line = line_of(builder, builder->seen);
	*number = (uint32_t)document->target_count;
	document->targets[document->target_count++] = target;
	return true;
}

static enum inline_kind kind_of(MD_SPANTYPE type)
{
	switch (type) {
	case MD_SPAN_EM:
		return INLINE_EMPHASIS;
	case MD_SPAN_STRONG:
		return INLINE_STRONG;
	case MD_SPAN_A:
		return INLINE_LINK;
	case MD_SPAN_IMG:
		return INLINE_IMAGE;
	case MD_SPAN_CODE:
		return INLINE_CODE;
	default:
		return INLINE_STRUCK;
	}
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct builder *builder = user;
	const MD_SPAN_A_DETAIL *link = detail;
	const MD_SPAN_IMG_DETAIL *image = detail;
	uint32_t target = 0;
	struct inline_item *item;

	if (!need_paragraph(builder))
		return -1;
	if (type == MD_SPAN_A &&
	    !add_target(builder, &link->href, &link->title, &target))
		return -1;
	if (type == MD_SPAN_IMG &&
	    !add_target(builder, &image->src, &image->title, &target))
		return -1;
	item = add_item(builder, kind_of(type));
	if (!item)
		return -1;
	item->value = target;
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct inline_item *item = add_item(user, INLINE_END);

	(void)detail;
	if (!item)
		return -1;
	item->ends = (uint8_t)kind_of(type);
	return 0;
}

static bool add_text(struct builder *builder, enum inline_kind kind,
		     const char *text, size_t bytes)
{
	struct document *document = builder->document;
	struct inline_item *last = NULL;

	if (document->item_count > open_block(builder)->item)
		last = &document->items[document->item_count - 1];
	if (!last || kind != INLINE_TEXT || last->kind != INLINE_TEXT) {
		last = add_item(builder, kind);
		if (!last)
			return false;
	}
	if (!reserve(&document->text, document->text_bytes, &builder->text_room,
		     bytes + 1, 1))
		return false;
	memcpy(document->text + document->text_bytes, text, bytes);
	document->text_bytes += bytes;
	last->value += (uint32_t)bytes;
	return true;
}

static int on_text(MD_TEXTTYPE type, const char *text, MD_SIZE bytes,
		   void *user)
{
	struct builder *builder = user;
	char out[ENTITY_BYTES_MAX];
	size_t found;
	bool ok;

	if (!need_paragraph(builder))
		return -1;
	if (text >= builder->source &&
	    text < builder->source + builder->source_bytes)
		builder->seen = text;
	switch (type) {
	case MD_TEXT_SOFTBR:
		ok = add_text(builder, INLINE_SOFT_BREAK, " ", 1);
		break;
	case MD_TEXT_BR:
		ok = add_text(builder, INLINE_BREAK, "\n", 1);
		break;
	case MD_TEXT_NULLCHAR:
		ok = add_text(builder, INLINE_TEXT, "\xef\xbf\xbd", 3);
		break;
	case MD_TEXT_ENTITY:
		found = document_entity(text, bytes, out);
		ok = found ? add_text(builder, INLINE_TEXT, out, found)
			   : add_text(builder, INLINE_TEXT, text, bytes);
		break;
	default:
		ok = add_text(builder, INLINE_TEXT, text, bytes);
		break;
	}
	return ok ? 0 : -1;
}

/* ---- front matter ---- */

static size_t line_bytes(const char *text, size_t bytes)
{
	const char *end = memchr(text, '\n', bytes);

	return end ? (size_t)(end + 1 - text) : bytes;
}

static bool is_fence(const char *line, size_t bytes)
{
	while (bytes && (line[bytes - 1] == '\n' || line[bytes - 1] == '\r'))
		bytes--;
	return bytes == 3 && !memcmp(line, "---", 3);
}

static bool take_key(struct builder *builder, const char *line, size_t bytes,
		     const char *key, uint32_t *offset)
{
	size_t length = strlen(key);

	if (bytes <= length || memcmp(line, key, length))
		return true;
	line += length;
	bytes -= length;
	while (bytes && (*line == ' ' || *line == '"')) {
		line++;
		bytes--;
	}
	while (bytes && strchr("\r\n \"", line[bytes - 1]))
		bytes--;
	*offset = (uint32_t)builder->document->string_bytes;
	return add_string(builder, line, bytes) && add_string(builder, "", 1);
}

/* Lines of `key: value` between two of `---` at the very beginning; how many
 * bytes they are, 0 for none. */
static size_t front_matter(struct builder *builder, const char *text,
			   size_t bytes)
{
	size_t at = line_bytes(text, bytes), length;
	unsigned keys = 0;

	if (!is_fence(text, at))
		return 0;
	for (; at < bytes; at += length, keys++) {
		const char *line = text + at;

		length = line_bytes(line, bytes - at);
		if (is_fence(line, length)) {
			at += length;
			break;
		}
		size_t word = 0;

		while (word < length &&
		       ((line[word] >= 'a' && line[word] <= 'z') ||
			line[word] == '_'))
			word++;
		if (!word || word >= length || line[word] != ':')
			return 0;
	}
	if (!keys || !is_fence(text + at - length, length))
		return 0;
	for (size_t i = line_bytes(text, bytes); i < at; i += length) {
		struct document *document = builder->document;

		length = line_bytes(text + i, bytes - i);
		take_key(builder, text + i, length, "title:", &document->title);
		take_key(builder, text + i, length, "next:", &document->next);
	}
	return at;
}

/* ---- all of it ---- */

/* NULL: it is valid as it is, or memory is short (*failed). */
static char *repaired(const char *source, size_t bytes, size_t *length,
		      bool *failed)
{
	size_t i = 0, step, out;
	char *copy;

	while (i < bytes && ((source[i] & 0x80) == 0 ||
			     utf8_decode(source + i, bytes - i, NULL)))
		i += source[i] & 0x80 ? utf8_decode(source + i, bytes - i, NULL)
				      : 1;
	if (i == bytes)
		return NULL;
	copy = malloc(bytes * 3);
	*failed = !copy;
	if (!copy)
		return NULL;
	memcpy(copy, source, i);
	for (out = i; i < bytes; i += step ? step : 1) {
		step = utf8_decode(source + i, bytes - i, NULL);
		memcpy(copy + out, step ? source + i : "\xef\xbf\xbd",
		       step ? step : 3);
		out += step ? step : 3;
	}
	*length = out;
	return copy;
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
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = on_text,
	};
	size_t skipped;
	struct document *document = builder->document;

	if (!add_string(builder, "", 1) || !add_block(builder, BLOCK_DOCUMENT))
		return false;
	builder->open = 0;
	skipped = front_matter(builder, source, bytes);
	builder->source = source;
	builder->source_bytes = bytes;
	builder->line = 1;
	if (md_parse(source + skipped, (MD_SIZE)(bytes - skipped), &parser,
		     builder))
		return false;
	if (!reserve(&document->text, document->text_bytes, &builder->text_room,
		     1, 1))
		return false;
	document->text[document->text_bytes] = 0;
	close_block(builder);
	return true;
}

struct document *document_parse(const char *source, size_t bytes,
				unsigned flags)
{
	struct builder builder = { .document = calloc(
					   1, sizeof(struct document)) };
	bool failed = bytes > DOCUMENT_BYTES_MAX;
	char *copy = NULL;

	if (!builder.document)
		return NULL;
	if (!failed)
		copy = repaired(source, bytes, &bytes, &failed);
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
