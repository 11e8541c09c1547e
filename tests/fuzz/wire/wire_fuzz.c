#include "wire_fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "session/records.h"

/* What a server does with the records of a packet that passed. */
static void walk(const struct wire_protocol *protocol, const void *packet,
		 size_t length)
{
	struct record_walk records;
	struct record record;
	struct wire_header header;
	size_t bytes = 0;

	memcpy(&header, packet, sizeof(header));
	if (protocol != &nitpicker_protocol ||
	    header.opcode != OP_nitpicker_execute)
		return;
	records = (struct record_walk){
		.at = (const unsigned char *)packet + sizeof(header),
		.left = length - sizeof(header),
	};
	while (record_next(&records, &record))
		bytes += sizeof(header) + record_layout(record.op)->size;
	if (bytes != length - sizeof(header))
		abort();
}

/* Whatever a program is asked to say, it says something valid. */
static void say(const uint8_t *data, size_t size)
{
	struct wire_str64 string;
	char *text = malloc(size + 1);
	char back[65];

	memcpy(text, data, size);
	text[size] = '\0';
	wire_set(&string, text);
	if (!wire_text_is_valid(string.text, string.length))
		abort();
	wire_get(&string, back);
	free(text);
}

void wire_fuzz(const struct wire_protocol *protocol, const uint8_t *data,
	       size_t size)
{
	enum wire_side side;
	char line[300];
	void *packet;

	if (size < 2)
		return;
	side = data[0] & 1 ? WIRE_SERVER : WIRE_CLIENT;
	/* A copy of its own size, so that each overrun is noticed. */
	packet = malloc(size - 2 ? size - 2 : 1);
	memcpy(packet, data + 2, size - 2);
	if (!wire_check(protocol, side, packet, size - 2, data[1])) {
		wire_describe(protocol, packet, line, sizeof(line));
		walk(protocol, packet, size - 2);
	}
	free(packet);
	say(data, size);
}
