/*
 * The config of sdl2_drv.
 */
#ifndef SDL2_OPTIONS_H
#define SDL2_OPTIONS_H

#include "base/config.h"
#include "keys.h"

struct options {
	int64_t width, height; /* of the window; 0: the default */
	int64_t scale; /* percent; 0: as the host says */
	bool fullscreen;
	struct chord chord;
	char *title, *chord_name; /* owned */
};

void options_init(struct options *options); /* the defaults */
void options_finish(struct options *options);
/* From the defaults; what is malformed keeps its value in `old`. */
void options_read(struct options *options, const struct options *old,
		  const struct config_node *config);

#endif
