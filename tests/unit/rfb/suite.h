/*
 * Tests of the viewer's half of RFB, against a server that says whatever a test
 * wants.
 */
#ifndef SUITE_H
#define SUITE_H

#include <check.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "liquid_fb/vm/display/rfb/rfb.h"

TCase *shake_case(void);
TCase *screen_case(void);
TCase *limits_case(void);

enum { LOG_BYTES = 8192, SCREEN_W = 8, SCREEN_H = 6 };

struct server {
	struct loop *loop;
	struct rfb *rfb;
	int fd; /* the server's end; -1: closed */
	/* What the viewer's owner heard, words with a blank behind each. */
	char log[LOG_BYTES];
	uint32_t sum; /* of all pixels */
	size_t piece; /* bytes that are sent at once; 0: all */
};

struct server *server_create(void);
void server_destroy(struct server *server);

/* Sends bytes: pairs of digits; `*N` repeats the byte before it N times in
 * all. Blanks are for readers. The viewer takes them all. */
void server_says(struct server *server, const char *text);
/* Up to a screen of SCREEN_W x SCREEN_H; the log is empty then. */
void server_greets(struct server *server);
/* What it heard since the last time, in the same words. */
void expect_said(struct server *server, const char *words);
/* The bytes that the viewer sent since the last time, as above. */
void expect_sent(struct server *server, const char *text);
void forget_sent(struct server *server);
void server_turns(struct server *server);

/* An update of one rectangle: its head. */
#define UPDATE(COUNT) " 00 00 00" COUNT " "
#define RAW "00000000"
#define SIZE "ffffff21"
#define POINTER "ffffff11"
#define SIZES "fffffecc"

#endif
