/*
 * Records of nitpicker_execute.
 */
#include <string.h>

#include "session/records.h"

const char *wire_check_records(const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	unsigned count = 0;

	while (length) {
		const struct wire_layout *layout;
		struct record_header header;
		const char *problem;

		if (length < sizeof(header))
			return "a broken record at its end";
		if (count++ == LIMIT_RECORDS)
			return "too many records";
		memcpy(&header, at, sizeof(header));
		layout = record_layout(header.op);
		if (!layout)
			return "unknown record";
		if (header.size != sizeof(header) + layout->size ||
		    header.size > length)
			return "record of a wrong size";
		if (!header.view)
			return "record without a view";
		problem = wire_check_layout(layout, at + sizeof(header));
		if (problem)
			return problem;
		at += header.size;
		length -= header.size;
	}
	return count ? NULL : "no records";
}

struct record_walk record_walk(const struct wire_packet *packet)
{
	return (struct record_walk){
		.at = packet->elements,
		.left = packet->element_count * sizeof(struct record_half),
	};
}

bool record_next(struct record_walk *walk, struct record *record)
{
	struct record_header header;

	if (walk->left < sizeof(header))
		return false;
	memcpy(&header, walk->at, sizeof(header));
	if (header.size < sizeof(header) || header.size > walk->left)
		return false;
	*record = (struct record){
		.op = header.op,
		.view = header.view,
		.fields = walk->at + sizeof(header),
	};
	walk->at += header.size;
	walk->left -= header.size;
	return true;
}
