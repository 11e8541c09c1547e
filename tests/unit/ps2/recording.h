/* Recordings in evemu's text format, and the bytes that a PS/2 device would
 * have sent for them. */
#ifndef RECORDING_H
#define RECORDING_H

#include <stddef.h>
#include <stdint.h>

#include "driver/ps2/protocol/ps2.h"

enum { RECORDING_BYTES = 20000, RECORDING_PACKETS = 4000 };

struct recording {
	uint8_t bytes[RECORDING_BYTES];
	uint64_t times_us[RECORDING_BYTES];
	size_t count;
	/* Mouse: what it means. */
	struct ps2_packet packets[RECORDING_PACKETS];
	size_t packet_count;
};

void record_mouse(struct recording *recording, const char *text, size_t length,
		  enum ps2_mouse_type type);
void record_keyboard(struct recording *recording, const char *text,
		     size_t length, enum ps2_set set);

#endif
