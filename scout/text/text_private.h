/*
 * What the parts of text share: faces and glyphs.
 */
#ifndef SCOUT_TEXT_PRIVATE_H
#define SCOUT_TEXT_PRIVATE_H

#include "scout/text/text.h"

#include <ft2build.h>
#include FT_FREETYPE_H

enum {
	/* The built-in face and what follows it. */
	FACES_PER_WEIGHT = 8,
	/* Code points of the built-in faces: digits of one width. */
	TABULAR_DIGIT_0 = 0xe030,
};

/* A character as it was found. */
struct found {
	uint32_t code; /* 0: free */
	uint32_t index;
	struct face *face;
	int advance; /* units of the face */
};

struct face {
	FT_Face ft; /* NULL: not opened */
	bool tried; /* opening it is over, whether it worked or not */
	int size; /* that is set in ft, 26.6 */
};

/* One place for a glyph picture in one page. */
struct glyph {
	/* face, size, character's index, slant, quarter, curve; 0: free */
	uint64_t key;
	uint16_t page, x, y, w, h;
	int16_t left, top; /* from the pen to the picture's upper left */
};

enum {
	PAGE_SIDE = 256,
	PAGES_MAX = TEXT_CACHE_MAX / (PAGE_SIDE * PAGE_SIDE),
	GLYPHS_MAX = 4096, /* slots; a power of two */
	FOUND_MAX = 512, /* the same */
};

/* A8 pictures in shelves. */
struct page {
	uint8_t *pixels; /* PAGE_SIDE^2; NULL: not made */
	int x, y, shelf; /* next place; height of the shelf */
	uint32_t used; /* clock of the last use */
};

struct text {
	FT_Library library;
	struct face faces[TEXT_WEIGHTS][FACES_PER_WEIGHT];
	struct found found[TEXT_WEIGHTS][FOUND_MAX];
	struct page pages[PAGES_MAX];
	struct glyph *glyphs; /* open addressing */
	unsigned glyph_count;
	uint32_t clock;
	uint8_t dark[256]; /* coverage of dark text */
	struct glyph large; /* one that no page can hold */
	uint8_t *scratch; /* its pixels */
	size_t scratch_size;
};

/* The face that has that character, its glyph's index and advance; the
 * built-in face and its U+FFFD when none has. Valid until the next call. */
const struct found *face_find(struct text *text, enum text_weight weight,
			      uint32_t code);
void face_set_size(struct face *face, int size);
/* Opens the built-in faces; false when that fails. */
bool face_open_builtin(struct text *text);
void face_close_all(struct text *text);

/*
 * The picture of a glyph at a quarter of a pixel (0..3), and its pixels (rows
 * of *stride bytes; valid until the next call). NULL when it has none.
 */
const struct glyph *glyph_get(struct text *text, struct face *face, int size,
			      uint32_t index, unsigned quarter, bool dark,
			      bool slanted, const uint8_t **pixels,
			      int *stride);
void glyph_finish(struct text *text);

/* Put onto the character before. */
bool code_is_mark(uint32_t code);
/* Letter and mark as one character; 0: there is none. */
uint32_t code_compose(uint32_t code, uint32_t mark);

#endif
