/*
 * The picture against a golden one.
 */
#ifndef DRIVER_VIRTUAL_COMPARE_H
#define DRIVER_VIRTUAL_COMPARE_H

#include "base/geometry.h"
#include "driver/picture/picture.h"

enum { COMPARISON_MASKS = 16 };

/* Embedded; the first three members are the caller's. */
struct comparison {
	int tolerance; /* largest difference per channel that counts as equal */
	struct rect masks[COMPARISON_MASKS]; /* not looked at */
	size_t mask_count;
	uint64_t differing; /* pixels */
	struct picture difference; /* while there is one */
};

/*
 * Counts the pixels that differ from the PNG file. NULL, or in words why the
 * two can't be compared.
 */
const char *comparison_run(struct comparison *comparison,
			   const struct blit_surface *surface, int fd);

/* The picture in dark grey, what differs in red, what is masked in blue. */
const char *comparison_save(const struct comparison *comparison, int fd);
void comparison_finish(struct comparison *comparison);

#endif
