#include "vbe.h"

#include <string.h>

#include "base/log.h"

enum {
	GET_INFO = 0x4f00,
	GET_MODE = 0x4f01,
	SET_MODE = 0x4f02,
	GET_CURRENT = 0x4f03,
	DDC = 0x4f15,
	DDC_READ_EDID = 1,
	SUCCESS = 0x004f,
	SET_TEXT = 0x0003, /* int 10h, AH 00h: mode 3 */
	LINEAR = 1 << 14, /* of a mode's number when it is set */
	MODE_NUMBER = 0x1ff | 0x200 << 1 | 0x200 << 2,
	LIST_END = 0xffff,
	/* Mode attributes: supported, graphics, linear. */
	USABLE = 1 << 0 | 1 << 4 | 1 << 7,
	PACKED_PIXEL = 4,
	DIRECT_COLOR = 6,
};

static uint16_t get16(const uint8_t *at)
{
	return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t get32(const uint8_t *at)
{
	return get16(at) | (uint32_t)get16(at + 2) << 16;
}

static bool call(struct emulator *emulator, uint16_t function, uint32_t *bx,
		 uint32_t cx)
{
	struct emulator_registers registers = {
		.eax = function,
		.ebx = bx ? *bx : 0,
		.ecx = cx,
	};

	if (!emulator_int10(emulator, &registers))
		return false;
	if (bx)
		*bx = registers.ebx & 0xffff;
	return (registers.eax & 0xffff) == SUCCESS;
}

/* ---- the card ---- */

bool vbe_parse_info(const uint8_t block[VBE_INFO_BYTES], struct vbe_info *info)
{
	*info = (struct vbe_info){
		.version = get16(block + 4),
		.oem = get32(block + 6),
		.mode_list = get32(block + 14),
		.memory = (uint32_t)get16(block + 18) << 16,
	};
	return !memcmp(block, "VESA", 4) && info->version >= VBE_VERSION_LEAST;
}

static void read_oem(struct emulator *emulator, struct vbe_info *info)
{
	char *text = info->oem_text;
	size_t bytes = emulator_read(emulator, info->oem, text,
				     sizeof(info->oem_text) - 1);

	text[bytes] = '\0';
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7e)
			*text = '?';
}

/* The list is in the ROM, or in the block that the next call overwrites. */
static void read_modes(struct emulator *emulator, struct vbe_info *info)
{
	uint8_t list[VBE_MODES_MAX * 2];
	size_t bytes = emulator_read(emulator, info->mode_list, list,
				     sizeof(list));

	for (size_t at = 0; at + 1 < bytes; at += 2) {
		uint16_t number = get16(list + at);

		if (number == LIST_END)
			return;
		info->modes[info->mode_count++] = number;
	}
	log_warning("the list of video modes has no end");
}

bool vbe_get_info(struct emulator *emulator, struct vbe_info *info)
{
	uint8_t *block = emulator_buffer(emulator);

	memset(block, 0, EMULATOR_BUFFER);
	memcpy(block, "VBE2", 4); /* or it tells less */
	if (!call(emulator, GET_INFO, NULL, 0) ||
	    !vbe_parse_info(block, info)) {
		log_error("the video BIOS knows no VBE 2.0");
		return false;
	}
	read_oem(emulator, info);
	read_modes(emulator, info);
	return true;
}

/* ---- modes ---- */

static bool has_layout(const struct vbe_mode *mode)
{
	unsigned bits = mode->red.bits + mode->green.bits + mode->blue.bits;

	if (mode->depth == 16)
		return mode->red.bits == 5 && mode->red.at == 11 &&
		       mode->green.bits == 6 && mode->green.at == 5 &&
		       mode->blue.bits == 5 && mode->blue.at == 0;
	return (mode->depth == 24 || mode->depth == 32) && bits == 24 &&
	       mode->red.at == 16 && mode->green.at == 8 && mode->blue.at == 0;
}

