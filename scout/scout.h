/*
 * scout: the library of programs with a face.
 *
 *   widget/window.h   a window in a Nitpicker session: frames, input, reports
 *   widget/widgets.h  what stands in it: boxes, rows, links, bars, buttons
 *   widget/controls.h fields, choices, buttons, pictures, menus
 *   widget/widget.h   how a kind of widget is made
 *   widget/gfx.h      painting, widget/theme.h its colours
 *   text/text.h       text, measured and drawn
 *   image/image.h     pictures
 *
 * A program makes a window, puts widgets below window_body, and shows it;
 * scout/example/greeter.c is the shortest example, launchpad a long one.
 */
#ifndef SCOUT_SCOUT_H
#define SCOUT_SCOUT_H

#include "scout/image/image.h"
#include "scout/text/text.h"
#include "scout/widget/controls.h"
#include "scout/widget/window.h"

#endif
