#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void call_answer(struct call *call, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(call->answer, call->answer_size, format, arguments);
	va_end(arguments);
}

void call_result(struct call *call, const char *about, const char *problem)
{
	if (!problem) {
		call_answer(call, "ok");
	} else if (about) {
		call_answer(call, "error %.64s %s", about, problem);
	} else {
		call_answer(call, "error %s", problem);
	}
}

const char *call_word(const struct call *call, size_t i)
{
	return call->words.at[i];
}

bool call_has(const struct call *call, size_t i)
{
	return i < call->words.count;
}

bool call_number(struct call *call, size_t i, long min, long max, long *out)
{
	if (words_number(call_word(call, i), min, max, out)) {
		return true;
	}
	call_answer(call, "error '%.40s' is not a number from %ld to %ld",
		    call_word(call, i), min, max);
	return false;
}

bool call_point(struct call *call, size_t i, struct point *point)
{
	const struct display_mode *mode = display_mode(call->driver->display);
	long x, y;

	if (!call_number(call, i, 0, (long)mode->w - 1, &x) ||
	    !call_number(call, i + 1, 0, (long)mode->h - 1, &y)) {
		return false;
	}
	*point = (struct point){ (int32_t)x, (int32_t)y };
	return true;
}

bool call_code(struct call *call, size_t i, unsigned *code)
{
	int found = input_code(call_word(call, i));

	if (found < 0) {
		call_answer(call, "error no key or button is named '%.40s'",
			    call_word(call, i));
		return false;
	}
	*code = (unsigned)found;
	return true;
}

bool call_notches(struct call *call, size_t i, int32_t *out)
{
	char *end;
	double notches = strtod(call_word(call, i), &end);

	if (end == call_word(call, i) || *end ||
	    !(notches >= -1000 && notches <= 1000)) {
		call_answer(call,
			    "error '%.40s' is not a number from -1000 to 1000",
			    call_word(call, i));
		return false;
	}
	*out = (int32_t)(notches * 120 + (notches < 0 ? -0.5 : 0.5));
	return true;
}

int call_file(struct call *call, size_t i, int flags)
{
	const char *path = call_word(call, i);
	int fd = call->context->fds[0];
	struct stat status;

	call->context->fds[0] = -1;
	if (fd < 0 && path[0] != '/') {
		call_answer(call, "error %.200s is not an absolute path", path);
		return -1;
	}
	if (fd < 0) {
		fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
			  0666);
	}
	if (fd < 0) {
		call_answer(call, "error %.200s: %s", path, strerror(errno));
		return -1;
	}
	if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode)) {
		call_answer(call, "error %.200s is not a regular file", path);
		close(fd);
		return -1;
	}
	return fd;
}
