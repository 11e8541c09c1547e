/*
 * The output of a child: lines on a pipe, escaped, labelled, counted, kept.
 */
#ifndef CHILD_OUTPUT_H
#define CHILD_OUTPUT_H

#include "base/base.h"
#include "child.h"

/* A whole line, escaped, without prefix. */
typedef void output_fn(void *user, const char *line);

struct output {
	struct loop *loop;
	int fd; /* -1: none */
	struct loop_source *source;
	output_fn *fn;
	void *user;
	char line[CHILD_LOG_LINE];
	size_t length;
	char *kept[CHILD_LOG_KEPT]; /* a ring */
	unsigned first, count;
	uint64_t second; /* start of the second that is counted, ns */
	unsigned lines; /* in it */
	unsigned long dropped;
	struct timer timer; /* tells what was dropped */
};

void output_init(struct output *output, struct loop *loop, output_fn *fn,
		 void *user);
void output_finish(struct output *output);

/* Reads from `fd` (taken over, non-blocking) until its end. */
void output_attach(struct output *output, int fd);

/* Takes what is still in the pipe and closes it. */
void output_drain(struct output *output);

/* index from 0, oldest first; NULL behind the last. */
const char *output_kept(const struct output *output, unsigned index);

/* Control characters and invalid UTF-8 as \xNN. `out` has 4 * length + 1
 * bytes. */
void output_escape(char *out, const char *text, size_t length);

/* The label in front of a line of a parent, "[below] text", in `below` (room
 * for LABEL_MAX + 1); returns the text behind it. Without one: the line, "". */
const char *output_split_label(const char *line, char *below);

/*
 * "[LABEL] TEXT" in `out`: a line that a parent below labelled already, as
 * "[below] text", becomes "[LABEL -> below] text"; "PROGRAM: " in front, that
 * only repeats the label's last name, is left out.
 */
void output_prefix(char *out, size_t size, const char *label, bool is_parent,
		   const char *line);

#endif
