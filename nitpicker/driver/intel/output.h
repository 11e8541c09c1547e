/*
 * An output: a picture that one client draws, on one display or on several that
 * show the same.
 */
#ifndef DRIVER_INTEL_OUTPUT_H
#define DRIVER_INTEL_OUTPUT_H

#include "buffer.h"
#include "cursor.h"
#include "driver/shadow/shadow.h"
#include "layout.h"
#include "session/framebuffer.h"

struct output_options {
	bool buffered; /* the damage is copied in any case */
	uint32_t scale; /* percent */
};

struct output {
	int card;
	bool away; /* another terminal has the display */
	struct layout layout; /* no heads: it is not shown */
	struct buffer buffer;
	struct shadow shadow; /* memory NULL: clients draw to the buffer */
	struct cursor cursor;
	bool has_cursor;
	struct framebuffer_server *server;
};

/* `first`: of the same provider, NULL for the first itself, which has to live
 * longest. */
void output_init(struct output *output, int card, struct loop *loop,
		 struct parent *parent, const char *name, struct output *first);
void output_finish(struct output *output); /* zeroed memory is fine */

/* Takes a layout, and tells the client. False with one log line: the former one
 * stays. */
bool output_set_layout(struct output *output, const struct layout *layout,
		       const struct output_options *options);

/* Its displays are unplugged. */
void output_hide(struct output *output);

/* The display is another's, or ours again. */
void output_set_active(struct output *output, bool active);

#endif
