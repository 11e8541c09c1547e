#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

struct line {
	char text[LOG_LINE_MAX];
	size_t length;
	size_t cut; /* where "..." goes if the line gets too long */
};

enum {
	ROOM_END = 4, /* "..." and the newline */
	ROOM_TEXT = LOG_LINE_MAX - 1, /* all but the newline */
};

/* False when the line is full. Characters and escapes are never split. */
static bool append(struct line *line, const char *unit, size_t length)
{
	if (line->length + length > ROOM_TEXT)
		return false;
	memcpy(line->text + line->length, unit, length);
	line->length += length;
	if (line->length <= LOG_LINE_MAX - ROOM_END)
		line->cut = line->length;
	return true;
}

static bool append_escaped(struct line *line, const char *text, size_t max)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < max && text[i];) {
		uint32_t code;
		size_t length = utf8_decode(text + i, max - i, &code);
		unsigned char byte = (unsigned char)text[i];

		if (length && code >= 0x20 && (code < 0x7f || code >= 0xa0)) {
			if (!append(line, text + i, length))
				return false;
			i += length;
			continue;
		}
		if (!append(line,
			    (char[]){ '\\', 'x', digits[byte >> 4],
				      digits[byte & 15] },
			    4))
			return false;
		i++;
	}
	return true;
}

static void write_line(const char *severity, const char *format, va_list args)
{
	int saved_errno = errno;
	char text[LOG_LINE_MAX + 1];
	struct line line = { .length = 0 };
	const char *name = program_invocation_short_name;
	int wanted = vsnprintf(text, sizeof(text), format, args);

	if (wanted < 0)
		text[0] = '\0';
	bool complete = append_escaped(&line, name, strlen(name)) &&
			append_escaped(&line, ": ", 2) &&
			append_escaped(&line, severity, strlen(severity)) &&
			append_escaped(&line, text, sizeof(text)) &&
			wanted < (int)sizeof(text);

	if (!complete) {
		memcpy(line.text + line.cut, "...", 3);
		line.length = line.cut + 3;
	}
	line.text[line.length++] = '\n';

	/* One write per line keeps lines of several processes whole. There is
	 * nobody to tell when it fails. */
	ssize_t written = write(STDERR_FILENO, line.text, line.length);

	(void)written;
	errno = saved_errno;
}

#define WRITE_LINE(severity) \
	do { \
		va_list args; \
\
		va_start(args, format); \
		write_line(severity, format, args); \
		va_end(args); \
	} while (0)

void log_error(const char *format, ...)
{
	WRITE_LINE("error: ");
}

void log_warning(const char *format, ...)
{
	WRITE_LINE("warning: ");
}

void log_info(const char *format, ...)
{
	WRITE_LINE("");
}

void log_debug(const char *format, ...)
{
	const char *level = getenv("NITPICKER_LOG");

	if (level && strcmp(level, "debug") == 0)
		WRITE_LINE("debug: ");
}
