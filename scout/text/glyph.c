/*
 * The glyph cache: pictures in a few pages, found by hash. When all pages are
 * full the one that was not used for longest is emptied.
 */
#include "scout/text/text_private.h"

#include <stdlib.h>
#include <string.h>

#include FT_OUTLINE_H

#include "base/alloc.h"

static uint64_t key_of(const struct text *text, const struct face *face,
		       int size, uint32_t index, unsigned quarter, bool dark,
		       bool slanted)
{
	uint64_t number = (uint64_t)(face - &text->faces[0][0]);

	return 1ull << 63 | number << 48 | (uint64_t)size << 32 |
	       (uint64_t)(index & 0xffffff) << 4 | (uint64_t)slanted << 3 |
	       quarter << 1 | dark;
}

static size_t slot_of(const struct text *text, uint64_t key)
{
	uint64_t h = key * 0x9e3779b97f4a7c15u;
	size_t slot = (size_t)(h >> 40) & (GLYPHS_MAX - 1);

	while (text->glyphs[slot].key && text->glyphs[slot].key != key)
		slot = (slot + 1) & (GLYPHS_MAX - 1);
	return slot;
}

/* Forgets the glyphs of one page (all for -1) by building the table anew. */
static void forget(struct text *text, int page)
{
	struct glyph *old = text->glyphs;

	text->glyphs = xcalloc(GLYPHS_MAX, sizeof(*old));
	text->glyph_count = 0;
	for (size_t i = 0; i < GLYPHS_MAX; i++) {
		if (!old[i].key || page < 0 || old[i].page == page)
			continue;
		text->glyphs[slot_of(text, old[i].key)] = old[i];
		text->glyph_count++;
	}
	for (int i = 0; i < PAGES_MAX; i++)
		if (page < 0 || i == page)
			text->pages[i].x = text->pages[i].y =
				text->pages[i].shelf = 0;
	free(old);
}

/* Room on one page; false when there is none. */
static bool page_take(struct page *page, int w, int h, int *x, int *y)
{
	if (!page->pixels)
		page->pixels = xcalloc(PAGE_SIDE, PAGE_SIDE);
	if (page->x + w > PAGE_SIDE) {
		page->y += page->shelf;
		page->x = page->shelf = 0;
	}
	if (page->x + w > PAGE_SIDE || page->y + h > PAGE_SIDE)
		return false;
	*x = page->x;
	*y = page->y;
	page->x += w;
	page->shelf = page->shelf > h ? page->shelf : h;
	return true;
}

static int place(struct text *text, int w, int h, int *x, int *y)
{
	int oldest = 0;

	for (int i = 0; i < PAGES_MAX; i++) {
		if (page_take(&text->pages[i], w, h, x, y))
			return i;
		if (text->pages[i].used < text->pages[oldest].used)
			oldest = i;
	}
	forget(text, oldest);
	page_take(&text->pages[oldest], w, h, x, y);
	return oldest;
}

static void copy_rows(const struct text *text, uint8_t *to, int stride,
		      const FT_Bitmap *from, bool dark)
{
	for (unsigned y = 0; y < from->rows; y++) {
		const uint8_t *row = from->buffer + (ptrdiff_t)y * from->pitch;

		for (unsigned x = 0; x < from->width; x++)
			to[y * stride + x] = dark ? text->dark[row[x]] : row[x];
	}
}

/* Renders into the glyph slot of FreeType; NULL when there is nothing. */
static FT_GlyphSlot render(struct face *face, int size, uint32_t index,
			   unsigned quarter, bool slanted)
{
	/* by 12 degrees */
	const FT_Matrix slant = { 0x10000, 0x366a, 0, 0x10000 };
	FT_GlyphSlot slot = face->ft->glyph;

	face_set_size(face, size);
	if (FT_Load_Glyph(face->ft, index,
			  FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP))
		return NULL;
	if (slot->format != FT_GLYPH_FORMAT_OUTLINE)
		return NULL;
	if (slanted)
		FT_Outline_Transform(&slot->outline, &slant);
	FT_Outline_Translate(&slot->outline, (FT_Pos)quarter * 16, 0);
	if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL))
		return NULL;
	if (slot->bitmap.pixel_mode != FT_PIXEL_MODE_GRAY ||
	    slot->bitmap.rows > INT16_MAX || slot->bitmap.width > INT16_MAX)
		return NULL;
	return slot;
}

