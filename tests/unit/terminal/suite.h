/*
 * Tests of the terminal's core.
 */
#ifndef SUITE_H
#define SUITE_H

#include <check.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "liquid_fb/terminal/terminal.h"

TCase *rules_case(void); /* wrapping, erasing, what xterm does */
TCase *margins_case(void); /* on all sides; rectangles */
TCase *replies_case(void);
TCase *styles_case(void);
TCase *input_case(void);
TCase *lines_case(void);
TCase *resize_case(void);
TCase *unicode_case(void);
TCase *damage_case(void);
TCase *oracle_case(void);

/* ---- stream.c ---- */

enum {
	SCREEN_COLUMNS = 40,
	SCREEN_ROWS = 12,
	STREAM_MAX = 16 << 10, /* bytes */
};

/* The stream of that seed; its bytes. */
size_t stream_make(unsigned seed, char *out, size_t size);
/* Rows and cursor as text, owned by the caller. */
char *screen_text(const struct terminal *t);
uint64_t text_hash(const char *text);

/* ---- main.c ---- */

/* A terminal that got this text. */
struct terminal *written(int columns, int rows, const char *text);
/* A row as text without blanks at its end, owned by the caller. */
char *row_string(const struct terminal *t, int row);
void expect_row(const struct terminal *t, int row, const char *text);
void expect_cursor(const struct terminal *t, int x, int y);
void put(struct terminal *t, const char *text);

#endif
