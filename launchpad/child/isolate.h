/*
 * Isolation: children run in namespaces of their own, made by bubblewrap, with
 * the system's programs and their own to read, a private /tmp, and what they
 * are granted; and with a filter of system calls.
 *
 * Started by root, children run as the user "nobody".
 */
#ifndef CHILD_ISOLATE_H
#define CHILD_ISOLATE_H

#include <sys/types.h>

#include "base/base.h"
#include "child.h"
#include "limit.h"

struct isolation {
	char *bwrap; /* its path; NULL: can't */
	char *problem; /* why not */
	char *enter; /* path of nitpicker-enter */
	bool sought; /* `bwrap` or `problem` say what was found */
	bool known; /* that it works, or `problem` says why not */
	bool silent; /* but nothing came of the trial */
	pid_t trial; /* the process that has tried it */
	bool drops; /* we are root: children run as `uid` and `gid` */
	uid_t uid;
	gid_t gid;
};

/* A list of strings for exec: NULL behind the last, all owned. */
struct strings {
	char **list;
	size_t count;
};

void strings_add(struct strings *strings, const char *text);
void strings_take(struct strings *strings, char *text); /* owned by it */
void strings_finish(struct strings *strings);

void isolation_init(struct isolation *isolation);
void isolation_finish(struct isolation *isolation);

/* Nothing speaks against it yet: children are started in the hope that it
 * works. */
bool isolation_is_hoped(struct isolation *isolation);

/* A child was isolated. */
void isolation_prove(struct isolation *isolation);

/* For certain: where nothing has proved it yet, it is tried, by starting a
 * program that says "ok", and waiting some ms for that. A bubblewrap that says
 * nothing for seconds counts as one that works, for good: so nobody runs
 * without it. */
bool isolation_works(struct isolation *isolation);

/* "bubblewrap", with a remark where it has not answered, or why not. */
const char *isolation_words(struct isolation *isolation);

struct isolation_order {
	const char *program; /* absolute */
	const char *data; /* the suite's folder; NULL: not for it */
	bool runs_linux; /* it is, or runs, no program of the suite */
	bool is_parent; /* needs all programs of its folder, its groups */
	const struct entry_pair *helpers; /* other programs of its folder */
	const struct entry_grant *grants;
	const struct limit *limit;
	int filter_fd; /* number in the new process; -1: none */
};

/* Appends "bwrap OPTION... -- nitpicker-enter ... PROGRAM"; the program's
 * arguments, its name first, are to follow. */
void isolation_arguments(const struct isolation *isolation,
			 const struct isolation_order *order,
			 struct strings *args);

/* A descriptor with the filter of system calls for bubblewrap, to be read once;
 * -1 with errno. */
int isolation_filter(void);

#endif
