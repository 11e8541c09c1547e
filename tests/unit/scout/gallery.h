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

enum state { NORMAL, HOVERED, PRESSED, FOCUSED, DISABLED, SPECIAL, STATES };

typedef void *make_fn(struct ui *ui, struct widget *parent, enum state state);

struct kind {
	const char *name;
	make_fn *make;
};
extern const struct kind gallery_kinds[];
extern const int gallery_kind_count;

struct gallery *gallery_create(enum theme_mode mode, int scale);
void gallery_destroy(struct gallery *gallery);

#endif
