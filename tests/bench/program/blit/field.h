/* Surfaces to measure on, as blit, pixman and SDL see them, and the work on
 * them. */
#ifndef BENCH_BLIT_FIELD_H
#define BENCH_BLIT_FIELD_H

#include <pixman.h>
#include <SDL.h>
#include <stdbool.h>

#include "blit/blit.h"

struct side {
	struct blit_surface surface;
	pixman_image_t *image;
	SDL_Surface *sdl;
};

/* One pair of surfaces; many of them rotate where nothing shall be cached. */
struct field {
	struct side to, from;
	pixman_image_t *solid, *mask;
	uint8_t *coverage;
};

enum work {
	COPY,
	STREAM,
	FILL,
	TO_565,
	FROM_565,
	MIX,
	OVER,
	OVER_WINDOW,
	OVER_565,
	OVER_565_WINDOW,
	GLYPH,
	ROTATE,
	ROTATE_STREAM,
	WORKS
};

enum who { BLIT, LIBC, PIXMAN, SDL, WHO };

extern const char *const work_names[WORKS];
extern const char *const who_names[WHO];

/* w x h pixels inside rows of `row` pixels, with the content of another of the
 * same size, or NULL: new random ones. */
void field_init(struct field *field, enum work work, int w, int h, int row,
		const struct field *like);
void field_finish(struct field *field);

/* false: has no such work */
bool work_has(enum work work, enum who who);
/* The area begins at (0,0) of both. It is a caller's that has it at hand: one
 * made for the call is read, by 16 bytes, before its parts are written. */
void work_run(enum work work, enum who who, const struct field *field,
	      const struct blit_area *area);

#endif
