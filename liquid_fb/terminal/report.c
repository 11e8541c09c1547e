/*
 * Answers: what the terminal is, where the cursor stands, how large the window
 * is. Nothing that a program wrote comes back as if it had been typed.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

void reply_bytes(struct terminal *t, const char *bytes, size_t count)
{
	if (t->reply_bytes + count > TERMINAL_REPLY_MAX)
		return;
	if (!t->replies)
		t->replies = xcalloc(1, TERMINAL_REPLY_MAX);
	memcpy(t->replies + t->reply_bytes, bytes, count);
	t->reply_bytes += count;
}

void reply(struct terminal *t, const char *format, ...)
{
	char text[512];
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	if (length > 0 && (size_t)length < sizeof(text))
		reply_bytes(t, text, (size_t)length);
}

const char *terminal_replies(struct terminal *t, size_t *bytes)
{
	*bytes = t->replies_taken ? 0 : t->reply_bytes;
	t->replies_taken = true;
	return t->replies;
}

/* ---- CSI c, CSI n, CSI x, CSI > q ---- */

/* VT420: columns scroll, colours, rectangles. */
void identify(struct terminal *t)
{
	reply(t, "\33[?64;21;22;28c");
}

static void say_what(struct terminal *t)
{
	if (param(t, 0, 0))
		return;
	if (t->parser.prefix == '>')
		reply(t, "\33[>41;390;0c");
	else if (t->parser.prefix == '=')
		reply(t, "\33P!|00000000\33\\");
	else if (!t->parser.prefix)
		identify(t);
}

static void status(struct terminal *t)
{
	const bool private = t->parser.prefix == '?';
	const bool origin = t->modes & MODE_ORIGIN;
	const int y = origin ? t->y - t->top : t->y;
	const int x = origin ? t->x - t->left : t->x;

	switch (param(t, 0, 0)) {
	case 5:
		if (!private)
			reply(t, "\33[0n");
		break;
	case 6:
		reply(t, private ? "\33[?%d;%d;1R" : "\33[%d;%dR", y + 1,
		      x + 1);
		break;
	case 15:
		if (private)
			reply(t, "\33[?13n"); /* no printer */
		break;
	case 25:
		if (private)
			reply(t, "\33[?20n"); /* keys are not locked */
		break;
	case 26:
		if (private)
			reply(t, "\33[?27;1;0;0n"); /* North American */
		break;
	default:
		break;
	}
}

void report_dispatch(struct terminal *t, char final)
{
	switch (final) {
	case 'c':
		say_what(t);
		break;
	case 'n':
		status(t);
		break;
	case 'q':
		if (t->parser.prefix == '>' && !param(t, 0, 0))
			reply(t, "\33P>|Nitpicker console\33\\");
		break;
	case 'x':
		if (param(t, 0, 0) < 2)
			reply(t, "\33[%u;1;1;128;128;1;0x", param(t, 0, 0) + 2);
		break;
	default:
		break;
	}
}

/* ---- CSI t ---- */

static void push_title(struct terminal *t)
{
	if (t->title_count == TERMINAL_TITLES_MAX)
		return;
	t->titles[t->title_count++] = xstrdup(t->title ? t->title : "");
}

static void pop_title(struct terminal *t)
{
	char *title;

	if (!t->title_count)
		return;
	title = t->titles[--t->title_count];
	title_set(t, title);
	free(title);
}

static void wish(struct terminal *t, int columns, int rows)
{
	if (t->handler->size_wish)
		t->handler->size_wish(t->user, columns ? columns : t->columns,
				      rows ? rows : t->height);
}

void window_dispatch(struct terminal *t)
{
	const unsigned kind = param(t, 1, 0);

	switch (param(t, 0, 0)) {
	case 4:
		wish(t, (int)param(t, 2, 0) / t->cell_w, (int)kind / t->cell_h);
		break;
	case 8:
		wish(t, (int)param(t, 2, 0), (int)kind);
		break;
	case 14:
		reply(t, "\33[4;%d;%dt", t->height * t->cell_h,
		      t->columns * t->cell_w);
		break;
	case 16:
		reply(t, "\33[6;%d;%dt", t->cell_h, t->cell_w);
		break;
	case 18:
		reply(t, "\33[8;%d;%dt", t->height, t->columns);
		break;
	case 22:
		if (kind == 0 || kind == 2)
			push_title(t);
		break;
	case 23:
		if (kind == 0 || kind == 2)
			pop_title(t);
		break;
	default:
		/* 21, the title, would let a program type what it wrote. */
		break;
	}
}

/* ---- DCS ---- */

static void report_setting(struct terminal *t, const char *what)
{
	char style[256];

	if (!strcmp(what, "m")) {
		style_describe(t, style, sizeof(style));
		reply(t, "\33P1$r%sm\33\\", style);
	} else if (!strcmp(what, "r")) {
		reply(t, "\33P1$r%d;%dr\33\\", t->top + 1, t->bottom + 1);
	} else if (!strcmp(what, "s")) {
		reply(t, "\33P1$r%d;%ds\33\\", t->left + 1, t->right + 1);
	} else if (!strcmp(what, "*x")) {
		reply(t, "\33P1$r%d*x\33\\", t->blocks ? 2 : 1);
	} else if (!strcmp(what, " q")) {
		reply(t, "\33P1$r%u q\33\\",
		      (unsigned)t->shape * 2 +
			      (t->modes & MODE_BLINKING ? 1 : 2));
	} else if (!strcmp(what, "\"q")) {
		reply(t, "\33P1$r%d\"q\33\\",
		      t->pen.flags & CELL_PROTECTED ? 1 : 0);
	} else if (!strcmp(what, "\"p")) {
		reply(t, "\33P1$r64;1\"p\33\\");
	} else {
		reply(t, "\33P0$r\33\\");
	}
}

/* XTGETTCAP: names in hexadecimal; we know three. */
static void report_capability(struct terminal *t, const char *name)
{
	static const struct {
		const char *name, *value;
	} known[] = {
		{ "544E", "787465726D2D323536636F6C6F72" }, /* TN */
		{ "436F", "323536" }, /* Co */
		{ "524742", "38" }, /* RGB */
	};

	for (size_t i = 0; i < array_size(known); i++)
		if (!strcasecmp(name, known[i].name)) {
			reply(t, "\33P1+r%s=%s\33\\", known[i].name,
			      known[i].value);
			return;
		}
	reply(t, "\33P0+r\33\\");
}

void dcs_dispatch(struct terminal *t)
{
	struct parser *p = &t->parser;
	char *name, *rest = p->string;

	if (p->prefix || p->intermediate_count != 1 || p->final != 'q')
		return;
	if (p->intermediates[0] == '$')
		report_setting(t, p->string);
	else if (p->intermediates[0] == '+')
		while ((name = strsep(&rest, ";")))
			report_capability(t, name);
}
