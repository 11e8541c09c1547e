/*
 * The output as libvncserver knows it. libvncserver encodes and keeps the state
 * of the protocol; it never sees a socket of a viewer, and never waits.
 */
#ifndef DRIVER_VNC_SCREEN_H
#define DRIVER_VNC_SCREEN_H

#include <rfb/rfb.h>

#include "driver/display/display.h"
#include "input.h"
#include "shot.h"

enum {
	SCREEN_PIXELS_MAX = 16 << 20, /* of a mode: bounds what a frame takes */
	SCREEN_SIDE_MIN = 16,
	PASSWORD_BYTES = 8, /* of a password, that VNC looks at */
};

struct viewer;

struct screen {
	struct loop *loop;
	struct display *display;
	struct vnc_input *input;
	rfbScreenInfoPtr rfb;
	struct display_watch watch;
	struct viewer *viewers;
	unsigned viewer_count;
	char name[65]; /* title of the desktop */
	char password[PASSWORD_BYTES + 1];
	char *passwords[2]; /* as libvncserver wants them */
	struct shot shot;
	struct timer resize; /* viewers resize in many small steps */
	uint32_t wish_w, wish_h;
};

/* The display is not taken over. `shot_path`: see shot.h; NULL: none. */
void screen_init(struct screen *screen, struct loop *loop,
		 struct display *display, const char *shot_path);
/* Ends all viewers. */
void screen_finish(struct screen *screen);

/* For viewers that need one; "": none can get in. */
void screen_set_password(struct screen *screen, const char *password);

/* A viewer's wish for a size; the answer is an rfbExtDesktopSize constant. */
int screen_wish(struct screen *screen, uint32_t w, uint32_t h,
		unsigned screens);

/* Viewers came or went: while nobody looks, frames are hidden and the picture
 * is kept as a file. */
void screen_count_viewers(struct screen *screen, int change);

/* A text (Latin-1) for the clipboards of all viewers. */
void screen_send_text(struct screen *screen, const char *text, size_t bytes);

/* What is pressed is forgotten. */
void screen_forget_held(struct screen *screen);

#endif
