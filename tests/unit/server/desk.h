/*
 * A core with a small output, clients that draw nothing but colours, and a log
 * of what they were sent.
 */
#ifndef UNIT_SERVER_DESK_H
#define UNIT_SERVER_DESK_H

#include <check.h>

#include "server/core.h"

Suite *painter_suite(void);
Suite *stack_suite(void);
Suite *input_suite(void);
Suite *balance_suite(void);
Suite *holes_suite(void);
Suite *xray_suite(void);
Suite *policy_suite(void);
Suite *pointer_suite(void);
Suite *kill_suite(void);
Suite *domain_suite(void);
Suite *many_suite(void);
Suite *lock_suite(void);

enum { DESK_LOG_MAX = 8192, DESK_RECORDS_MAX = 4096 };

struct desk {
	struct core core;
	struct region painted;
	uint32_t *pixels;
	int w, h;
	uint64_t now_us;
	char log[DESK_LOG_MAX]; /* "a+30 a-30 b~ ..." since desk_log */
	/* Of the next execute. */
	_Alignas(8) unsigned char records[DESK_RECORDS_MAX];
	size_t length;
};

void desk_init(struct desk *desk, int w, int h);
void desk_finish(struct desk *desk);

/* A session whose buffer of that size and format is filled by `seed`. */
struct session *desk_session(struct desk *desk, const char *label, int w, int h,
			     enum pixel_format format, uint32_t seed);
void desk_end(struct session *session); /* and its buffer */

/* Adds a record; `fields` may be NULL. */
void desk_record(struct desk *desk, enum record_op op, uint32_t view,
		 const void *fields, size_t size);
enum wire_status desk_execute(struct desk *desk, struct session *session);

/* A window: created, placed (below the menubar), put to the front. */
void desk_window(struct desk *desk, struct session *session, uint32_t view,
		 int x, int y, int w, int h);

/* core_update and core_compose; pixels that were painted. */
int64_t desk_show(struct desk *desk);

/* The core gets that config. */
void desk_configure(struct desk *desk, const char *text);

/* Events; coordinates are of the output. */
void desk_press(struct desk *desk, uint32_t code);
void desk_release(struct desk *desk, uint32_t code);
void desk_key(struct desk *desk, uint32_t code); /* both */
void desk_move(struct desk *desk, int x, int y);
void desk_event(struct desk *desk, struct input_event event);

/* The log; it is empty afterwards (valid until the next event). */
const char *desk_log(struct desk *desk);

/* A random number below `below`; the state is the caller's. */
uint32_t desk_random(uint32_t *state, uint32_t below);

/* Every pixel of view `id` of the session says which view shows it. */
bool desk_pixel_is(const struct desk *desk, int x, int y, uint32_t color);

#endif
