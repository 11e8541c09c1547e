/* Opening a device. */
#ifndef DRIVER_EVDEV_DEVICE_H
#define DRIVER_EVDEV_DEVICE_H

#include <stdbool.h>

/* A descriptor, non-blocking as `flags` (of open) say, that nobody else can
 * read events from unless `shared`. -errno with one log line. */
int device_open(const char *path, int flags, bool shared);

#endif
