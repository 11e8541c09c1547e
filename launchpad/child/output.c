#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "label.h"
#include "output.h"

enum {
	READ_BYTES = 16 << 10,
	DRAIN_READS = 16, /* of a dead child's pipe: at most what it holds */
};

static const uint64_t second_ns = 1000000000;

void output_escape(char *out, const char *text, size_t length)
{
	size_t i = 0;

	while (i < length) {
		uint32_t code;
		size_t bytes = utf8_decode(text + i, length - i, &code);

		if (!bytes || code < 0x20 || (code >= 0x7f && code < 0xa0)) {
			out += sprintf(out, "\\x%02x", (unsigned char)text[i]);
			i++;
			continue;
		}
		memcpy(out, text + i, bytes);
		out += bytes;
		i += bytes;
	}
	*out = '\0';
}

const char *output_split_label(const char *line, char *below)
{
	const char *end = line[0] == '[' ? strstr(line, "] ") : NULL;

	below[0] = '\0';
	if (!end || (size_t)(end - line) > LABEL_MAX)
		return line;
	memcpy(below, line + 1, (size_t)(end - line) - 1);
	below[end - line - 1] = '\0';
	if (below[0] && label_is_valid(below))
		return end + 2;
	below[0] = '\0';
	return line;
}

void output_prefix(char *out, size_t size, const char *label, bool is_parent,
		   const char *line)
{
	const char *colon = strstr(line, ": ");
	char below[LABEL_MAX + 1];

	if (is_parent && output_split_label(line, below) != line) {
		snprintf(out, size, "[%s" LABEL_JOINT "%s", label, line + 1);
		return;
	}
	if (colon && (size_t)(colon - line) == strlen(label) &&
	    !strncmp(line, label, strlen(label)))
		line = colon + 2;
	snprintf(out, size, "[%s] %s", label, line);
}

static void keep(struct output *output, const char *text)
{
	const unsigned at = (output->first + output->count) % CHILD_LOG_KEPT;

	free(output->kept[at]);
	output->kept[at] = xstrdup(text);
	if (output->count < CHILD_LOG_KEPT)
		output->count++;
	else
		output->first = (output->first + 1) % CHILD_LOG_KEPT;
}

const char *output_kept(const struct output *output, unsigned index)
{
	if (index >= output->count)
		return NULL;
	return output->kept[(output->first + index) % CHILD_LOG_KEPT];
}

static void say_dropped(void *user)
{
	struct output *output = user;
	char line[96];

	if (!output->dropped)
		return;
	snprintf(line, sizeof(line),
		 "(%lu lines left out: more than %d in a second)",
		 output->dropped, LIMIT_LOG_LINES);
	output->dropped = 0;
	output->fn(output->user, line);
}

static void end_line(struct output *output)
{
	char text[4 * CHILD_LOG_LINE + 1];
	const uint64_t now = loop_now();

	if (now - output->second >= second_ns) {
		output->second = now;
		output->lines = 0;
	}
	if (output->lines++ >= LIMIT_LOG_LINES) {
		if (!output->dropped++)
			timer_set(&output->timer, output->second + second_ns);
		output->length = 0;
		return;
	}
	output_escape(text, output->line, output->length);
	output->length = 0;
	keep(output, text);
	output->fn(output->user, text);
}

static void take(struct output *output, const char *data, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++) {
		if (data[i] == '\n') {
			end_line(output);
			continue;
		}
		if (output->length == sizeof(output->line))
			end_line(output);
		output->line[output->length++] = data[i];
	}
}

static void close_pipe(struct output *output)
{
	loop_remove(output->source);
	output->source = NULL;
	if (output->fd >= 0)
		close(output->fd);
	output->fd = -1;
	if (output->length)
		end_line(output);
}

/* False at the end, or when there is nothing now. */
static bool read_some(struct output *output)
{
	char data[READ_BYTES];
	const ssize_t got = read(output->fd, data, sizeof(data));

	if (got > 0)
		take(output, data, (size_t)got);
	else if (got == 0 || (errno != EAGAIN && errno != EINTR))
		close_pipe(output);
	return got > 0;
}

static void on_readable(void *user, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	read_some(user);
}

void output_init(struct output *output, struct loop *loop, output_fn *fn,
		 void *user)
{
	*output = (struct output){
		.loop = loop,
		.fd = -1,
		.fn = fn,
		.user = user,
	};
	timer_init(&output->timer, loop, say_dropped, output);
}

void output_attach(struct output *output, int fd)
{
	close_pipe(output);
	output->fd = fd;
	output->source = loop_add_fd(output->loop, fd, LOOP_READ, on_readable,
				     output);
}

void output_drain(struct output *output)
{
	unsigned reads;

	for (reads = 0; reads < DRAIN_READS && output->fd >= 0; reads++)
		if (!read_some(output))
			break;
	close_pipe(output);
	say_dropped(output);
	timer_cancel(&output->timer);
}

void output_finish(struct output *output)
{
	unsigned i;

	close_pipe(output);
	timer_finish(&output->timer);
	for (i = 0; i < CHILD_LOG_KEPT; i++)
		free(output->kept[i]);
}
