/*
 * The keyboard, mouse and touch screen of virtual_drv.
 *
 * The keyboard has a us layout, whatever it tells. A press is followed by its
 * character in the same batch, unless Ctrl, left Alt or Super is held; a key
 * that stays pressed for 400 ms repeats its character 30 times a second. Num
 * Lock is on at the start, Caps Lock off. What was pressed before a client came
 * is forgotten.
 *
 * Every function that makes events returns NULL, or in words why it made none.
 */
#ifndef DRIVER_VIRTUAL_DEVICE_H
#define DRIVER_VIRTUAL_DEVICE_H

#include "session/input.h"

enum { DEVICE_SLOTS = 32, DEVICE_CHORD = 8, DEVICE_DRAG_STEPS = 8 };

struct device;

/* Announces Input. */
struct device *device_create(struct loop *loop, struct parent *parent);
void device_destroy(struct device *device);

const char *device_press(struct device *device, unsigned code);
const char *device_release(struct device *device, unsigned code);

/* Pressed in order, released in reverse; at most DEVICE_CHORD. */
const char *device_chord(struct device *device, const unsigned *codes,
			 size_t count);
void device_release_all(struct device *device);

/* Text in UTF-8: keys where the layout has them, else characters only. */
const char *device_type(struct device *device, const char *text);

/* What clients are told that the layout is; the characters of keys stay us's.
 * Names of XKB; NULL: none. */
const char *device_set_layout(struct device *device, const char *layout,
			      const char *variant, const char *options);

const char *device_move(struct device *device, int32_t x, int32_t y);
const char *device_relative(struct device *device, int32_t dx, int32_t dy);
/* In 1/120 notches. */
const char *device_wheel(struct device *device, int32_t x, int32_t y);
const char *device_touch(struct device *device, unsigned slot, int32_t x,
			 int32_t y);
const char *device_untouch(struct device *device, unsigned slot);
const char *device_click(struct device *device, int32_t x, int32_t y,
			 unsigned button);
/* With the left button, in DEVICE_DRAG_STEPS motions. */
const char *device_drag(struct device *device, int32_t x1, int32_t y1,
			int32_t x2, int32_t y2);

/* The clipboard of the host, which the clients' may be joined with. */
void device_set_clipboard(struct device *device, const char *text);
const char *device_clipboard(const struct device *device);

#endif
