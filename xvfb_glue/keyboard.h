/*
 * keyboard: keys, characters, layout and locks -> the keyboard of an X server.
 *
 * Keys go through XTEST by their codes, so the X client sees what a keyboard
 * would send, repeated by the server. The layout is set by setxkbmap(1), which
 * knows the rules that XKB's names go by. Characters that come from no key go
 * through spare key codes.
 */
#ifndef XVFB_GLUE_KEYBOARD_H
#define XVFB_GLUE_KEYBOARD_H

#include "display.h"
#include "session/protocol.h"
#include "spare.h"

struct keyboard;

/*
 * Of a connected display. `authority`: the cookie's file, NULL: that of the
 * environment. `ready` is called when keyboard_key or keyboard_character may
 * be called again after they returned false. All that was held before is
 * released. Never NULL.
 */
struct keyboard *keyboard_create(struct display *display, const char *authority,
				 void (*ready)(void *user), void *user);
/* Before the display is disconnected, or after; NULL is fine. */
void keyboard_destroy(struct keyboard *keyboard);

/* A KEY_* went down or up; codes that X can't have are left out. False: not
 * now, since the layout is being changed. */
bool keyboard_key(struct keyboard *keyboard, unsigned code, bool pressed);

/* Types a character. False: not now; `ready` will tell. */
bool keyboard_character(struct keyboard *keyboard, uint32_t character);

/* All keys up. */
void keyboard_release_all(struct keyboard *keyboard);

/* The layout is that; one that this X server can't have is complained about,
 * and the present one stays. Setting it takes a while. */
void keyboard_layout(struct keyboard *keyboard,
		     const struct input_keyboard *told);

/* The locks are these (LOCK_*). False: not now; `ready` will tell. */
bool keyboard_locks(struct keyboard *keyboard, uint32_t locks);

#endif
