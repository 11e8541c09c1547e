/*
 * The documentation of a protocol, made from its table.
 */
#ifndef SESSION_DOCUMENT_H
#define SESSION_DOCUMENT_H

#include <stdio.h>

#include "session/wire.h"

/* Prints all messages with opcode, sender, kind, descriptors, fields, types
 * and ranges as text. */
void wire_document(FILE *out, const struct wire_protocol *protocol);

#endif
