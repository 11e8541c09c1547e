/*
 * Packets made from the tables of the protocols.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "session/protocol.h"

extern const struct wire_protocol *const sample_protocols[6];

/* Which value a field gets. */
enum sample { SAMPLE_LEAST, SAMPLE_MOST };

/* A packet that fits: each field at a limit, `elements` of them (records: one
 * of each kind). Returns its length. */
size_t sample_packet(const struct wire_message *message, enum sample sample,
		     size_t elements, unsigned char out[WIRE_PACKET_MAX]);

/* The side that sends it. */
enum wire_side sample_sender(const struct wire_message *message);

/* Writes one field; text of `value` bytes. Returns the field's size. */
size_t sample_field(const struct wire_field *field, int64_t value,
		    unsigned char *out);

/* Sets the size in the header. */
void sample_size(unsigned char *packet, size_t length);

/* Writes a corpus: a file per message and limit into DIR/wire_PROTOCOL/corpus.
 */
int sample_write_corpus(const char *folder);

#endif
