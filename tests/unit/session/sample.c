#include "sample.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/records.h"

const struct wire_protocol *const sample_protocols[6] = {
	&parent_protocol,    &framebuffer_protocol, &input_protocol,
	&nitpicker_protocol, &log_protocol,         &screenshot_protocol,
};

size_t sample_field(const struct wire_field *field, int64_t value,
		    unsigned char *out)
{
	size_t size = wire_type_size(field->type);
	uint32_t length = (uint32_t)value;

	memset(out, 0, size);
	if (field->type >= WIRE_STR64) {
		memcpy(out, &length, sizeof(length));
		for (size_t i = 0; i < length && sizeof(length) + i < size; i++)
			out[sizeof(length) + i] = 'a';
	} else {
		memcpy(out, &value, size);
	}
	return size;
}

static size_t sample_layout(const struct wire_layout *layout,
			    enum sample sample, unsigned char *out)
{
	size_t at = 0;

	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct wire_field *field = &layout->fields[i];

		at += sample_field(
			field, sample == SAMPLE_LEAST ? field->min : field->max,
			out + at);
	}
	return at;
}

static size_t sample_records(enum sample sample, unsigned char *out)
{
	size_t at = 0;

	for (uint16_t op = 1; record_layout(op); op++) {
		const struct wire_layout *layout = record_layout(op);
		struct record_header header = {
			.op = op,
			.size = (uint16_t)(sizeof(header) + layout->size),
			.view = 1,
		};

		memcpy(out + at, &header, sizeof(header));
		at += sizeof(header);
		at += sample_layout(layout, sample, out + at);
	}
	return at;
}

void sample_size(unsigned char *packet, size_t length)
{
	uint16_t size = (uint16_t)length;

	memcpy(packet + offsetof(struct wire_header, size), &size,
	       sizeof(size));
}

size_t sample_packet(const struct wire_message *message, enum sample sample,
		     size_t elements, unsigned char out[WIRE_PACKET_MAX])
{
	struct wire_header header = {
		.opcode = message->opcode,
		.serial = message->kind == WIRE_EVENT ? 0 : 7,
	};
	size_t at = sizeof(header);

	memcpy(out, &header, sizeof(header));
	at += sample_layout(message->body, sample, out + at);
	if (message->check)
		at += sample_records(sample, out + at);
	else
		for (size_t i = 0; i < elements; i++)
			at += sample_layout(message->element, sample, out + at);
	sample_size(out, at);
	return at;
}

enum wire_side sample_sender(const struct wire_message *message)
{
	return message->sender == WIRE_EITHER ? WIRE_CLIENT : message->sender;
}

static bool write_sample(const char *folder, const struct wire_protocol *of,
			 const struct wire_message *message, enum sample sample)
{
	unsigned char packet[WIRE_PACKET_MAX];
	size_t length = sample_packet(message, sample,
				      message->max_elements ? 1 : 0, packet);
	char *path = xasprintf("%s/wire_%s/corpus/%s.%d", folder, of->name,
			       message->name, (int)sample);
	FILE *file;

	for (char *c = path + strlen(folder); *c; c++)
		*c = (char)tolower(*c);
	file = fopen(path, "w");
	free(path);
	if (!file)
		return false;
	/* The fuzz targets take the side from the first byte, the number of
	 * descriptors from the second. */
	fputc(sample_sender(message), file);
	fputc(message->fds, file);
	fwrite(packet, 1, length, file);
	return fclose(file) == 0;
}

int sample_write_corpus(const char *folder)
{
	for (size_t p = 0; p < array_size(sample_protocols); p++) {
		const struct wire_protocol *of = sample_protocols[p];

		for (size_t i = 0; i < of->message_count; i++) {
			if (!write_sample(folder, of, &of->messages[i],
					  SAMPLE_LEAST) ||
			    !write_sample(folder, of, &of->messages[i],
					  SAMPLE_MOST))
				return 1;
		}
	}
	return 0;
}
