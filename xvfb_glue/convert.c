#include "convert.h"

#include <string.h>

enum { OPAQUE_SHIFT = 24 };

static const uint32_t opaque = 255u << OPAQUE_SHIFT;

int convert_bytes(int depth)
{
	switch (depth) {
	case 8:
		return 1;
	case 15:
	case 16:
		return 2;
	case 24:
	case 30:
	case 32:
		return 4;
	default:
		return 0;
	}
}

static uint32_t wide5(uint32_t v)
{
	return v << 3 | v >> 2;
}

static uint32_t wide6(uint32_t v)
{
	return v << 2 | v >> 4;
}

static uint32_t from15(uint32_t v)
{
	return opaque | wide5(v >> 10 & 31) << 16 | wide5(v >> 5 & 31) << 8 |
	       wide5(v & 31);
}

static uint32_t from16(uint32_t v)
{
	return opaque | wide5(v >> 11 & 31) << 16 | wide6(v >> 5 & 63) << 8 |
	       wide5(v & 31);
}

static uint32_t from30(uint32_t v)
{
	return opaque | (v >> 22 & 255) << 16 | (v >> 12 & 255) << 8 |
	       (v >> 2 & 255);
}

void convert_row(const struct convert_source *from, const void *row,
		 uint32_t *out, int n)
{
	const uint8_t *bytes = row;
	const uint16_t *halves = row;
	const uint32_t *words = row;

	switch (from->depth) {
	case 8:
		for (int i = 0; i < n; i++)
			out[i] = opaque | from->colors[bytes[i]];
		break;
	case 15:
		for (int i = 0; i < n; i++)
			out[i] = from15(halves[i]);
		break;
	case 16:
		for (int i = 0; i < n; i++)
			out[i] = from16(halves[i]);
		break;
	case 24:
		for (int i = 0; i < n; i++)
			out[i] = opaque | words[i];
		break;
	case 30:
		for (int i = 0; i < n; i++)
			out[i] = from30(words[i]);
		break;
	default:
		memcpy(out, row, (size_t)n * 4);
		break;
	}
}

void convert(const struct convert_source *from, struct rect r, void *to,
	     size_t stride, int dx, int dy)
{
	const int bytes = convert_bytes(from->depth);

	for (int y = r.y; y < r.y + r.h; y++) {
		const char *row = (const char *)from->pixels +
				  (size_t)y * from->stride + r.x * bytes;
		char *out = (char *)to + (size_t)(y + dy) * stride +
			    (r.x + dx) * 4;

		convert_row(from, row, (uint32_t *)(void *)out, r.w);
	}
}
