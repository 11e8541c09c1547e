/*
 * The report `text`: what is on the screen, for tests and for who can't see it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"

/* Pictures may follow each other faster than anybody reads. */
enum { PERIOD_NS = 30000000 };

struct out {
	char *text;
	size_t bytes, capacity;
};

static void add(struct out *out, const char *text)
{
	const size_t bytes = strlen(text);

	if (out->bytes + bytes + 1 > out->capacity) {
		out->capacity = (out->bytes + bytes + 1) * 2;
		out->text = xreallocarray(out->text, out->capacity, 1);
	}
	memcpy(out->text + out->bytes, text, bytes + 1);
	out->bytes += bytes;
}

static void add_row(struct out *out, const struct console *c, int row)
{
	const uint64_t line = paint_line(c, row);
	char *text = terminal_text(
		c->terminal, (struct terminal_point){ line, 0 },
		(struct terminal_point){ line, c->columns }, true, NULL);
	char *escaped = config_escape(text);

	add(out, "\t<line>");
	add(out, escaped);
	add(out, "</line>\n");
	free(escaped);
	free(text);
}

static void send_report(struct console *c)
{
	struct out out = { .text = NULL };
	struct terminal_cursor cursor;
	char head[128];

	terminal_get_cursor(c->terminal, &cursor);
	snprintf(head, sizeof(head),
		 "<text columns=\"%d\" rows=\"%d\" x=\"%d\" y=\"%d\" "
		 "back=\"%llu\">\n",
		 c->columns, c->rows, cursor.x, cursor.y,
		 (unsigned long long)c->back);
	add(&out, head);
	for (int row = 0; row < c->rows && out.bytes < LIMIT_REPORT / 2; row++)
		add_row(&out, c, row);
	add(&out, "</text>\n");
	parent_report(c->component.parent, "", "text", out.text);
	free(out.text);
	c->reported = loop_now();
}

void report_late(void *user)
{
	send_report(user);
}

void report_text(struct console *c)
{
	const uint64_t next = c->reported + PERIOD_NS;

	if (timer_is_set(&c->report_timer) ||
	    !parent_report_wanted(c->component.parent, "text"))
		return;
	if (loop_now() < next)
		timer_set(&c->report_timer, next);
	else
		send_report(c);
}
