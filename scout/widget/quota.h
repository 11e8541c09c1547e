/*
 * Amounts of memory: in words, in steps, and as places on a bar.
 */
#ifndef SCOUT_WIDGET_QUOTA_H
#define SCOUT_WIDGET_QUOTA_H

#include <stddef.h>
#include <stdint.h>

enum { QUOTA_STEP_MIN = 512 << 10, QUOTA_TEXT_MAX = 48 };

/* "512 KiB", "9.0 MiB", "34 MiB", "1.5 GiB". */
void quota_format(uint64_t bytes, char text[QUOTA_TEXT_MAX]);

/* "21.1 / 34 MiB"; the unit of the first is named only if it differs. */
void quota_format_pair(uint64_t bytes, uint64_t of, char text[QUOTA_TEXT_MAX]);

/* The next larger (direction > 0) or smaller step of 512K 1M 2M 4M ..., at
 * least the first, at most `max`. */
uint64_t quota_step(uint64_t bytes, int direction, uint64_t max);

/* The nearest of 512K 768K 1M 1.5M 2M 3M 4M ..., at most `max`. */
uint64_t quota_snap(uint64_t bytes, uint64_t max);

/*
 * The place of an amount on a bar that ends at `max`, 0..1, and back. The bar
 * is logarithmic, with equal room for each doubling: half a mebibyte and half
 * a gibibyte can both be set on it.
 */
float quota_to_place(uint64_t bytes, uint64_t max);
uint64_t quota_from_place(float place, uint64_t max);

#endif