/* A glyph that no page can hold lives in the scratch until the next. */
static const struct glyph *oversize(struct text *text,
				    const FT_GlyphSlot rendered, bool dark,
				    const uint8_t **pixels, int *stride)
{
	static const uint8_t nothing;
	const FT_Bitmap *bitmap = &rendered->bitmap;
	size_t size = (size_t)bitmap->width * bitmap->rows;
	struct glyph *glyph = &text->large;

	if (size > text->scratch_size) {
		text->scratch = xreallocarray(text->scratch, size, 1);
		text->scratch_size = size;
	}
	*glyph = (struct glyph){ .w = (uint16_t)bitmap->width,
				 .h = (uint16_t)bitmap->rows,
				 .left = (int16_t)rendered->bitmap_left,
				 .top = (int16_t)rendered->bitmap_top };
	copy_rows(text, text->scratch, (int)bitmap->width, bitmap, dark);
	*pixels = size ? text->scratch : &nothing;
	*stride = (int)bitmap->width;
	return glyph;
}

static const struct glyph *add(struct text *text, uint64_t key,
			       const FT_GlyphSlot rendered, bool dark)
{
	const FT_Bitmap *bitmap = &rendered->bitmap;
	struct glyph glyph = { .key = key,
			       .w = (uint16_t)bitmap->width,
			       .h = (uint16_t)bitmap->rows,
			       .left = (int16_t)rendered->bitmap_left,
			       .top = (int16_t)rendered->bitmap_top };
	int x = 0, y = 0;

	if (text->glyph_count > GLYPHS_MAX * 3 / 4)
		forget(text, -1);
	if (glyph.w && glyph.h) {
		glyph.page = (uint16_t)place(text, glyph.w, glyph.h, &x, &y);
		glyph.x = (uint16_t)x;
		glyph.y = (uint16_t)y;
		copy_rows(text,
			  text->pages[glyph.page].pixels + y * PAGE_SIDE + x,
			  PAGE_SIDE, bitmap, dark);
	}
	size_t slot = slot_of(text, key);

	text->glyphs[slot] = glyph;
	text->glyph_count++;
	return &text->glyphs[slot];
}

const struct glyph *glyph_get(struct text *text, struct face *face, int size,
			      uint32_t index, unsigned quarter, bool dark,
			      bool slanted, const uint8_t **pixels, int *stride)
{
	uint64_t key = key_of(text, face, size, index, quarter, dark, slanted);
	const struct glyph *glyph = &text->glyphs[slot_of(text, key)];

	if (!glyph->key) {
		FT_GlyphSlot rendered = render(face, size, index, quarter,
					       slanted);

		if (!rendered)
			return NULL;
		if (rendered->bitmap.width > PAGE_SIDE / 2 ||
		    rendered->bitmap.rows > PAGE_SIDE / 2)
			return oversize(text, rendered, dark, pixels, stride);
		glyph = add(text, key, rendered, dark);
	}
	if (!glyph->w || !glyph->h)
		return NULL;
	text->pages[glyph->page].used = ++text->clock;
	*pixels = text->pages[glyph->page].pixels + glyph->y * PAGE_SIDE +
		  glyph->x;
	*stride = PAGE_SIDE;
	return glyph;
}

void glyph_finish(struct text *text)
{
	for (int i = 0; i < PAGES_MAX; i++)
		free(text->pages[i].pixels);
	free(text->glyphs);
	free(text->scratch);
}
