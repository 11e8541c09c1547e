/*
 * edit: a line of text with caret, selection and what can be undone. Offsets
 * are bytes, always between characters.
 */
#ifndef SCOUT_WIDGET_EDIT_H
#define SCOUT_WIDGET_EDIT_H

#include <stdbool.h>
#include <stddef.h>

enum { EDIT_BYTES_MAX = 64 << 10, EDIT_STEPS_MAX = 64 };

/* Neighbouring changes of EDIT_TYPE are undone together. */
enum edit_kind { EDIT_NONE, EDIT_TYPE, EDIT_PASTE, EDIT_ERASE, EDIT_SET };

struct edit_step {
	char *text;
	size_t caret;
};

struct edit {
	char *text; /* owned, never NULL */
	size_t caret, mark; /* what is between is selected */
	enum edit_kind last;
	struct edit_step undo[EDIT_STEPS_MAX], redo[EDIT_STEPS_MAX];
	unsigned undos, redos;
};

void edit_init(struct edit *edit);
void edit_finish(struct edit *edit);

/* The selection's ends. */
size_t edit_from(const struct edit *edit);
size_t edit_to(const struct edit *edit);

/* Replaces the selection. Control characters become blanks, what isn't UTF-8
 * is left out, as is what exceeds EDIT_BYTES_MAX. */
void edit_insert(struct edit *edit, const char *text, size_t bytes,
		 enum edit_kind kind);
/* The selection; without one the character or word before (-1) or behind (1)
 * the caret, nothing for 0. False when nothing changed. */
bool edit_erase(struct edit *edit, int direction, bool word);
bool edit_undo(struct edit *edit);
bool edit_redo(struct edit *edit);

/* Moves the caret; `select` leaves the other end where it is. */
void edit_place(struct edit *edit, size_t at, bool select);
void edit_move(struct edit *edit, int direction, bool word, bool select);
void edit_select(struct edit *edit, size_t from, size_t to);
/* The word, or the blanks, that `at` is in. */
void edit_select_word(struct edit *edit, size_t at);

#endif
