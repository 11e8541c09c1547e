#include "scout/widget/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

void edit_init(struct edit *edit)
{
	*edit = (struct edit){ .text = xstrdup("") };
}

static void drop(struct edit_step *steps, unsigned *count)
{
	while (*count)
		free(steps[--*count].text);
}

void edit_finish(struct edit *edit)
{
	drop(edit->undo, &edit->undos);
	drop(edit->redo, &edit->redos);
	free(edit->text);
}

size_t edit_from(const struct edit *edit)
{
	return edit->caret < edit->mark ? edit->caret : edit->mark;
}

size_t edit_to(const struct edit *edit)
{
	return edit->caret > edit->mark ? edit->caret : edit->mark;
}

/* ---- undo ---- */

static void push(struct edit_step *steps, unsigned *count,
		 const struct edit *edit)
{
	if (*count == EDIT_STEPS_MAX) {
		free(steps[0].text);
		memmove(steps, steps + 1,
			sizeof(*steps) * (EDIT_STEPS_MAX - 1));
		--*count;
	}
	steps[(*count)++] = (struct edit_step){ xstrdup(edit->text),
						edit->caret };
}

static void keep(struct edit *edit, enum edit_kind kind)
{
	if (kind != EDIT_SET && (kind != EDIT_TYPE || edit->last != kind))
		push(edit->undo, &edit->undos, edit);
	edit->last = kind;
	drop(edit->redo, &edit->redos);
}

static bool step(struct edit *edit, struct edit_step *from, unsigned *count,
		 struct edit_step *to, unsigned *to_count)
{
	if (!*count)
		return false;
	push(to, to_count, edit);

	struct edit_step last = from[--*count];

	free(edit->text);
	edit->text = last.text;
	edit->caret = edit->mark = last.caret;
	edit->last = EDIT_NONE;
	return true;
}

bool edit_undo(struct edit *edit)
{
	return step(edit, edit->undo, &edit->undos, edit->redo, &edit->redos);
}

bool edit_redo(struct edit *edit)
{
	return step(edit, edit->redo, &edit->redos, edit->undo, &edit->undos);
}

/* ---- changes ---- */

static void replace(struct edit *edit, size_t from, size_t to, const char *with,
		    size_t bytes)
{
	size_t all = strlen(edit->text);
	char *text = xcalloc(all - (to - from) + bytes + 1, 1);

	memcpy(text, edit->text, from);
	memcpy(text + from, with, bytes);
	memcpy(text + from + bytes, edit->text + to, all - to);
	free(edit->text);
	edit->text = text;
	edit->caret = edit->mark = from + bytes;
}

/* What may stand in one line; returns its bytes. */
static size_t clean(const char *text, size_t bytes, size_t room, char *to)
{
	size_t used = 0, length;
	uint32_t code;

	for (size_t at = 0; at < bytes; at += length ? length : 1) {
		length = utf8_decode(text + at, bytes - at, &code);
		if (!length)
			continue;
		if (used + length > room)
			break;
		if (code < ' ' || code == 0x7f)
			to[used] = ' ';
		else
			memcpy(to + used, text + at, length);
		used += length;
	}
	return used;
}

void edit_insert(struct edit *edit, const char *text, size_t bytes,
		 enum edit_kind kind)
{
	size_t from = edit_from(edit), to = edit_to(edit);
	size_t room = EDIT_BYTES_MAX - (strlen(edit->text) - (to - from));
	char *cleaned = xcalloc(bytes + 1, 1);
	size_t length = clean(text, bytes, room, cleaned);

	if (length || to > from) {
		keep(edit, kind);
		replace(edit, from, to, cleaned, length);
	}
	free(cleaned);
}

/* ---- moving ---- */

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t step_from(const struct edit *edit, size_t at, int direction)
{
	const char *text = edit->text;

	if (direction < 0 && at) {
		do
			at--;
		while (at && is_inside(text[at]));
	} else if (direction > 0 && text[at]) {
		do
			at++;
		while (is_inside(text[at]));
	}
	return at;
}

/* The end of a word, blanks before it skipped. */
static size_t word_from(const struct edit *edit, size_t at, int direction)
{
	const char *text = edit->text;
	size_t look = direction < 0 ? 1 : 0;

	while (direction < 0 ? at > 0 && text[at - 1] == ' ' : text[at] == ' ')
		at = step_from(edit, at, direction);
	while (direction < 0 ? at > 0 && text[at - look] != ' '
			     : text[at] && text[at] != ' ')
		at = step_from(edit, at, direction);
	return at;
}

void edit_place(struct edit *edit, size_t at, bool select)
{
	edit->caret = at;
	if (!select)
		edit->mark = at;
	edit->last = EDIT_NONE;
}

void edit_move(struct edit *edit, int direction, bool word, bool select)
{
	size_t at = edit->caret;

	if (!select && edit->caret != edit->mark && !word)
		at = direction < 0 ? edit_from(edit) : edit_to(edit);
	else
		at = word ? word_from(edit, at, direction)
			  : step_from(edit, at, direction);
	edit_place(edit, at, select);
}

void edit_select(struct edit *edit, size_t from, size_t to)
{
	edit->mark = from;
	edit->caret = to;
	edit->last = EDIT_NONE;
}

void edit_select_word(struct edit *edit, size_t at)
{
	const char *text = edit->text;
	size_t from = at, to = at;
	bool blank;

	if (!text[at] && at)
		from = step_from(edit, at, -1);
	blank = text[from] == ' ';
	while (from && (text[from - 1] == ' ') == blank)
		from--;
	while (text[to] && (text[to] == ' ') == blank)
		to++;
	edit_select(edit, from, to);
}

bool edit_erase(struct edit *edit, int direction, bool word)
{
	size_t from = edit_from(edit), to = edit_to(edit);

	if (from == to && direction) {
		size_t at = word ? word_from(edit, from, direction)
				 : step_from(edit, from, direction);

		from = at < from ? at : from;
		to = at > to ? at : to;
	}
	if (from == to)
		return false;
	keep(edit, EDIT_ERASE);
	replace(edit, from, to, "", 0);
	return true;
}
