/*
 * Recordings of input: a first line "nitpicker-input 1", then one line per
 * command: microseconds since the start, a blank, the command.
 */
#ifndef DRIVER_VIRTUAL_RECORD_H
#define DRIVER_VIRTUAL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/loop.h"

enum {
	RECORDING_BYTES_MAX = 16 << 20,
	REPLAY_TURN = 64, /* commands run in one turn of the loop */
};

struct driver;

/* Embedded; zeroed with fd -1 is idle. */
struct recorder {
	int fd;
	uint64_t start; /* ns */
	uint64_t count; /* lines written */
	const char *problem; /* why the file is not complete; NULL: it is */
};

/* Takes the descriptor over and empties the file. NULL or what went wrong. */
const char *recorder_start(struct recorder *recorder, int fd);
bool recorder_is_active(const struct recorder *recorder);
/* Nothing while idle. */
void recorder_add(struct recorder *recorder, const char *line);
const char *recorder_stop(struct recorder *recorder, uint64_t *count);

typedef void replay_fn(void *user, const char *answer);

/* A running replay; embedded by its owner. */
struct replay {
	struct driver *driver;
	replay_fn *fn;
	void *user;
	char *text, *at; /* owned; the next line */
	unsigned line; /* its number, from 1 */
	double speed;
	uint64_t start; /* ns */
	uint64_t count; /* commands run */
	struct timer timer;
};

void replay_init(struct replay *replay, struct driver *driver, replay_fn *fn,
		 void *user);
/* Ends a running replay without an answer; releases what it holds. */
void replay_finish(struct replay *replay);
bool replay_is_active(const struct replay *replay);

/*
 * Reads and checks the whole file first. True: it runs, and fn is called once
 * with "ok COUNT" or an error. False: the answer says why not. Speed 2 is
 * twice as fast, 0 without pauses.
 */
bool replay_start(struct replay *replay, int fd, double speed, char *answer,
		  size_t answer_size);

#endif
