/*
 * One source of commands: a connected socket, or standard input and output.
 *
 * Bounded: one line and one answer are kept, and as many descriptors as a
 * command can use. While an answer can't be written, or settle or replay runs,
 * nothing is read.
 */
#ifndef DRIVER_VIRTUAL_CONNECTION_H
#define DRIVER_VIRTUAL_CONNECTION_H

#include "control.h"

enum {
	CONNECTION_BUFFER = 8192, /* bytes read ahead */
	CONNECTION_TURN = 32, /* commands in one turn of the loop */
};

struct connection;

/* Takes both descriptors over (they may be the same) and puts itself in front
 * of the list, which it leaves at its end. */
void connection_create(struct control *control, struct connection **list,
		       struct driver *driver, int in, int out);
void connection_destroy(struct connection *connection);

#endif
