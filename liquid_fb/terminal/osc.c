/*
 * Operating system commands: title, palette, links, clipboard.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "liquid_fb/terminal/terminal_private.h"

/* ---- title ---- */

/* Valid UTF-8 without control characters, cut where it is too long. */
void title_set(struct terminal *t, const char *title)
{
	size_t bytes = strlen(title), at = 0, used = 0;
	char *clean = xcalloc(TERMINAL_TITLE_BYTES + 1, 1);

	while (at < bytes) {
		uint32_t code = 0;
		size_t n = utf8_decode(title + at, bytes - at, &code);

		if (n && code >= 0x20 && code != 0x7f &&
		    !(code >= 0x80 && code < 0xa0)) {
			if (used + n > TERMINAL_TITLE_BYTES)
				break;
			memcpy(clean + used, title + at, n);
			used += n;
		}
		at += n ? n : 1;
	}
	free(t->title);
	t->title = clean;
	if (t->handler->title)
		t->handler->title(t->user, clean);
}

/* ---- colours ---- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* One to four digits as 8 bit; moves *text behind them. -1: none. */
static int hex_channel(const char **text, int digits)
{
	int value = 0, count = 0;

	while (count < digits && hex_digit(**text) >= 0) {
		value = value * 16 + hex_digit(**text);
		(*text)++;
		count++;
	}
	if (!count)
		return -1;
	return value * 255 / ((1 << 4 * count) - 1);
}

/* "rgb:RR/GG/BB" (1 to 4 digits each), "#RGB", "#RRGGBB" and longer. */
static bool parse_color(const char *text, uint32_t *color)
{
	const bool hash = *text == '#';
	const int digits = hash ? (int)strlen(text + 1) / 3 : 4;
	uint32_t value = 0;

	if (hash)
		text++;
	else if (strncmp(text, "rgb:", 4))
		return false;
	else
		text += 4;
	if (digits < 1 || digits > 4)
		return false;
	for (int i = 0; i < 3; i++) {
		int channel = hex_channel(&text, digits);

		if (channel < 0)
			return false;
		value = value << 8 | (uint32_t)channel;
		if (!hash && i < 2 && *text++ != '/')
			return false;
	}
	if (*text)
		return false;
	*color = value;
	return true;
}

static void palette_changed(struct terminal *t)
{
	damage_all(t);
	if (t->handler->palette)
		t->handler->palette(t->user);
}

static void ask_color(struct terminal *t, const char *name, unsigned index)
{
	const uint32_t c = t->palette[index];

	reply(t, "\33]%s;rgb:%02x%02x/%02x%02x/%02x%02x\33\\", name, c >> 16,
	      c >> 16, c >> 8 & 255, c >> 8 & 255, c & 255, c & 255);
}

static void set_color(struct terminal *t, const char *name, unsigned index,
		      const char *value)
{
	if (!strcmp(value, "?"))
		ask_color(t, name, index);
	else if (parse_color(value, &t->palette[index]))
		palette_changed(t);
}

/* OSC 4 ; index ; colour ... */
static void set_palette(struct terminal *t, char *text)
{
	char name[32], *number, *value, *end;

	while ((number = strsep(&text, ";")) && (value = strsep(&text, ";"))) {
		unsigned long index = strtoul(number, &end, 10);

		if (*end || end == number || index > 255)
			continue;
		snprintf(name, sizeof(name), "4;%lu", index);
		set_color(t, name, (unsigned)index, value);
	}
}

/* OSC 104 ; index ..., all without one. */
static void reset_palette(struct terminal *t, char *text)
{
	char *number, *end;

	if (!text || !*text)
		memcpy(t->palette, t->user_palette, 256 * sizeof(uint32_t));
	while (text && (number = strsep(&text, ";"))) {
		unsigned long index = strtoul(number, &end, 10);

		if (!*end && end != number && index < 256)
			t->palette[index] = t->user_palette[index];
	}
	palette_changed(t);
}

/* OSC 10, 11, 12: each further colour is for the next number. */
static void set_dynamic(struct terminal *t, unsigned number, char *text)
{
	char name[16], *value;

	while (number <= 12 && (value = strsep(&text, ";"))) {
		snprintf(name, sizeof(name), "%u", number);
		set_color(t, name, PALETTE_FG + number - 10, value);
		number++;
	}
}

static void reset_dynamic(struct terminal *t, unsigned number)
{
	const unsigned index = PALETTE_FG + number - 110;

	t->palette[index] = t->user_palette[index];
	palette_changed(t);
}

/* ---- links ---- */

/* OSC 8 ; key=value:key=value ; address */
static void set_link(struct terminal *t, char *text)
{
	char *params = strsep(&text, ";"), *param;
	const char *id = NULL;
	const uint32_t line_color = t->store.extras[t->pen.extra].line_color;
	uint16_t link = 0;

	if (!text)
		return;
	while ((param = strsep(&params, ":")))
		if (!strncmp(param, "id=", 3))
			id = param + 3;
	if (*text && strlen(text) <= TERMINAL_LINK_BYTES)
		link = store_link(t, text, id);
	t->pen.extra = store_extra(t, line_color, link);
}

/* ---- clipboard ---- */

static int base64_value(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
				     "pqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* In place; the number of bytes, or -1. */
static long base64_decode(char *text)
{
	uint32_t bits = 0;
	int count = 0;
	long used = 0;

	for (char *at = text; *at && *at != '='; at++) {
		int value = base64_value(*at);

		if (value < 0)
			return -1;
		bits = bits << 6 | (uint32_t)value;
		if (++count % 4 == 0) {
			text[used++] = (char)(bits >> 16);
			text[used++] = (char)(bits >> 8);
			text[used++] = (char)bits;
		}
	}
	if (count % 4 == 1)
		return -1;
	if (count % 4 == 2)
		text[used++] = (char)(bits >> 4);
	if (count % 4 == 3) {
		text[used++] = (char)(bits >> 10);
		text[used++] = (char)(bits >> 2);
	}
	return used;
}

/* OSC 52 ; which ; base64. Asking for it ("?") is not answered. */
static void set_clipboard(struct terminal *t, char *text)
{
	long bytes;

	strsep(&text, ";");
	if (!text || !t->handler->clipboard || !strcmp(text, "?"))
		return;
	bytes = base64_decode(text);
	if (bytes > 0)
		t->handler->clipboard(t->user, text, (size_t)bytes);
}

void osc_dispatch(struct terminal *t)
{
	char *text = t->parser.string, *end;
	unsigned long number = strtoul(text, &end, 10);

	if (end == text)
		return;
	if (*end && *end != ';')
		return;
	text = *end ? end + 1 : end;
	switch (number) {
	case 0:
	case 2:
		title_set(t, text);
		break;
	case 4:
		set_palette(t, text);
		break;
	case 8:
		set_link(t, text);
		break;
	case 10:
	case 11:
	case 12:
		set_dynamic(t, (unsigned)number, text);
		break;
	case 52:
		set_clipboard(t, text);
		break;
	case 104:
		reset_palette(t, text);
		break;
	case 110:
	case 111:
	case 112:
		reset_dynamic(t, (unsigned)number);
		break;
	default:
		break;
	}
}
