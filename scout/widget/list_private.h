/*
 * What the two parts of a list share: list.c knows lines, what is selected and
 * where the user goes; list_view.c has the widgets.
 */
#ifndef SCOUT_WIDGET_LIST_PRIVATE_H
#define SCOUT_WIDGET_LIST_PRIVATE_H

#include "scout/widget/controls.h"

enum { LIST_ROW = 32, LIST_ROWS = 6, LIST_TYPED_MAX = 64 };
enum { LIST_TYPE_NS = 1000000000, LIST_DOUBLE_NS = 400000000 };

struct list {
	struct widget widget;
	struct scroll *scroll;
	struct widget *view, *sheet; /* of the scroll area: itself, content */
	enum list_mode mode;
	struct list_source source;
	void *user;
	size_t rows, current, anchor; /* anchor: where Shift selects from */
	uint64_t *chosen; /* LIST_MANY: a bit a line */
	int height; /* lines */
	int made; /* widgets for lines */
	char prefix[LIST_TYPED_MAX]; /* what was typed */
	size_t typed;
	uint64_t typed_at, pressed_at; /* ns */
	size_t pressed_row;
};

/* A line in sight. */
struct list_item {
	struct widget widget;
	struct list *list;
	int place; /* its number among the widgets */
	size_t row; /* LIST_NONE: has to ask */
};

int list_row_height(const struct list *list);
void list_show(struct list *list);
struct list_item *list_item_create(struct list *list);
/* Shows that line, or nothing. */
void list_item_show(struct list_item *item, size_t row, bool shown);

void list_go(struct list *list, size_t row, unsigned mods);
void list_activate(struct list *list);
/* True: consumed. */
bool list_key(struct list *list, const struct ui_event *event);
bool list_character(struct list *list, uint32_t character);

#endif
