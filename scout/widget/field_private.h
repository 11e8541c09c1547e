/*
 * What the two parts of a field share: field.c has input, field_paint.c places
 * and painting.
 */
#ifndef SCOUT_WIDGET_FIELD_PRIVATE_H
#define SCOUT_WIDGET_FIELD_PRIVATE_H

#include "scout/widget/controls.h"
#include "scout/widget/edit.h"

enum { FIELD_PAD = 10 };

struct field {
	struct widget widget;
	struct edit edit;
	char *hint; /* NULL: none */
	int scroll; /* real pixels that are hidden at the left */
	bool error;
	uint64_t pressed_at; /* ns */
	size_t pressed_place;
	widget_fn *changed, *enter;
	void *user;
};

struct text_style field_style(const struct widget *widget);
/* The text runs to the left. */
bool field_runs_left(const struct field *field);
/* Where the text begins, real pixels from the pad: what runs to the left ends
 * at the right. */
int field_indent(const struct field *field);
/* Where the caret stands at an offset, from the pad. */
int field_caret(const struct field *field, size_t offset);
void field_paint(struct widget *widget, struct gfx *gfx);

#endif
