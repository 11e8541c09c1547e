/* The same work by blit, by the C library, by pixman and by SDL. */
#include "field.h"

#include <string.h>

const char *const work_names[WORKS] = {
	[COPY] = "copy",
	[STREAM] = "copy past the cache",
	[FILL] = "fill",
	[TO_565] = "8888 to 565",
	[FROM_565] = "565 to 8888",
	[MIX] = "mix",
	[OVER] = "over",
	[OVER_WINDOW] = "over, like a window",
	[OVER_565] = "over onto 565",
	[OVER_565_WINDOW] = "over onto 565, like a window",
	[GLYPH] = "glyphs",
	[ROTATE] = "rotate",
	[ROTATE_STREAM] = "rotate past the cache",
};

const char *const who_names[WHO] = {
	[BLIT] = "blit",
	[LIBC] = "libc",
	[PIXMAN] = "pixman",
	[SDL] = "SDL2",
};

enum { COLOR = 0xff336699 };

bool work_has(enum work work, enum who who)
{
	switch (who) {
	case BLIT:
	case PIXMAN:
		return true;
	case LIBC:
		return work <= FILL || work == MIX;
	case SDL:
		return work <= FROM_565 ||
		       (work >= OVER && work <= OVER_565_WINDOW);
	case WHO:
		break;
	}
	return false;
}

static void run_blit(enum work work, const struct field *field,
		     const struct blit_area *area)
{
	const struct blit_surface *to = &field->to.surface;
	const struct blit_surface *from = &field->from.surface;

	switch (work) {
	case FILL:
		blit_fill(to, 0, 0, area->w, area->h, COLOR);
		break;
	case MIX:
		blit_mix(to, from, *area, COLOR);
		break;
	case OVER:
	case OVER_WINDOW:
	case OVER_565:
	case OVER_565_WINDOW:
		blit_over(to, from, *area);
		break;
	case GLYPH:
		blit_mask(to, 0, 0, area->w, area->h, field->coverage,
			  to->stride / 4, COLOR);
		break;
	case ROTATE:
	case ROTATE_STREAM:
		blit_rotate(to, from, *area, BLIT_TURN_90, false);
		break;
	default:
		blit_copy(to, from, *area);
	}
}

/* Rows; for the mix, what a copy costs. */
static void run_libc(enum work work, const struct field *field,
		     const struct blit_area *area)
{
	int w = area->w, h = area->h;
	uint8_t *to = field->to.surface.pixels;
	const uint8_t *from = field->from.surface.pixels;

	for (int y = 0; y < h; y++) {
		if (work == FILL)
			memset(to, 0x33, (size_t)w * 4);
		else
			memcpy(to, from, (size_t)w * 4);
		to += field->to.surface.stride;
		from += field->from.surface.stride;
	}
}

static void run_pixman(enum work work, const struct field *field,
		       const struct blit_area *area)
{
	int w = area->w, h = area->h;
	pixman_image_t *to = field->to.image, *from = field->from.image;
	const struct blit_surface *surface = &field->to.surface;

	switch (work) {
	case FILL:
		pixman_fill(surface->pixels, (int)surface->stride / 4, 32, 0, 0,
			    w, h, COLOR);
		break;
	case MIX:
		pixman_image_composite32(PIXMAN_OP_SRC, from, NULL, to, 0, 0, 0,
					 0, 0, 0, w, h);
		pixman_image_composite32(PIXMAN_OP_OVER, field->solid, NULL, to,
					 0, 0, 0, 0, 0, 0, w, h);
		break;
	case GLYPH:
		pixman_image_composite32(PIXMAN_OP_OVER, field->solid,
					 field->mask, to, 0, 0, 0, 0, 0, 0, w,
					 h);
		break;
	default:
		pixman_image_composite32(
			work >= OVER && work <= OVER_565_WINDOW ? PIXMAN_OP_OVER
								: PIXMAN_OP_SRC,
			from, NULL, to, 0, 0, 0, 0, 0, 0, w, h);
	}
}

static void run_sdl(enum work work, const struct field *field,
		    const struct blit_area *area)
{
	int w = area->w, h = area->h;
	SDL_Rect to = { 0, 0, w, h }, from = to;

	if (work == FILL)
		SDL_FillRect(field->to.sdl, &to, COLOR);
	else
		SDL_BlitSurface(field->from.sdl, &from, field->to.sdl, &to);
}

void work_run(enum work work, enum who who, const struct field *field,
	      const struct blit_area *area)
{
	static void (*const runs[WHO])(enum work, const struct field *,
				       const struct blit_area *) = {
		[BLIT] = run_blit,
		[LIBC] = run_libc,
		[PIXMAN] = run_pixman,
		[SDL] = run_sdl,
	};

	runs[who](work, field, area);
}
