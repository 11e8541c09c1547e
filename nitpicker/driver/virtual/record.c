#include "record.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "command.h"
#include "driver.h"

static const char first_line[] = "nitpicker-input 1\n";

/* ---- recording ---- */

const char *recorder_start(struct recorder *recorder, int fd)
{
	ssize_t length = (ssize_t)sizeof(first_line) - 1;

	if (ftruncate(fd, 0) < 0 ||
	    pwrite(fd, first_line, (size_t)length, 0) != length ||
	    lseek(fd, 0, SEEK_END) < 0) {
		close(fd);
		return "can't be written";
	}
	*recorder = (struct recorder){ .fd = fd, .start = loop_now() };
	return NULL;
}

bool recorder_is_active(const struct recorder *recorder)
{
	return recorder->fd >= 0;
}

void recorder_add(struct recorder *recorder, const char *line)
{
	if (recorder->fd < 0 || recorder->problem) {
		return;
	}
	uint64_t us = (loop_now() - recorder->start) / 1000;
	char *text = xasprintf("%" PRIu64 " %s\n", us, line);
	size_t length = strlen(text);

	if (write(recorder->fd, text, length) == (ssize_t)length) {
		recorder->count++;
	} else {
		recorder->problem = "the file could not be written";
	}
	free(text);
}

const char *recorder_stop(struct recorder *recorder, uint64_t *count)
{
	const char *problem = recorder->problem;

	if (recorder->fd < 0) {
		return "no recording is under way";
	}
	*count = recorder->count;
	close(recorder->fd);
	*recorder = (struct recorder){ .fd = -1 };
	return problem;
}

/* ---- replay ---- */

/* The time in front of a line; *command: what follows. False: malformed. */
static bool parse_line(const char *line, uint64_t *us, const char **command)
{
	char *end;

	if (!isdigit((unsigned char)*line)) {
		return false;
	}
	errno = 0;
	*us = strtoull(line, &end, 10);
	if (errno || *end != ' ' || *us > UINT64_MAX / 1000000) {
		return false;
	}
	*command = end + 1;
	return true;
}

/* Number of the first line that is wrong; 0: none. Newlines become NULs. */
static unsigned check(char *text)
{
	size_t header = sizeof(first_line) - 1;
	uint64_t last = 0;
	unsigned line = 1;

	if (strncmp(text, first_line, header) != 0) {
		return line;
	}
	for (char *at = text + header, *next; *at; at = next) {
		const char *command;
		uint64_t us;

		line++;
		next = at + strcspn(at, "\n");
		if (*next) {
			*next++ = '\0';
		}
		if (!parse_line(at, &us, &command) || us < last ||
		    !command_is_input(command) ||
		    strlen(command) > COMMAND_LINE_MAX) {
			return line;
		}
		last = us;
	}
	return 0;
}

static char *read_all(int fd)
{
	struct stat status;

	if (fstat(fd, &status) < 0 || status.st_size > RECORDING_BYTES_MAX) {
		return NULL;
	}
	size_t size = (size_t)status.st_size, got = 0;
	/* each line will end in a NUL, the last one in two */
	char *text = calloc(1, size + 2);

	while (text && got < size) {
		ssize_t n = pread(fd, text + got, size - got, (off_t)got);

		if (n <= 0) {
			free(text);
			return NULL;
		}
		got += (size_t)n;
	}
	if (text && strlen(text) != got) {
		free(text);
		return NULL;
	}
	return text;
}

static void stop(struct replay *replay)
{
	timer_cancel(&replay->timer);
	free(replay->text);
	replay->text = NULL;
	replay->driver->replaying = false;
}

/* Runs one command; false when the replay is over because of it. */
static bool step(struct replay *replay, const char *command)
{
	char line[COMMAND_LINE_MAX + 1], answer[COMMAND_ANSWER_MAX];
	size_t length = strlen(command);

	memcpy(line, command, length + 1);
	if (command_run_input(replay->driver, line, length, answer,
			      sizeof(answer))) {
		replay->count++;
		return true;
	}
	char *whole = xasprintf("error line %u: %.400s", replay->line,
				answer + strcspn(answer, " ") + 1);

	stop(replay);
	replay->fn(replay->user, whole);
	free(whole);
	return false;
}

static uint64_t due(const struct replay *replay, uint64_t us)
{
	if (replay->speed <= 0) {
		return replay->start;
	}
	return replay->start + (uint64_t)((double)us * 1000 / replay->speed);
}

static void run_due(void *user)
{
	struct replay *replay = user;

	for (int i = 0; i < REPLAY_TURN && *replay->at; i++) {
		const char *command;
		uint64_t us;

		parse_line(replay->at, &us, &command);
		if (due(replay, us) > loop_now()) {
			timer_set(&replay->timer, due(replay, us));
			return;
		}
		replay->line++;
		replay->at += strlen(replay->at) + 1;
		if (!step(replay, command)) {
			return;
		}
	}
	if (*replay->at) {
		/* the rest of a crowd in the next turn */
		timer_set(&replay->timer, loop_now());
		return;
	}
	char answer[32];

	snprintf(answer, sizeof(answer), "ok %" PRIu64, replay->count);
	stop(replay);
	replay->fn(replay->user, answer);
}

void replay_init(struct replay *replay, struct driver *driver, replay_fn *fn,
		 void *user)
{
	*replay = (struct replay){ .driver = driver, .fn = fn, .user = user };
	timer_init(&replay->timer, driver->component.loop, run_due, replay);
}

void replay_finish(struct replay *replay)
{
	if (replay->text) {
		stop(replay);
		device_release_all(replay->driver->device);
	}
	timer_finish(&replay->timer);
}

bool replay_is_active(const struct replay *replay)
{
	return replay->text;
}

bool replay_start(struct replay *replay, int fd, double speed, char *answer,
		  size_t answer_size)
{
	char *text = read_all(fd);

	if (!text) {
		snprintf(answer, answer_size,
			 "error not a text of at most %d bytes",
			 RECORDING_BYTES_MAX);
		return false;
	}
	unsigned wrong = check(text);

	if (wrong) {
		snprintf(answer, answer_size,
			 "error line %u is not one of a recording", wrong);
		free(text);
		return false;
	}
	replay->text = text;
	replay->at = text + sizeof(first_line) - 1;
	replay->line = 1;
	replay->speed = speed;
	replay->count = 0;
	replay->start = loop_now();
	replay->driver->replaying = true;
	timer_set(&replay->timer, replay->start);
	return true;
}
