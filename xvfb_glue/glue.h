/*
 * xvfb_glue: the windows of an X server as views of one Nitpicker session.
 *
 *   display    the connection to the X server
 *   server     an Xvfb of our own            programs  what runs in it
 *   options    the config
 *   keyboard input clipboard pointer settings   from and to X, each for itself
 *
 * In the mode `rootless` X coordinates are session coordinates: the X screen
 * lies where nitpicker's is, and each X window where its view is.
 */
#ifndef XVFB_GLUE_GLUE_H
#define XVFB_GLUE_GLUE_H

#include "display.h"
#include "options.h"
#include "server.h"
#include "session/component.h"
#include "session/nitpicker.h"

struct glue {
	struct component component;
	struct options options;
	struct nitpicker *nitpicker;
	struct server *server; /* NULL: somebody else's */
	struct display display;
};

#endif
