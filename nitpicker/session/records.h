/*
 * The records of nitpicker_execute: checking and walking them.
 */
#ifndef SESSION_RECORDS_H
#define SESSION_RECORDS_H

#include "session/protocol.h"

/* NULL when `length` bytes hold whole, known records with fields in range, at
 * least one and at most LIMIT_RECORDS; else in words what is wrong. The wire
 * has done that for each received nitpicker_execute. */
const char *wire_check_records(const void *bytes, size_t length);

/* One record; `fields` points to the struct named like its op. */
struct record {
	uint16_t op;
	uint32_t view;
	const void *fields;
};

/* Walks checked records that lie aligned to 4 bytes. */
struct record_walk {
	const unsigned char *at;
	size_t left; /* bytes */
};

/* Of the elements of a received nitpicker_execute. */
struct record_walk record_walk(const struct wire_packet *packet);

/* False behind the last one. */
bool record_next(struct record_walk *walk, struct record *record);

#endif
