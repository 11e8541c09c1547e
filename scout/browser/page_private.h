#ifndef SCOUT_BROWSER_PAGE_PRIVATE_H
#define SCOUT_BROWSER_PAGE_PRIVATE_H

#include "page.h"
#include "signs.h"

enum {
	PAD_SIDE = 40, /* logical, left and right of the column */
	PAD_NARROW = 20, /* the same where the window is small */
	NARROW = 420,
	PAD_TOP = 16,
	PAD_BOTTOM = 24,
	COLUMN_MAX = 680,
	WAYS = 72, /* height of the row of ways */
	LINE_STEP = 48, /* a key or notch */
	BAR_ROOM = 14,
	MISSING_W = 640, /* box of a picture that can't be shown */
	MISSING_H = 64,
};

enum spot_kind { SPOT_LINK, SPOT_COPY, SPOT_PREVIOUS, SPOT_NEXT };

enum { SPOT_PARTS_MAX = 16 };

/* A widget in the document. */
struct spot {
	struct widget widget;
	struct page *page;
	enum spot_kind kind;
	uint32_t id; /* link: its item; copy: its block */
	bool seen; /* in the present pass */
	bool armed;
	float painted; /* how much light was on it when it was painted */
	struct rect parts[SPOT_PARTS_MAX]; /* page coordinates */
	unsigned part_count;
};

struct page {
	struct widget widget;
	struct page_handler handler;
	void *user;
	struct document *document; /* NULL: none */
	struct flow *flow;
	int zoom;
	int covered_top, covered_bottom;
	struct page_way ways[2];
	char *way_strings[4];

	/* What is at the upper edge, below what covers it. */
	uint32_t box;
	int offset; /* of the upper edge in it */
	uint32_t last_box; /* farthest place to scroll to */
	int last_offset;
	float shift; /* of the picture from its place, gliding to 0 */
	struct page_place wanted; /* goes there at the next layout */
	bool has_wanted;
	bool placed; /* laid out once */
	uint32_t kept; /* around that box layouts were kept */

	/* selection, places of the text */
	uint32_t anchor, caret;
	bool selecting;
	uint64_t pressed_at; /* ns */
	unsigned clicks;

	const struct page_mark *marks;
	size_t mark_count, mark_now;

	int bar_grab; /* where in the thumb; -1: not */
	bool bar_hover;
};

/* Geometry of the column. */
int page_column_x(const struct page *page);
int page_column_w(const struct page *page);
int page_unit(const struct page *page);
/* Height between what covers it. */
int page_view_height(const struct page *page);
int page_ways_height(const struct page *page);
/* Air above the document. */
int page_pad_top(const struct page *page);

/* The boxes that can be seen: the first, and its y in the page. Lays out. */
uint32_t page_first_visible(struct page *page, int *y);

/* Scrolls; glides there where motion is wanted. */
void page_scroll(struct page *page, int64_t pixels);
/* Where dragging the thumb leads: without gliding. */
void page_drag_to(struct page *page, int64_t position);
/* It shows something else: laid out and painted anew. */
void page_moved(struct page *page);
/* Its place is one that there is: in a box, and not behind the end. */
void page_settle(struct page *page);
/* Finds the farthest place to scroll to. */
void page_find_last(struct page *page);
/* Goes there at once; the flow has its width. */
void page_go_now(struct page *page, struct page_place place);
int64_t page_position(const struct page *page);
int64_t page_most(const struct page *page);

void page_select_word(struct page *page);
void page_select_block(struct page *page);
/* For the flow: see struct flow_handler. */
bool page_picture_size(void *page, const char *address, bool in_line, int *w,
		       int *h);

bool page_event(struct widget *widget, const struct ui_event *event);

/* ---- spots ---- */

void spots_forget(struct page *page);
struct spot *spot_create(struct page *page, enum spot_kind kind, uint32_t id);
/* For what is visible now. */
void spots_place(struct page *page);
/* The spot of a link, or NULL. */
struct spot *spot_of_link(struct page *page, uint32_t link);
/* How much light is on a link: of it and those to the same address. */
float spot_light(struct page *page, uint32_t link);
const char *page_link_address(const struct page *page, uint32_t link,
			      uint32_t *line);
/* Tab goes on beyond what is visible. */
bool spots_tab(struct page *page, int direction);

/* ---- painting ---- */

void page_paint(struct widget *widget, struct gfx *gfx);
struct rect page_thumb(const struct page *page);

#endif
