/*
 * virtual_drv as a whole: what its commands act on.
 */
#ifndef DRIVER_VIRTUAL_DRIVER_H
#define DRIVER_VIRTUAL_DRIVER_H

#include "device.h"
#include "driver/display/display.h"
#include "record.h"
#include "session/component.h"

struct control;

struct driver {
	struct component component;
	struct display *display;
	struct device *device;
	struct recorder recorder;
	bool replaying; /* one replay at a time */
	struct control *control;
	struct display_mode configured; /* as the config last said */
	char *control_path; /* owned; NULL: none */
	uint64_t quota; /* own, bytes; 0: not known */
};

#endif
