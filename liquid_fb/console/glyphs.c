/*
 * Pictures of cells: made once, copied from then on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "console.h"

enum {
	CACHE_BYTES = 3 << 20,
	SLOTS_MAX = 8192, /* a power of two, twice the pictures */
	LOOK_WORDS = sizeof(struct look) / sizeof(uint64_t),
};

bool glyphs_init(struct glyphs *g)
{
	g->text = text_create();
	g->keys = xcalloc(SLOTS_MAX / 2, sizeof(*g->keys));
	g->slots = xcalloc(SLOTS_MAX, sizeof(*g->slots));
	return g->text != NULL;
}

bool glyphs_set_font(struct glyphs *g, const char *path)
{
	struct text *fresh = text_create();

	if (!fresh)
		return false;
	text_destroy(g->text);
	g->text = fresh;
	return !path || text_use_font(fresh, TEXT_MONO, path);
}

void glyphs_finish(struct glyphs *g)
{
	free(g->font);
	text_destroy(g->text);
	free(g->keys);
	free(g->slots);
	free(g->pixels);
	free(g->scratch);
}

void glyphs_set_size(struct glyphs *g, int size)
{
	struct text_metrics metrics;
	size_t cell;

	if (size < TEXT_SIZE_MIN)
		size = TEXT_SIZE_MIN;
	if (size > TEXT_SIZE_MAX / 2)
		size = TEXT_SIZE_MAX / 2;
	g->style = (struct text_style){ .weight = TEXT_MONO, .size = size };
	metrics = text_metrics(g->text, g->style);
	g->cell_w = (text_width(g->text, g->style, "M", 1) + 32) >> 6;
	g->cell_w = g->cell_w > 1 ? g->cell_w : 2;
	g->line = (size + 8 * 64) / (16 * 64);
	g->line = g->line > 1 ? g->line : 1;
	g->cell_h = metrics.ascent + metrics.descent + 1;
	g->baseline = metrics.ascent;
	cell = (size_t)g->cell_w * (size_t)g->cell_h * sizeof(uint32_t);
	g->capacity = (unsigned)(CACHE_BYTES / cell);
	if (g->capacity > SLOTS_MAX / 2)
		g->capacity = SLOTS_MAX / 2;
	if (g->capacity < 16)
		g->capacity = 16;
	free(g->pixels);
	free(g->scratch);
	g->pixels = malloc(g->capacity * cell);
	g->scratch = xcalloc(2, cell);
	if (!g->pixels)
		g->pixels = xcalloc(g->capacity = 16, cell);
	g->count = 0;
	memset(g->slots, 0, SLOTS_MAX * sizeof(*g->slots));
}

_Static_assert(sizeof(struct look) == 3 * sizeof(uint64_t), "whole words");

static bool same(const struct look *a, const struct look *b)
{
	uint64_t x[LOOK_WORDS], y[LOOK_WORDS], different = 0;

	memcpy(x, a, sizeof(x));
	memcpy(y, b, sizeof(y));
	for (size_t i = 0; i < LOOK_WORDS; i++)
		different |= x[i] ^ y[i];
	return !different;
}

static uint32_t hash_of(const struct look *look)
{
	static const uint64_t multipliers[LOOK_WORDS] = {
		0x9e3779b97f4a7c15u,
		0xc2b2ae3d27d4eb4fu,
		0x165667b19e3779f9u,
	};
	uint64_t words[LOOK_WORDS], hash = 0;

	memcpy(words, look, sizeof(words));
	/* Each word by itself: the processor does them at once. */
	for (size_t i = 0; i < LOOK_WORDS; i++)
		hash += words[i] * multipliers[i];
	return (uint32_t)(hash >> 32);
}

/* Where it is, or where it would be. */
static struct glyph_slot *slot_of(const struct glyphs *g,
				  const struct look *look, uint32_t hash)
{
	for (uint32_t at = hash;; at++) {
		struct glyph_slot *slot = &g->slots[at & (SLOTS_MAX - 1)];

		if (!slot->number || (slot->hash == hash &&
				      same(&g->keys[slot->number - 1], look)))
			return slot;
	}
}

