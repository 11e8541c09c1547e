#include "field.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t next(void)
{
	static uint32_t state = 1;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

static void *allocate(size_t bytes)
{
	void *data = aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);

	if (!data) {
		perror("no memory for surfaces");
		exit(1);
	}
	return data;
}

/* Premultiplied; as a window has it 60 % of the runs are opaque, 30 % clear, of
 * 128 pixels on average. */
static void fill_random(uint8_t *data, size_t bytes, bool is_window)
{
	int left = 0;
	uint32_t kind = 0;

	for (size_t i = 0; i < bytes; i += 4) {
		uint32_t r = next(), a = r >> 24, word;

		if (is_window && !left--) {
			left = (int)(next() % 256);
			kind = next() % 10;
		}
		if (is_window && kind < 6)
			a = 255;
		else if (is_window && kind < 9)
			a = 0;
		word = a << 24 | (r >> 16 & 255) * a / 255 << 16 |
		       (r >> 8 & 255) * a / 255 << 8 | (r & 255) * a / 255;
		memcpy(data + i, &word, 4);
	}
}

/* Glyphs: runs of nothing, of all, and edges. */
static void fill_coverage(uint8_t *data, size_t bytes)
{
	int left = 0;
	uint32_t kind = 0;

	for (size_t i = 0; i < bytes; i++) {
		if (!left--) {
			left = (int)(next() % 8);
			kind = next() % 4;
		}
		data[i] = kind < 2 ? 0 : kind == 2 ? 255 : (uint8_t)next();
	}
}

static const pixman_format_code_t pixman_formats[] = {
	[BLIT_XRGB8888] = PIXMAN_x8r8g8b8,
	[BLIT_ARGB8888] = PIXMAN_a8r8g8b8,
	[BLIT_RGB565] = PIXMAN_r5g6b5,
};

static const uint32_t sdl_formats[] = {
	[BLIT_XRGB8888] = SDL_PIXELFORMAT_RGB888,
	[BLIT_ARGB8888] = SDL_PIXELFORMAT_ARGB8888,
	[BLIT_RGB565] = SDL_PIXELFORMAT_RGB565,
};

static struct side side_init(enum blit_format format, int w, int h, int row,
			     bool is_window, const struct side *like)
{
	int size = blit_bytes_per_pixel(format);
	struct blit_surface surface = {
		.pixels = allocate((size_t)row * (size_t)size * (size_t)h),
		.stride = (ptrdiff_t)row * size,
		.width = w,
		.height = h,
		.format = format,
	};
	struct side side = {
		.surface = surface,
		.image = pixman_image_create_bits(pixman_formats[format], w, h,
						  surface.pixels,
						  (int)surface.stride),
		.sdl = SDL_CreateRGBSurfaceWithFormatFrom(
			surface.pixels, w, h, size * 8, (int)surface.stride,
			sdl_formats[format]),
	};

	if (like)
		memcpy(surface.pixels, like->surface.pixels,
		       (size_t)row * (size_t)size * (size_t)h);
	else
		fill_random(surface.pixels,
			    (size_t)row * (size_t)size * (size_t)h, is_window);
	SDL_SetSurfaceBlendMode(side.sdl, format == BLIT_ARGB8888
						  ? SDL_BLENDMODE_BLEND
						  : SDL_BLENDMODE_NONE);
	return side;
}

static void side_finish(struct side *side)
{
	SDL_FreeSurface(side->sdl);
	pixman_image_unref(side->image);
	free(side->surface.pixels);
}

/* Turned by 90 degrees clockwise: from the destination to the source. */
static void turn(pixman_image_t *image, int h)
{
	pixman_transform_t transform = { {
		{ 0, pixman_fixed_1, 0 },
		{ -pixman_fixed_1, 0, pixman_int_to_fixed(h) },
		{ 0, 0, pixman_fixed_1 },
	} };

	pixman_image_set_transform(image, &transform);
	pixman_image_set_filter(image, PIXMAN_FILTER_NEAREST, NULL, 0);
}

void field_init(struct field *field, enum work work, int w, int h, int row,
		const struct field *like)
{
	pixman_color_t color = { 0x3333, 0x6666, 0x9999, 0xffff };
	pixman_color_t half = { 0x1919, 0x3333, 0x4c4c, 0x8080 };
	bool is_window = work == OVER_WINDOW || work == OVER_565_WINDOW;
	bool is_to_565 = work == TO_565 || work == OVER_565 ||
			 work == OVER_565_WINDOW;
	bool is_over = work >= OVER && work <= OVER_565_WINDOW;
	enum blit_format to = is_to_565 ? BLIT_RGB565 : BLIT_XRGB8888;
	enum blit_format from = work == FROM_565 ? BLIT_RGB565
				: is_over        ? BLIT_ARGB8888
						 : BLIT_XRGB8888;
	bool is_turned = work == ROTATE || work == ROTATE_STREAM;
	size_t cells = (size_t)row * (size_t)h;

	*field = (struct field){
		.to = side_init(to, w, h, row, false, like ? &like->to : NULL),
		.from = side_init(from, is_turned ? h : w, is_turned ? w : h,
				  is_turned ? row * h / w : row, is_window,
				  like ? &like->from : NULL),
		.solid = pixman_image_create_solid_fill(work == MIX ? &half
								    : &color),
		.coverage = allocate(cells),
	};
	fill_coverage(field->coverage, cells);
	field->mask = pixman_image_create_bits(
		PIXMAN_a8, w, h, (uint32_t *)field->coverage, row);
	if (is_turned)
		turn(field->from.image, w);
	field->to.surface.slow_read = work == STREAM || work == ROTATE_STREAM;
}

void field_finish(struct field *field)
{
	pixman_image_unref(field->mask);
	pixman_image_unref(field->solid);
	free(field->coverage);
	side_finish(&field->to);
	side_finish(&field->from);
}
