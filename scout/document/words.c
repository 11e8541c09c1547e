/*
 * Titles, words, anchors.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "document.h"

char *document_words(const struct document *document, const struct block *block)
{
	return xstrndup(document->text + block->text,
			block->text_end - block->text);
}

char *document_title(const struct document *document)
{
	if (document->title)
		return xstrdup(document_string(document, document->title));
	for (size_t i = 1; i < document->block_count; i++)
		if (document->blocks[i].kind == BLOCK_HEADING)
			return document_words(document, &document->blocks[i]);
	return NULL;
}

/* ASCII in lower case, "-" for blanks, no punctuation; the rest as it is. */
static void make_slug(const char *text, size_t bytes, char *out)
{
	for (size_t i = 0; i < bytes; i++) {
		char c = text[i];

		if (c >= 'A' && c <= 'Z')
			*out++ = (char)(c - 'A' + 'a');
		else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			 c == '_' || c == '-' || (c & 0x80))
			*out++ = c;
		else if (c == ' ')
			*out++ = '-';
	}
	*out = 0;
}

static char *slug_of(const struct document *document, const struct block *block)
{
	size_t bytes = block->text_end - block->text;
	char *slug = xcalloc(bytes + 1, 1);

	make_slug(document->text + block->text, bytes, slug);
	return slug;
}

/* How many headings before `block` have that slug. */
static unsigned earlier(const struct document *document, uint32_t block,
			const char *slug)
{
	unsigned count = 0;

	for (uint32_t i = 1; i < block; i++) {
		const struct block *b = &document->blocks[i];
		char *other;

		if (b->kind != BLOCK_HEADING)
			continue;
		other = slug_of(document, b);
		count += strcmp(other, slug) == 0;
		free(other);
	}
	return count;
}

char *document_anchor(const struct document *document, uint32_t block)
{
	char *slug = slug_of(document, &document->blocks[block]);
	unsigned before = earlier(document, block, slug);
	char *anchor;

	if (!before)
		return slug;
	anchor = xasprintf("%s-%u", slug, before);
	free(slug);
	return anchor;
}

uint32_t document_find_anchor(const struct document *document,
			      const char *anchor)
{
	const char *dash = strrchr(anchor, '-');
	unsigned long nth = dash ? strtoul(dash + 1, NULL, 10) : 0;
	size_t stem = nth ? (size_t)(dash - anchor) : 0;
	unsigned long seen = 0;

	for (uint32_t i = 1; i < document->block_count; i++) {
		char *slug;
		bool found;

		if (document->blocks[i].kind != BLOCK_HEADING)
			continue;
		slug = slug_of(document, &document->blocks[i]);
		found = strcmp(slug, anchor) == 0;
		if (!found && nth && strlen(slug) == stem &&
		    !memcmp(slug, anchor, stem))
			found = seen++ == nth;
		free(slug);
		if (found)
			return i;
	}
	return 0;
}
