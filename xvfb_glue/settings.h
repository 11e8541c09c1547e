/*
 * settings: size of text and look of X programs, so that they look like native
 * ones: the XSETTINGS that toolkits follow while they run, and the resources
 * that others read at their start.
 */
#ifndef XVFB_GLUE_SETTINGS_H
#define XVFB_GLUE_SETTINGS_H

#include "display.h"

enum { SETTINGS_BYTES = 1024 };

struct settings_look {
	unsigned scale; /* percent */
	unsigned text; /* of the usual size, percent */
	bool dark, high_contrast;
	bool reduced; /* nothing moves by itself */
};

struct settings {
	struct display *display;
	xcb_window_t window; /* owner of the selection */
	uint32_t serial;
	struct settings_look look;
};

/* Sets what is asked for, tells programs when it changed. Of a connected
 * display. Programs that run already learn it by the selection's owner. */
void settings_begin(struct settings *settings, struct display *display,
		    const struct settings_look *look);
void settings_change(struct settings *settings,
		     const struct settings_look *look);

/* ---- what is set, as bytes; for settings.c and tests ---- */

/* The property _XSETTINGS_SETTINGS, at most SETTINGS_BYTES; how many. In the
 * order of bytes of this machine. Format: XSETTINGS 0.5, freedesktop.org. */
size_t settings_encode(const struct settings *settings,
		       uint8_t out[SETTINGS_BYTES]);
/* The lines of RESOURCE_MANAGER, owned by the caller. */
char *settings_resources(const struct settings *settings);

#endif