bool vbe_parse_mode(const uint8_t block[VBE_MODE_BYTES], uint16_t version,
		    uint16_t number, struct vbe_mode *mode)
{
	uint8_t model = block[27];
	uint16_t linear_pitch = get16(block + 50);

	*mode = (struct vbe_mode){
		.number = number & ~LINEAR,
		.w = get16(block + 18),
		.h = get16(block + 20),
		.pitch = version >= 0x300 && linear_pitch ? linear_pitch
							  : get16(block + 16),
		.depth = block[25],
		.address = get32(block + 40),
		.red = { block[31], block[32] },
		.green = { block[33], block[34] },
		.blue = { block[35], block[36] },
	};
	return (get16(block) & USABLE) == USABLE &&
	       (model == DIRECT_COLOR || model == PACKED_PIXEL) &&
	       has_layout(mode) && mode->w && mode->h && mode->address &&
	       mode->pitch >= (uint32_t)mode->w * (mode->depth / 8);
}

bool vbe_get_mode(struct emulator *emulator, const struct vbe_info *info,
		  uint16_t number, struct vbe_mode *mode)
{
	uint8_t *block = emulator_buffer(emulator);

	memset(block, 0, EMULATOR_BUFFER);
	return call(emulator, GET_MODE, NULL, number) &&
	       vbe_parse_mode(block, info->version, number, mode) &&
	       (uint64_t)mode->pitch * mode->h <= info->memory;
}

bool vbe_set_mode(struct emulator *emulator, const struct vbe_info *info,
		  struct vbe_mode *mode)
{
	uint16_t number = mode->number;
	uint32_t bx = number | LINEAR;

	if (call(emulator, SET_MODE, &bx, 0) &&
	    vbe_get_mode(emulator, info, number, mode))
		return true;
	log_error("the video BIOS can't set mode %#x", number);
	return false;
}

bool vbe_get_current(struct emulator *emulator, const struct vbe_info *info,
		     struct vbe_mode *mode)
{
	uint32_t bx = 0;

	return call(emulator, GET_CURRENT, &bx, 0) &&
	       vbe_get_mode(emulator, info, bx & MODE_NUMBER, mode);
}

bool vbe_get_edid(struct emulator *emulator, uint8_t edid[128])
{
	uint8_t *block = emulator_buffer(emulator);
	uint32_t bx = DDC_READ_EDID;

	memset(block, 0, EMULATOR_BUFFER);
	if (!call(emulator, DDC, &bx, 0))
		return false;
	memcpy(edid, block, 128);
	return true;
}

void vbe_set_text(struct emulator *emulator)
{
	struct emulator_registers registers = { .eax = SET_TEXT };

	emulator_int10(emulator, &registers);
}

/* ---- choice ---- */

/* 32 bits are cheapest to draw, 24 have to be packed. */
enum { DEPTH_BEST = 32 };

static unsigned rank(unsigned depth)
{
	return depth == DEPTH_BEST ? 3 : depth == 16 ? 2 : 1;
}

static bool is_better(const struct vbe_mode *mode, const struct vbe_mode *best)
{
	uint32_t area = (uint32_t)mode->w * mode->h;
	uint32_t most = best ? (uint32_t)best->w * best->h : 0;

	return area > most ||
	       (area == most && rank(mode->depth) > rank(best->depth));
}

const struct vbe_mode *vbe_choose(const struct vbe_mode *modes, unsigned count,
				  uint32_t w, uint32_t h, unsigned depth,
				  bool exact)
{
	const struct vbe_mode *best = NULL;

	for (unsigned i = 0; i < count; i++) {
		const struct vbe_mode *mode = &modes[i];
		bool fits = (!w || mode->w <= w) && (!h || mode->h <= h);

		if (exact && (mode->w != w || mode->h != h))
			continue;
		if (fits && (!depth || mode->depth == depth) &&
		    is_better(mode, best))
			best = mode;
	}
	return best;
}

/* Nothing is larger than the limit, and nothing ranks higher. */
static bool is_best(const struct vbe_mode *mode, uint32_t w, uint32_t h,
		    unsigned depth)
{
	return mode && mode->w == w && mode->h == h &&
	       mode->depth == (depth ? depth : DEPTH_BEST);
}

const struct vbe_mode *vbe_find(struct emulator *emulator,
				const struct vbe_info *info,
				struct vbe_list *list, uint32_t w, uint32_t h,
				unsigned depth, bool exact)
{
	const struct vbe_mode *best = vbe_choose(list->modes, list->count, w, h,
						 depth, exact);

	while (!is_best(best, w, h, depth) && list->asked < info->mode_count) {
		if (!vbe_get_mode(emulator, info, info->modes[list->asked++],
				  &list->modes[list->count]))
			continue;
		list->count++;
		best = vbe_choose(list->modes, list->count, w, h, depth, exact);
	}
	return best;
}
