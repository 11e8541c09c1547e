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

/* ---- anchors of all headings ---- */

/* Slugs that were seen, by hash; a power of two of them. */
struct anchors {
	const struct document *document;
	struct seen_slug {
		char *slug; /* NULL: free */
		unsigned count;
	} * seen;
	size_t room;
};

struct anchors *anchors_create(const struct document *document)
{
	struct anchors *anchors = xcalloc(1, sizeof(*anchors));
	size_t headings = 0;

	for (size_t i = 1; i < document->block_count; i++)
		headings += document->blocks[i].kind == BLOCK_HEADING;
	anchors->document = document;
	for (anchors->room = 16; anchors->room < 2 * headings;)
		anchors->room *= 2;
	anchors->seen = xcalloc(anchors->room, sizeof(*anchors->seen));
	return anchors;
}

/* FNV-1a */
static size_t hash_of(const char *slug)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *slug; slug++)
		hash = (hash ^ (uint8_t)*slug) * 0x100000001b3;
	return (size_t)(hash ^ hash >> 32);
}

/* NULL when a caller asked for more anchors than there are headings. */
static struct seen_slug *find_seen(struct anchors *anchors, const char *slug)
{
	size_t at = hash_of(slug);

	for (size_t i = 0; i < anchors->room; i++) {
		struct seen_slug *seen =
			&anchors->seen[(at + i) & (anchors->room - 1)];

		if (!seen->slug || !strcmp(seen->slug, slug))
			return seen;
	}
	return NULL;
}

char *anchors_next(struct anchors *anchors, uint32_t heading)
{
	const struct document *document = anchors->document;
	char *slug = slug_of(document, &document->blocks[heading]);
	struct seen_slug *seen = find_seen(anchors, slug);

	if (!seen)
		return slug;
	if (!seen->slug) {
		seen->slug = xstrdup(slug);
		return slug;
	}
	free(slug);
	return xasprintf("%s-%u", seen->slug, ++seen->count);
}

void anchors_destroy(struct anchors *anchors)
{
	if (!anchors)
		return;
	for (size_t i = 0; i < anchors->room; i++)
		free(anchors->seen[i].slug);
	free(anchors->seen);
	free(anchors);
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
