/*
 * Keys of a keyboard that knows no layout -> what Input carries: for ps2_drv
 * and evdev_drv. (A host's window gets its characters from the host.)
 *
 * Layout, locks, compose sequences and repeat are done here, once, at the
 * source; clients get presses, releases and characters. The rules are those of
 * Input (session/input.h): a press carries the code point that its key types
 * without any modifier; a character follows its press in the same turn, and
 * there is none while Ctrl, the left Alt or Super is held; repeat is characters
 * only, after 400 ms, 30 times a second.
 *
 * The layout is <keyboard layout= variant= options=/> of the config, with the
 * names of XKB. It comes from the file keymap/LAYOUT.xkb (or
 * keymap/LAYOUT-VARIANT.xkb, compiled, text; no options) of the config's folder
 * or the suite's data where there is one, as in the bootable image; else
 * libxkbcommon compiles it from the machine's xkb-data. Compose sequences are
 * those of the file keymap/compose, else of the locale; they are read when the
 * first key is pressed.
 */
#ifndef DRIVER_KEYMAP_KEYMAP_H
#define DRIVER_KEYMAP_KEYMAP_H

#include "session/input.h"

struct keymap;

struct keymap_handler {
	/* A press, a release or a character, to be sent. */
	void (*event)(void *user, const struct input_event *event);
	/* Layout or locks changed: for input_server_keyboard. Its locks
	 * (LOCK_*) are what the LEDs of the keyboards have to show. */
	void (*keyboard)(void *user, const struct input_keyboard *keyboard);
};

/* Starts with the layout that the config `root` names, else with "us" (root may
 * be NULL). `parent` serves the files; NULL: none. NULL with one log line when
 * not even that layout can be made. */
struct keymap *keymap_create(struct loop *loop, struct parent *parent,
			     const struct config_node *root,
			     const struct keymap_handler *handler, void *user);
void keymap_destroy(struct keymap *keymap); /* NULL is fine */

/*
 * The layout that the config `root` names, "us" without <keyboard>. One that
 * can't be had is complained about, and the present one stays. What is held is
 * released before a change; the locks are kept. Calls `keyboard` when something
 * changed.
 */
void keymap_configure(struct keymap *keymap, const struct config_node *root);

/*
 * A key went down or up. Presses of a pressed key and releases of one that
 * isn't are dropped, so a keyboard's own repeat does no harm; codes beyond
 * what XKB names type nothing. Buttons (BTN_*) don't belong here.
 */
void keymap_key(struct keymap *keymap, unsigned code, bool pressed,
		uint64_t time_us);

/* All keys are up: a keyboard is gone, or nobody listens any more. Releases
 * are sent. Forgets a compose sequence. */
void keymap_release_all(struct keymap *keymap, uint64_t time_us);

/* As last told by `keyboard`. */
const struct input_keyboard *keymap_keyboard(const struct keymap *keymap);

#endif
