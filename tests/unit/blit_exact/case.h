/* One random call of blit: everything about it follows from seed and number. */
#ifndef UNIT_BLIT_EXACT_CASE_H
#define UNIT_BLIT_EXACT_CASE_H

#include <stdbool.h>

#include "blit/blit.h"
#include "guard.h"

enum {
	WIDTHS = 130, /* 0..129 */
	ALIGNMENTS = 64, /* 0..63 */
	SYSTEMATIC = WIDTHS * ALIGNMENTS, /* cases of each operation */
};

enum operation {
	COPY,
	SCROLL,
	DITHER,
	SWAP,
	FILL,
	OVER,
	FADE,
	MASKED,
	MIX,
	MASK,
	ROTATE,
	ENLARGE,
	SHRINK,
	SMOOTH,
	OPERATIONS
};

extern const char *const operation_names[OPERATIONS];

/* A surface of a case, and its bytes in the region. */
struct place {
	struct blit_surface surface;
	uint8_t *bytes;
	size_t size;
};

struct blit_case {
	enum operation operation;
	int w, h; /* of the destination */
	int alignment; /* of its first byte, if `is_aligned` */
	bool is_aligned;
	struct place to, from;
	struct blit_area area;
	struct blit_scale scale;
	enum blit_turn turn;
	bool flip;
	uint8_t alpha;
	uint32_t color;
};

/*
 * The cases of an operation, numbers below OPERATIONS * SYSTEMATIC, have all
 * widths with all alignments, a part of them a sample of both. The source is
 * filled; the destination is not.
 */
struct blit_case case_init(uint64_t seed, uint32_t number, uint8_t *to,
			   uint8_t *from);
void case_call(const struct blit_case *c);

/* What it is, for people. */
void case_print(const struct blit_case *c);

#endif
