/*
 * One command while it runs: its words, and where its answer goes.
 *
 * call_number and the like read argument words; where one does not fit they
 * give the answer that says so, and return false.
 */
#ifndef DRIVER_VIRTUAL_CALL_H
#define DRIVER_VIRTUAL_CALL_H

#include "command.h"
#include "words.h"

struct call {
	struct driver *driver;
	struct command_context *context; /* NULL for input commands */
	struct words words;
	char *answer;
	size_t answer_size;
	bool waits; /* the answer comes later */
};

void call_answer(struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "ok", or the problem with what it is about (NULL: nothing). */
void call_result(struct call *call, const char *about, const char *problem);

const char *call_word(const struct call *call, size_t i);
bool call_has(const struct call *call, size_t i);

bool call_number(struct call *call, size_t i, long min, long max, long *out);
/* Two words: a point of the output. */
bool call_point(struct call *call, size_t i, struct point *point);
/* The name of a key or button. */
bool call_code(struct call *call, size_t i, unsigned *code);
/* Notches with a fraction -> 1/120 notches. */
bool call_notches(struct call *call, size_t i, int32_t *out);

/*
 * The file of a command: the descriptor that came along, else the path in
 * word i, absolute. Only regular files, so that nothing here can block. The
 * result is the caller's; -1 with an answer.
 */
int call_file(struct call *call, size_t i, int flags);

/* output_commands.c */
void run_mode(struct call *call);
void run_rate(struct call *call);
void run_frames(struct call *call);
void run_pixel(struct call *call);
void run_cursor(struct call *call);
void run_screenshot(struct call *call);
void run_compare(struct call *call);
void run_settle(struct call *call);

/* input_commands.c */
void run_move(struct call *call);
void run_relative(struct call *call);
void run_wheel(struct call *call);
void run_touch(struct call *call);
void run_untouch(struct call *call);
void run_click(struct call *call);
void run_drag(struct call *call);
void run_press(struct call *call);
void run_release(struct call *call);
void run_key(struct call *call);
void run_type(struct call *call);
void run_layout(struct call *call);
void run_clipboard(struct call *call);
void run_record(struct call *call);
void run_replay(struct call *call);

#endif
