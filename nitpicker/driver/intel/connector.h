/* What is plugged in, and what it can show. */
#ifndef DRIVER_INTEL_CONNECTOR_H
#define DRIVER_INTEL_CONNECTOR_H

#include "card.h"
#include "driver/edid/edid.h"

enum { CONNECTORS_MAX = 16, CONNECTOR_MODES_MAX = 128 };

struct connector {
	uint32_t id, possible_crtcs;
	char name[32]; /* "HDMI-A-1" */
	struct edid edid; /* name "" where there is none */
	uint32_t w_mm, h_mm; /* 0: not known */
	drmModeModeInfo modes[CONNECTOR_MODES_MAX];
	unsigned mode_count;
};

struct connectors {
	struct connector all[CONNECTORS_MAX]; /* those with a display */
	unsigned count;
};

/* Asks the hardware. */
void connectors_read(struct connectors *connectors, int card);

/*
 * The mode of that size (and refresh, Hz, unless 0); with 0 x 0: the one that
 * the display prefers. NULL: there is none.
 */
const drmModeModeInfo *connector_mode(const struct connector *connector,
				      uint32_t w, uint32_t h, uint32_t hz);

#endif
