/*
 * The picture against a golden one.
 */
#ifndef DRIVER_VIRTUAL_COMPARE_H
#define DRIVER_VIRTUAL_COMPARE_H

#include "base/geometry.h"
#include "picture.h"

enum { COMPARISON_MASKS = 16 };

/* Embedded; the first three members are the caller's. */
struct comparison {
	int tolerance; /* largest difference per channel that counts as equal */
	struct rect masks[COMPARISON_MASKS]; /* not looked at */
	size_t mask_count;
	uint64_t differing; /* pixels */
	/* The picture in dark grey, what differs in red, masks in blue. */
	struct image difference;
};

/*
 * Counts the pixels that differ from the PNG file. False with `error` in words
 * when the two can't be compared.
 */
bool comparison_run(struct comparison *comparison,
		    const struct blit_surface *surface, int fd,
		    char error[IMAGE_ERROR_MAX]);
void comparison_finish(struct comparison *comparison);

#endif
