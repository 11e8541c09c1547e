/*
 * Bakes the server's label font: glyph images of one TrueType or OpenType font
 * at a few sizes, so that the server itself needs no font library.
 *
 *   bake_font OUT.bin SIZE[,SIZE...] FONT...      the first FONT that exists
 *
 * The file, little endian: { "NFNT", u16 strikes, u16 glyphs of a strike },
 * then the strikes, each { u16 size in pixels, u16 ascent, u16 line height,
 * u16 zero, u32 bytes of the strike } and its glyphs by code point:
 * { u16 code, u8 w, u8 h, i8 left, i8 top, u16 advance in 1/64 pixel, u32
 * offset in the strike's images }, then the images: w * h coverages of 4 bit,
 * rows without padding, the first pixel in the low half of a byte.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

enum { GLYPHS_MAX = 512, IMAGES_MAX = 1 << 18 };

/* First and last code points. U+FFFD stands for all that isn't there. */
static const uint16_t ranges[][2] = {
	{ 0x20, 0x7e },     { 0xa0, 0x17f },    { 0x2010, 0x2015 },
	{ 0x2018, 0x201e }, { 0x2020, 0x2022 }, { 0x2026, 0x2026 },
	{ 0x2039, 0x203a }, { 0x20ac, 0x20ac }, { 0x2190, 0x2193 },
	{ 0x2212, 0x2212 }, { 0xfffd, 0xfffd },
};

struct glyph {
	uint16_t code;
	uint8_t w, h;
	int8_t left, top;
	uint16_t advance;
	uint32_t offset;
};

struct strike {
	struct glyph glyphs[GLYPHS_MAX];
	unsigned count;
	uint8_t images[IMAGES_MAX];
	uint32_t used; /* bytes of images */
};

static void fail(const char *what)
{
	fprintf(stderr, "bake_font: %s\n", what);
	exit(1);
}

static void put(FILE *out, uint32_t value, int bytes)
{
	for (; bytes; bytes--, value >>= 8)
		fputc(value & 0xff, out);
}

static void pack(struct strike *strike, const FT_Bitmap *bitmap)
{
	unsigned count = 0;
	uint8_t *to = strike->images + strike->used;

	if (strike->used + bitmap->rows * bitmap->width > IMAGES_MAX)
		fail("the sizes are too large");
	for (unsigned y = 0; y < bitmap->rows; y++) {
		for (unsigned x = 0; x < bitmap->width; x++, count++) {
			unsigned cover = bitmap->buffer[y * bitmap->pitch + x];

			to[count / 2] |= (cover + 8) / 17
					 << (count & 1 ? 4 : 0);
		}
	}
	strike->used += (count + 1) / 2;
}

static void add(struct strike *strike, FT_Face face, uint16_t code)
{
	unsigned index = FT_Get_Char_Index(face, code);
	FT_GlyphSlot slot = face->glyph;

	if (!index && code != 0xfffd)
		return;
	/* Light hinting aligns to rows only; advances stay those of the design.
	 */
	if (FT_Load_Glyph(face, index, FT_LOAD_TARGET_LIGHT) ||
	    FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL))
		fail("a glyph can't be rendered");
	if (strike->count == GLYPHS_MAX || slot->bitmap.width > 255 ||
	    slot->bitmap.rows > 255)
		fail("a glyph is too large");
	strike->glyphs[strike->count++] = (struct glyph){
		.code = code,
		.w = slot->bitmap.width,
		.h = slot->bitmap.rows,
		.left = slot->bitmap_left,
		.top = slot->bitmap_top,
		.advance = (slot->linearHoriAdvance + 512) >> 10,
		.offset = strike->used,
	};
	pack(strike, &slot->bitmap);
}

static void write_strike(FILE *out, const struct strike *strike, int size,
			 FT_Face face)
{
	const FT_Size_Metrics *metrics = &face->size->metrics;

	put(out, size, 2);
	put(out, (metrics->ascender + 32) >> 6, 2);
	put(out, (metrics->height + 32) >> 6, 2);
	put(out, 0, 2);
	put(out, 12 + strike->count * 12 + strike->used, 4);
	for (unsigned i = 0; i < strike->count; i++) {
		const struct glyph *glyph = &strike->glyphs[i];

		put(out, glyph->code, 2);
		put(out, glyph->w, 1);
		put(out, glyph->h, 1);
		put(out, (uint8_t)glyph->left, 1);
		put(out, (uint8_t)glyph->top, 1);
		put(out, glyph->advance, 2);
		put(out, glyph->offset, 4);
	}
	fwrite(strike->images, 1, strike->used, out);
}

static void bake(FILE *out, FT_Face face, int size, unsigned *count)
{
	struct strike *strike = calloc(1, sizeof(*strike));

	if (!strike || FT_Set_Pixel_Sizes(face, 0, size))
		fail("a size can't be set");
	for (size_t r = 0; r < sizeof(ranges) / sizeof(*ranges); r++)
		for (unsigned c = ranges[r][0]; c <= ranges[r][1]; c++)
			add(strike, face, c);
	write_strike(out, strike, size, face);
	*count = strike->count;
	free(strike);
}

int main(int argc, char **argv)
{
	FT_Library library;
	FT_Face face = NULL;
	unsigned strikes = 0, count = 0;

	if (argc < 4)
		fail("usage: bake_font OUT.bin SIZE[,SIZE...] FONT...");
	if (FT_Init_FreeType(&library))
		fail("FreeType doesn't start");
	for (int i = 3; i < argc && !face; i++)
		if (FT_New_Face(library, argv[i], 0, &face))
			face = NULL;
	if (!face)
		fail("there is none of these fonts");

	FILE *out = fopen(argv[1], "wb");

	if (!out)
		fail("the output can't be opened");
	fwrite("NFNT\0\0\0\0", 1, 8, out);
	for (char *word = strtok(argv[2], ","); word; word = strtok(NULL, ","))
		bake(out, face, atoi(word), &count), strikes++;
	fseek(out, 4, SEEK_SET);
	put(out, strikes, 2);
	put(out, count, 2);
	if (ferror(out) || fclose(out))
		fail("the output can't be written");
	FT_Done_FreeType(library);
	return 0;
}
