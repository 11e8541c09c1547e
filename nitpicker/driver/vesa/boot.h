/* /dev/fb0: the mode that the firmware or the boot loader has set, where there
 * is no video BIOS to call (UEFI, lockdown). */
#ifndef DRIVER_VESA_BOOT_H
#define DRIVER_VESA_BOOT_H

#include "screen.h"

/* A descriptor of the device, and its mode; the picture begins *offset bytes
 * (less than a page) behind the beginning of what it maps. -1 with one log
 * line. */
int boot_framebuffer(struct screen_mode *mode, uint64_t *offset);

#endif
