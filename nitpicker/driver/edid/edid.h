/*
 * What a display says of itself: VESA Enhanced Extended Display Identification
 * Data, Release A, revision 2, base block (section 3). For vesa_drv (by DDC)
 * and intel_drv (a property of the connector).
 */
#ifndef DRIVER_EDID_EDID_H
#define DRIVER_EDID_EDID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EDID_BLOCK = 128 }; /* bytes */

struct edid {
	char maker[4]; /* three letters */
	char name[14]; /* "" when the display has none */
	uint32_t w_mm, h_mm; /* of the picture; 0: not known */
	uint32_t w, h; /* the preferred mode, pixels; 0: none */
	uint32_t refresh; /* of that, mHz; 0: not known */
};

/* False: no EDID (too short, wrong header or sum). Blocks beyond the first are
 * not looked at. Names are plain ASCII. */
bool edid_parse(const uint8_t *data, size_t bytes, struct edid *edid);

#endif
