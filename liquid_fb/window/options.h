/*
 * The config of liquid_fb.
 */
#ifndef LIQUID_FB_OPTIONS_H
#define LIQUID_FB_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"

enum { TITLE_MAX = 63 };

struct options {
	bool animate, decoration, resize, stay;
	int64_t scale; /* percent; 0: that of the screen */
	int64_t x, y; /* of the window, logical pixels */
	int64_t width, height; /* of the content, logical pixels */
	char title[TITLE_MAX + 1];
};

/* What is not there has its default; what is malformed is told and has what it
 * had in `before` (NULL: its default). */
void options_read(struct options *options, const struct options *before,
		  const struct config_node *config);

#endif
