/*
 * pointer: the picture of the X pointer -> the pointer of the desktop, while
 * it is over one of our windows. The X server draws none (-nocursor).
 */
#ifndef XVFB_GLUE_POINTER_H
#define XVFB_GLUE_POINTER_H

#include "display.h"
#include "session/nitpicker.h"

struct pointer;

/*
 * Of a connected display. Shapes that the desktop has itself are the desktop's;
 * others are shown as they are. `shown` (may be NULL) is told whether the
 * pointer has a picture at all. Never NULL.
 */
struct pointer *pointer_create(struct display *display,
			       struct nitpicker *nitpicker,
			       void (*shown)(void *user, bool shown),
			       void *user);
void pointer_destroy(struct pointer *pointer); /* NULL is fine */

/* Events of the session: it forgets the picture when the pointer leaves. */
void pointer_event(struct pointer *pointer, const struct input_event *event);

#endif