/* ---- drawing one ---- */

static size_t encode(const uint32_t *codes, size_t count, char *out)
{
	size_t bytes = 0;

	for (size_t i = 0; i < count; i++)
		bytes += utf8_encode(codes[i], out + bytes);
	return bytes;
}

/* In the middle of its cells, smaller where it would not fit. */
static void draw_text(struct glyphs *g, const struct blit_surface *to, int w,
		      const struct look *look, const uint32_t *codes,
		      size_t count)
{
	char string[TERMINAL_CLUSTER_MAX * 4];
	const size_t bytes = encode(codes, count, string);
	struct text_style style = g->style;
	const struct rect clip = { 0, 0, w, g->cell_h };
	int width = text_width(g->text, style, string, bytes), x;

	style.slanted = look->flags & CELL_ITALIC;
	if (width > w * 64 + 64 && width > 0) {
		style.size = (int)((int64_t)style.size * w * 64 / width);
		if (style.size < TEXT_SIZE_MIN)
			style.size = TEXT_SIZE_MIN;
		width = text_width(g->text, style, string, bytes);
	}
	/* To whole pixels: equal letters look equal. */
	x = ((w * 64 - width) / 2 + 32) & ~63;
	text_draw(g->text, to, clip, style, x, g->baseline, string, bytes,
		  0xff000000u | look->fg);
	if (look->flags & CELL_BOLD)
		text_draw(g->text, to, clip, style, x + style.size / 18,
			  g->baseline, string, bytes, 0xff000000u | look->fg);
}

/* Into the scratch; returns where the wanted half begins. */
static const uint32_t *draw(struct glyphs *g, const struct look *look,
			    const uint32_t *codes, size_t count)
{
	const int w = look->flags & CELL_WIDE ? 2 * g->cell_w : g->cell_w;
	const struct blit_surface to = {
		.pixels = g->scratch,
		.stride = 2 * g->cell_w * (ptrdiff_t)sizeof(uint32_t),
		.width = w,
		.height = g->cell_h,
		.format = BLIT_XRGB8888,
	};

	blit_fill(&to, 0, 0, w, g->cell_h, look->bg);
	if (count && !(look->flags & CELL_CONCEALED) && codes[0] != ' ' &&
	    !(count == 1 && lines_draw(&to, w, g->cell_h, g->line, codes[0],
				       look->fg, look->bg)))
		draw_text(g, &to, w, look, codes, count);
	under_draw(&to, w, g->cell_h, g->baseline, g->line, look);
	return g->scratch + (look->half ? g->cell_w : 0);
}

const uint32_t *glyphs_get(struct glyphs *g, const struct look *look,
			   const uint32_t *codes, size_t count)
{
	const size_t cell = (size_t)g->cell_w * (size_t)g->cell_h;
	const uint32_t hash = hash_of(look);
	struct glyph_slot *slot = slot_of(g, look, hash);
	const uint32_t *from;
	uint32_t *pixels;

	if (slot->number)
		return g->pixels + (slot->number - 1) * cell;
	if (g->count == g->capacity) {
		memset(g->slots, 0, SLOTS_MAX * sizeof(*g->slots));
		g->count = 0;
		slot = slot_of(g, look, hash);
	}
	from = draw(g, look, codes, count);
	g->keys[g->count] = *look;
	*slot = (struct glyph_slot){ hash, ++g->count };
	pixels = g->pixels + (g->count - 1) * cell;
	for (int y = 0; y < g->cell_h; y++)
		memcpy(pixels + (size_t)y * (size_t)g->cell_w,
		       from + (size_t)y * 2 * (size_t)g->cell_w,
		       (size_t)g->cell_w * sizeof(*pixels));
	return pixels;
}
