/* A card that the kernel can set modes on (KMS). */
#ifndef DRIVER_INTEL_CARD_H
#define DRIVER_INTEL_CARD_H

#include <stdbool.h>
#include <stdint.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

/* A descriptor of /dev/dri/cardN that has connectors and dumb buffers: Intel's
 * (i915, xe) rather than any other; we are its master. -1 with one log line. */
int card_open(void);

/* The kernel's driver, for messages; owned by the caller. */
char *card_driver(int fd);

#endif
