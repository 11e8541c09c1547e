#include <ctype.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suite.h"

static void say(struct server *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct server *s, const char *format, ...)
{
	const size_t used = strlen(s->log);
	va_list list;

	va_start(list, format);
	vsnprintf(s->log + used, sizeof(s->log) - used, format, list);
	va_end(list);
}

/* ---- what the viewer's owner hears ---- */

static void on_size(void *user, uint32_t w, uint32_t h)
{
	say(user, "size:%ux%u ", w, h);
}

static void on_asked(void *user, enum rfb_resize how)
{
	static const char *const words[] = { "guest", "accepted", "refused" };

	say(user, "asked:%s ", words[how]);
}

static void on_pixels(void *user, uint32_t x, uint32_t y,
		      const uint32_t *pixels, uint32_t count)
{
	struct server *s = user;

	(void)x;
	(void)y;
	for (uint32_t i = 0; i < count; i++)
		s->sum = s->sum * 31 + (pixels[i] & 0xffffff);
}

static void on_drawn(void *user, struct rect r)
{
	say(user, "drawn:%d,%d,%dx%d ", r.x, r.y, r.w, r.h);
}

static void on_end(void *user)
{
	say(user, "end ");
}

static void on_pointer(void *user, uint32_t w, uint32_t h, uint32_t hot_x,
		       uint32_t hot_y, const uint32_t *pixels)
{
	say(user, "pointer:%ux%u+%u+%u", w, h, hot_x, hot_y);
	for (uint32_t i = 0; i < w * h && i < 4; i++)
		say(user, ":%08x", pixels[i]);
	say(user, " ");
}

static void on_closed(void *user, const char *reason)
{
	say(user, "closed:%s ", reason);
}

static const struct rfb_handler handler = {
	.size = on_size,
	.asked = on_asked,
	.pixels = on_pixels,
	.drawn = on_drawn,
	.end = on_end,
	.pointer = on_pointer,
	.closed = on_closed,
};

/* ---- life ---- */

struct server *server_create(void)
{
	struct server *s = xcalloc(1, sizeof(*s));
	int fds[2];

	ck_assert_int_eq(socketpair(AF_UNIX,
				    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
				    0, fds),
			 0);
	s->loop = loop_create();
	s->fd = fds[1];
	s->rfb = rfb_create(s->loop, fds[0], &handler, s);
	return s;
}

void server_destroy(struct server *s)
{
	rfb_destroy(s->rfb);
	loop_destroy(s->loop);
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}

void server_turns(struct server *s)
{
	loop_turn(s->loop, 0);
	loop_turn(s->loop, 0);
}

/* ---- bytes ---- */

/* Owned by the caller. */
static unsigned char *bytes_of(const char *text, size_t *count)
{
	size_t capacity = strlen(text) + 1;
	unsigned char *out = xcalloc(capacity, 1);
	char digits[3] = "";
	char *end;

	*count = 0;
	while (*text) {
		if (isspace((unsigned char)*text)) {
			text++;
		} else if (*text == '*') {
			size_t more = strtoul(text + 1, &end, 10) - 1;

			out = xreallocarray(out, capacity += more, 1);
			memset(out + *count, out[*count - 1], more);
			*count += more;
			text = end;
		} else {
			memcpy(digits, text, 2);
			out[(*count)++] = (unsigned char)strtoul(digits, NULL,
								 16);
			text += 2;
		}
	}
	return out;
}

void server_says(struct server *s, const char *text)
{
	size_t count, at = 0;
	unsigned char *bytes = bytes_of(text, &count);

	while (at < count) {
		size_t size = s->piece && s->piece < count - at ? s->piece
								: count - at;
		ssize_t n = send(s->fd, bytes + at, size, MSG_NOSIGNAL);

		if (n < 0)
			break; /* the viewer has had enough */
		at += (size_t)n;
		/* The viewer takes at most 64 KiB a turn. */
		for (ssize_t taken = 0; taken <= n; taken += 64 << 10)
			loop_turn(s->loop, 0);
	}
	free(bytes);
}

void server_greets(struct server *s)
{
	server_says(s, "524642203030332e3030380a"); /* RFB 003.008 */
	server_says(s, "01 01"); /* one type: none */
	server_says(s, "00000000");
	server_says(s, "0008 0006 20180001 00ff00ff 00ff1008 00000000"
		       "00000002 5151");
	ck_assert_str_eq(s->log, "size:8x6 ");
	s->log[0] = '\0';
	forget_sent(s);
}

void expect_said(struct server *s, const char *words)
{
	ck_assert_str_eq(s->log, words);
	s->log[0] = '\0';
}

void expect_sent(struct server *s, const char *text)
{
	unsigned char found[512];
	size_t count;
	unsigned char *bytes = bytes_of(text, &count);
	ssize_t n = recv(s->fd, found, sizeof(found), 0);

	ck_assert_int_eq(n, (ssize_t)count);
	ck_assert_mem_eq(found, bytes, count);
	free(bytes);
}

void forget_sent(struct server *s)
{
	char buffer[4096];

	while (recv(s->fd, buffer, sizeof(buffer), 0) > 0)
		continue;
}
