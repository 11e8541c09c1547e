/*
 * NITPICKER_TRACE=1: every message with its fields, by name.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "session/protocol.h"
#include "session/records.h"
#include "session/wire_private.h"

enum { ELEMENTS_SHOWN = 8 };

/* Text that is cut at its end. */
struct text {
	char *at;
	size_t left;
};

__attribute__((format(printf, 2, 3))) static void put(struct text *text,
						      const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text->at, text->left, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	if ((size_t)length >= text->left)
		length = text->left ? (int)text->left - 1 : 0;
	text->at += length;
	text->left -= (size_t)length;
}

static void put_field(struct text *out, const struct wire_field *field,
		      const unsigned char *data)
{
	uint16_t u16;
	uint32_t u32;
	int32_t i32;
	uint64_t u64;

	switch (field->type) {
	case WIRE_U16:
		memcpy(&u16, data, sizeof(u16));
		put(out, " %s=%u", field->name, u16);
		break;
	case WIRE_U32:
		memcpy(&u32, data, sizeof(u32));
		put(out, " %s=%u", field->name, u32);
		break;
	case WIRE_I32:
		memcpy(&i32, data, sizeof(i32));
		put(out, " %s=%d", field->name, i32);
		break;
	case WIRE_U64:
		memcpy(&u64, data, sizeof(u64));
		put(out, " %s=%llu", field->name, (unsigned long long)u64);
		break;
	default:
		memcpy(&u32, data, sizeof(u32));
		put(out, " %s=\"%.*s\"", field->name, (int)u32,
		    (const char *)data + sizeof(u32));
		break;
	}
}

static void put_layout(struct text *out, const struct wire_layout *layout,
		       const unsigned char *data)
{
	for (unsigned i = 0; i < layout->field_count; i++) {
		if (strcmp(layout->fields[i].name, "reserved"))
			put_field(out, &layout->fields[i], data);
		data += wire_type_size(layout->fields[i].type);
	}
}

static void put_records(struct text *out, const unsigned char *data,
			size_t length)
{
	struct record_walk walk = { .at = data, .left = length };
	struct record record;

	while (record_next(&walk, &record)) {
		const struct wire_layout *layout = record_layout(record.op);

		if (!layout)
			return;
		put(out, " {%s %u", layout->name, record.view);
		put_layout(out, layout, record.fields);
		put(out, "}");
	}
}

static void put_elements(struct text *out, const struct wire_layout *element,
			 const unsigned char *data, size_t count)
{
	for (size_t i = 0; i < count && i < ELEMENTS_SHOWN; i++) {
		put(out, " {");
		put_layout(out, element, data + i * element->size);
		put(out, " }");
	}
	if (count > ELEMENTS_SHOWN)
		put(out, " and %zu more", count - ELEMENTS_SHOWN);
}

void wire_describe(const struct wire_protocol *protocol, const void *packet,
		   char *out, size_t size)
{
	struct text text = { .at = out, .left = size };
	const struct wire_message *message;
	const unsigned char *data = packet;
	struct wire_header header;
	size_t rest;

	memcpy(&header, packet, sizeof(header));
	message = wire_find(protocol, header.opcode);
	put(&text, "%s", message->name);
	if (header.serial)
		put(&text, " #%u", header.serial);
	data += sizeof(header);
	if (header.opcode == OP_wire_answer) {
		const struct wire_answer *answer = (const void *)data;

		put(&text, " %s", wire_status_name(answer->status));
		return;
	}
	put_layout(&text, message->body, data);
	data += message->body->size;
	if (!message->element)
		return;
	rest = header.size - sizeof(header) - message->body->size;
	if (header.opcode == OP_nitpicker_execute &&
	    message->check == wire_check_records)
		put_records(&text, data, rest);
	else
		put_elements(&text, message->element, data,
			     rest / message->element->size);
}

bool wire_trace_wanted(void)
{
	const char *value = getenv("NITPICKER_TRACE");

	return value && *value && strcmp(value, "0");
}

void wire_trace(const struct wire *wire, bool sent, const void *packet)
{
	char text[LOG_LINE_MAX];

	wire_describe(wire->protocol, packet, text, sizeof(text));
	log_info("%s %s %s", wire->label, sent ? "<-" : "->", text);
}
