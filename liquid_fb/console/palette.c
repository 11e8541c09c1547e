/*
 * Sets of colours. In all of them text has a contrast of at least 4.5 to 1 to
 * its ground, but for black and what is near to it.
 */
#include <string.h>

#include "console.h"

const char *const palette_names[] = { "dark", "light", "high-contrast", NULL };

struct named {
	uint32_t colors[16], fg, bg, cursor;
};

static const struct named palettes[] = {
	{ { 0x20242c, 0xe06c75, 0x8fc379, 0xe5c07b, 0x6cb0f0, 0xc983e0,
	    0x56c2c9, 0xc8ccd4, 0x7f8896, 0xf28b92, 0xa6d990, 0xf0d399,
	    0x8cc4f8, 0xdba4ee, 0x7ad6dc, 0xf2f4f8 },
	  0xdfe3ea,
	  0x171a21,
	  0xdfe3ea },
	{ { 0x1d2129, 0xb3261e, 0x246b2b, 0x7a5200, 0x1a56b0, 0x8a2ba0,
	    0x006a75, 0x5b6370, 0x4a515e, 0xc0392b, 0x1f7a33, 0x8a5d00,
	    0x2160c4, 0x9a35b0, 0x007582, 0x14171d },
	  0x1d2129,
	  0xf7f8fa,
	  0x1d2129 },
	{ { 0x000000, 0xff6b6b, 0x5cff5c, 0xffff5c, 0x7aa8ff, 0xff7aff,
	    0x5cffff, 0xffffff, 0xa0a0a0, 0xff8f8f, 0x8fff8f, 0xffff8f,
	    0xa0c4ff, 0xffa0ff, 0x8fffff, 0xffffff },
	  0xffffff,
	  0x000000,
	  0xffff00 },
};

void palette_get(int index, uint32_t palette[PALETTE_SIZE])
{
	static const uint8_t steps[] = { 0, 95, 135, 175, 215, 255 };
	const struct named *named = &palettes[index];

	memcpy(palette, named->colors, sizeof(named->colors));
	for (unsigned i = 0; i < 216; i++)
		palette[16 + i] = (uint32_t)steps[i / 36] << 16 |
				  (uint32_t)steps[i / 6 % 6] << 8 |
				  steps[i % 6];
	for (unsigned i = 0; i < 24; i++)
		palette[232 + i] = (8 + 10 * i) * 0x010101u;
	palette[PALETTE_FG] = named->fg;
	palette[PALETTE_BG] = named->bg;
	palette[PALETTE_CURSOR] = named->cursor;
}
