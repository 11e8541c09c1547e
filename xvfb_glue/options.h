/*
 * options: the config of xvfb_glue.
 */
#ifndef XVFB_GLUE_OPTIONS_H
#define XVFB_GLUE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "session/protocol.h"

enum options_mode { MODE_ROOTLESS, MODE_SCREEN };

enum { COMMANDS_MAX = 16 };

struct options {
	/* Of a server that runs already; NULL: one of our own is started. */
	char *display;
	char *framebuffer; /* its file; NULL: pixels are asked for */
	enum options_mode mode;
	char *commands[COMMANDS_MAX]; /* for the shell */
	unsigned command_count;
	bool restart; /* an X server of ours that died */
	bool stay; /* when all commands ended */
	int depth; /* of our own server's root: 8, 15, 16, 24 or 30 */
	/* Of the X screen, logical pixels: its size in the mode `screen`. */
	int width, height;
	/* Largest that it can ever become, real pixels; 0: chosen. */
	int max_width, max_height;
	char *title; /* of the screen's window */
	/* Where the desktop doesn't tell its layout; empty: unknown. */
	struct input_keyboard keyboard;
};

/* Complaints name the place; the rest applies. */
void options_read(struct options *options, const struct config_node *root);
void options_finish(struct options *options);

#endif
