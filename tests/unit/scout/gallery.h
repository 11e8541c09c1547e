/* The sheet of all widgets in all states; gallery.c compares its picture. */
#ifndef UNIT_SCOUT_GALLERY_H
#define UNIT_SCOUT_GALLERY_H

#include "suite.h"

struct gallery {
	struct ui ui;
	struct text *text;
	struct size size; /* of the sheet */
	int row_y; /* while it is filled */
};

struct gallery *gallery_create(enum theme_mode mode, int scale);
void gallery_destroy(struct gallery *gallery);

#endif
