/* The suites of scout: what can be told without a window on a screen. */
#ifndef UNIT_SCOUT_SUITE_H
#define UNIT_SCOUT_SUITE_H

#include <check.h>

#include "scout/widget/controls.h"

Suite *text_suite(void);
Suite *breaks_suite(void);
Suite *shape_suite(void);
Suite *edit_suite(void);
Suite *gallery_suite(void);
Suite *quota_suite(void);
Suite *tree_suite(void);
Suite *tips_suite(void);
Suite *motion_suite(void);
Suite *list_suite(void);
Suite *input_suite(void);
Suite *painting_suite(void);
Suite *theme_suite(void);
Suite *contrast_suite(void);

/* A window of 400x300 off the screen: a scroll area with a band, three entries
 * (link and slider), and a child with a button. */
struct bench {
	struct ui ui;
	struct text *text;
	struct frame *frame;
	struct scroll *scroll;
	struct link *links[3];
	struct bar *bars[3];
	struct row *rows[4];
	struct button *button;
	int activated[3], killed, changes, wakes;
	uint64_t changed_to, alarm;
};

void bench_init(struct bench *bench, int scale, bool reduced);
void bench_finish(struct bench *bench);

/* Compares a picture with golden/NAME, at most 2 a channel beside it; writes it
 * with GALLERY=write. */
void golden_compare(const char *name, const uint32_t *pixels, int w, int h);

/* Events at the middle of a widget, and keys. */
void bench_press(struct bench *bench, void *widget);
void bench_release(struct bench *bench, void *widget);
void bench_click(struct bench *bench, void *widget);
void bench_hover(struct bench *bench, void *widget);
void bench_key(struct bench *bench, uint32_t code, unsigned mods);
/* Lets that many ms pass, one frame at their end. */
void bench_wait(struct bench *bench, int ms);

#endif
