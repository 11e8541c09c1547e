/*
 * What the parts of text share: faces and glyphs.
 */
#ifndef SCOUT_TEXT_PRIVATE_H
#define SCOUT_TEXT_PRIVATE_H

#include "scout/text/text.h"

#include <ft2build.h>
#include FT_FREETYPE_H

enum {
	/* The one that is asked first, the built-in one if that is another,
	 * and what follows them. */
	FACES_PER_WEIGHT = 11,
	FACE_FALLBACKS = FACES_PER_WEIGHT - 2,
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
	void *shaper; /* HarfBuzz' font of it; NULL: not made */
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

/* ---- lines of complex scripts ---- */

enum { SHAPED_MAX = 16, SHAPE_BYTES_MAX = 16 << 10 };

/* Widths and places 26.6, from the line's left end. */
struct shaped_char {
	size_t start; /* byte */
	int left, advance;
	bool rtl; /* runs to the left */
};

struct shaped_glyph {
	struct face *face;
	uint32_t index;
	int x, lift;
};

/* One line of one style; `string` NULL: none. */
struct shaped {
	char *string;
	size_t bytes;
	struct text_style style;
	uint32_t used; /* clock of the last use */
	bool rtl; /* as a whole */
	struct shaped_char *chars; /* as they are written */
	struct shaped_glyph *glyphs; /* as they are seen, from the left */
	size_t char_count, glyph_count;
	int width;
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
	struct shaped shaped[SHAPED_MAX]; /* the last ones */
	struct complex *complex; /* what shapes; NULL: not needed so far */
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

/* ---- pen ---- */

/* What a glyph covers, 26.6, relative to its pen; y upwards. */
struct extent {
	int left, right, top, bottom;
};

struct pen {
	struct text *text;
	struct text_style style;
	const struct shaped *shaped; /* NULL: glyph by glyph */
	size_t character; /* of shaped; the next one */
	const char *string;
	const char *start, *at, *end; /* start: of the last character */
	struct face *face; /* of the last glyph */
	uint32_t index; /* of the last glyph; 0: none */
	int x; /* where the last glyph was put, 26.6 */
	int lift; /* how far above the baseline, 26.6 */
	int next; /* where the pen stands behind it */
	struct extent base; /* what marks are put onto; x as pen->x */
	bool has_base;
	struct face *base_face; /* the extent isn't known yet */
	uint32_t base_index;
	int base_x;
};

int text_clamp_size(int size);
struct pen pen_begin(struct text *text, struct text_style style, int x,
		     const char *string, size_t bytes);
/* Next glyph at pen->x; false at the end. Where the line is shaped, only start,
 * at and next are told, character by character as they are written. */
bool pen_next(struct pen *pen);

/* The line as it has to be shown; NULL where each character stands for itself,
 * or nothing can be done about it. Valid until the next but SHAPED_MAX. */
const struct shaped *shape_text(struct text *text, struct text_style style,
				const char *string, size_t bytes);
void shape_finish(struct text *text);
bool text_is_complex(const char *string, size_t bytes);

/* Of complex.c and bidi.c, or simple.c. Shapes shaped->string; false: it can't.
 */
bool shape_fill(struct text *text, struct shaped *shaped);
void shape_close(struct text *text);

/* ---- characters ---- */

/* Put onto the character before. */
bool code_is_mark(uint32_t code);
/* Letter and mark as one character; 0: there is none. */
uint32_t code_compose(uint32_t code, uint32_t mark);

#endif
