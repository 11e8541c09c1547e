/*
 * What stands in blocks: text, links, pictures, emphasis.
 */
#include <stdlib.h>
#include <string.h>

#include "builder.h"

/* ---- memory ---- */

bool builder_reserve(struct builder *builder, void *array, size_t count,
		     size_t *room, size_t more, size_t size)
{
	void **at = array, *larger;
	size_t wanted = count + more;

	if (wanted <= *room)
		return true;
	wanted += wanted / 2 + 64;
	if ((wanted - *room) * size > builder->memory)
		return false;
	larger = realloc(*at, wanted * size);
	if (!larger)
		return false;
	builder->memory -= (wanted - *room) * size;
	*at = larger;
	*room = wanted;
	return true;
}

bool builder_add_string(struct builder *builder, const char *text, size_t bytes)
{
	struct document *document = builder->document;

	if (!builder_reserve(builder, &document->strings,
			     document->string_bytes, &builder->string_room,
			     bytes, 1))
		return false;
	memcpy(document->strings + document->string_bytes, text, bytes);
	document->string_bytes += bytes;
	return true;
}

bool builder_add_attribute(struct builder *builder, const MD_ATTRIBUTE *from,
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
		if (found ? !builder_add_string(builder, out, found)
			  : !builder_add_string(builder, text, bytes))
			return false;
	}
	return builder_add_string(builder, "", 1);
}

/* ---- items ---- */

static struct inline_item *add_item(struct builder *builder,
				    enum inline_kind kind)
{
	struct document *document = builder->document;
	struct inline_item *item;

	if (!builder_reserve(builder, &document->items, document->item_count,
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

	if (!builder_add_attribute(builder, address, &target.address) ||
	    !builder_add_attribute(builder, title, &target.title) ||
	    !builder_reserve(builder, &document->targets,
			     document->target_count, &builder->target_room, 1,
			     sizeof(target)))
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

int builder_enter_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct builder *builder = user;
	const MD_SPAN_A_DETAIL *link = detail;
	const MD_SPAN_IMG_DETAIL *image = detail;
	uint32_t target = 0;
	struct inline_item *item;

	if (!builder_need_paragraph(builder))
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

int builder_leave_span(MD_SPANTYPE type, void *detail, void *user)
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

	if (document->item_count > builder_open_block(builder)->item)
		last = &document->items[document->item_count - 1];
	if (!last || kind != INLINE_TEXT || last->kind != INLINE_TEXT) {
		last = add_item(builder, kind);
		if (!last)
			return false;
	}
	if (!builder_reserve(builder, &document->text, document->text_bytes,
			     &builder->text_room, bytes + 1, 1))
		return false;
	memcpy(document->text + document->text_bytes, text, bytes);
	document->text_bytes += bytes;
	last->value += (uint32_t)bytes;
	return true;
}

int builder_on_text(MD_TEXTTYPE type, const char *text, MD_SIZE bytes,
		    void *user)
{
	struct builder *builder = user;
	char out[ENTITY_BYTES_MAX];
	size_t found;
	bool ok;

	if (!builder_need_paragraph(builder))
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
