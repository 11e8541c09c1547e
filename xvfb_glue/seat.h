/*
 * seat: what goes from the session to X and back besides pixels: keys, pointer
 * and its picture, clipboard, settings. All of it belongs to one connection.
 */
#ifndef XVFB_GLUE_SEAT_H
#define XVFB_GLUE_SEAT_H

#include "clipboard.h"
#include "input.h"
#include "pointer.h"
#include "settings.h"

struct glue;

struct seat {
	struct injector *injector; /* NULL: there is no connection */
	struct pointer *pointer;
	struct clipboard *clipboard;
	struct settings settings;
	/* What the session told last, for the next connection. */
	struct input_keyboard keyboard;
	bool has_keyboard;
};

void seat_begin(struct glue *glue);
void seat_end(struct glue *glue); /* also without a connection */

void seat_event(struct glue *glue, const struct input_event *event);
void seat_batch_end(struct glue *glue);
void seat_keyboard(struct glue *glue, const struct input_keyboard *keyboard);
void seat_clipboard_changed(struct glue *glue);
/* Scale or theme changed. */
void seat_relook(struct glue *glue);

/* The pointer is on a frame: X thinks it's nowhere, its picture is ours. */
void seat_leave(struct glue *glue);
/* Ends menus: a click where no window is. */
void seat_dismiss(struct glue *glue);
/* A button that X got is held. */
bool seat_is_holding(const struct glue *glue);

#endif
