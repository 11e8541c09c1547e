/*
 * VESA BIOS Extension (VBE) Core Functions Standard, Version 3.0; the sections
 * are named at the functions. Display Data Channel: VBE/DDC Standard 1.1.
 */
#ifndef DRIVER_VESA_VBE_VBE_H
#define DRIVER_VESA_VBE_VBE_H

#include "emulator.h"

enum {
	VBE_MODES_MAX = 512,
	VBE_INFO_BYTES = 512,
	VBE_MODE_BYTES = 256,
	VBE_VERSION_LEAST = 0x200, /* has linear framebuffers */
};

struct vbe_info {
	uint16_t version; /* 0x300 is 3.0 */
	uint32_t memory; /* of the card, bytes */
	uint32_t oem, mode_list; /* far pointers */
	char oem_text[64]; /* printable ASCII */
	uint16_t modes[VBE_MODES_MAX];
	unsigned mode_count;
};

struct vbe_mode {
	uint16_t number;
	uint16_t w, h; /* pixels */
	uint32_t pitch; /* bytes */
	uint8_t depth; /* bits of a pixel, as stored: 16, 24, 32; 15 is none */
	uint64_t address; /* physical, of the first pixel */
	/* Bits and place of each colour. */
	struct {
		uint8_t bits, at;
	} red, green, blue;
};

/* The block of function 00h (4.3) -> *info, without what the pointers point
 * at. False: no VBE 2.0. */
bool vbe_parse_info(const uint8_t block[VBE_INFO_BYTES], struct vbe_info *info);

/* The block of function 01h (4.4). False: not a mode that we can use, which is
 * graphics with direct colour, 16, 24 or 32 bits, and a linear framebuffer. */
bool vbe_parse_mode(const uint8_t block[VBE_MODE_BYTES], uint16_t version,
		    uint16_t number, struct vbe_mode *mode);

/* All of function 00h; false with one log line. */
bool vbe_get_info(struct emulator *emulator, struct vbe_info *info);

/* False: the BIOS doesn't know it, or it isn't usable. */
bool vbe_get_mode(struct emulator *emulator, const struct vbe_info *info,
		  uint16_t number, struct vbe_mode *mode);

/*
 * Function 02h (4.5), and what the mode is then: some cards answer each mode
 * with the same one. False with one log line.
 */
bool vbe_set_mode(struct emulator *emulator, const struct vbe_info *info,
		  struct vbe_mode *mode);

/* Function 03h (4.6): the mode that is set now. */
bool vbe_get_current(struct emulator *emulator, const struct vbe_info *info,
		     struct vbe_mode *mode);

/* 128 bytes of EDID by DDC (4F15h); false: there is none. */
bool vbe_get_edid(struct emulator *emulator, uint8_t edid[128]);

/* Back to 80x25 characters. */
void vbe_set_text(struct emulator *emulator);

/*
 * The mode for that size and depth; 0 is any: the largest that fits w x h (of
 * the display), with the pixels that are the best to draw first: 32, 16, 24
 * bits. NULL:
 * there is none.
 */
const struct vbe_mode *vbe_choose(const struct vbe_mode *modes, unsigned count,
				  uint32_t w, uint32_t h, unsigned depth,
				  bool exact);

/* The usable modes of the BIOS's list, as far as somebody has looked: each
 * entry costs a call, and there may be a hundred. */
struct vbe_list {
	struct vbe_mode modes[VBE_MODES_MAX];
	unsigned count;
	unsigned asked; /* entries of the list, usable or not */
};

/* As vbe_choose, of all modes; reads on in the list until none that follows
 * could be better. Valid until the next call. */
const struct vbe_mode *vbe_find(struct emulator *emulator,
				const struct vbe_info *info,
				struct vbe_list *list, uint32_t w, uint32_t h,
				unsigned depth, bool exact);

#endif
