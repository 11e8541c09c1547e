/*
 * What the fuzz targets of the protocols share.
 */
#ifndef WIRE_FUZZ_H
#define WIRE_FUZZ_H

#include "session/protocol.h"

/* The first byte of the input is the sending side, the second the number of
 * descriptors, the rest a packet. */
void wire_fuzz(const struct wire_protocol *protocol, const uint8_t *data,
	       size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
