/*
 * Does a packet fit the table of its protocol? Pure functions that never read
 * past the length they were given.
 */
#include <string.h>

#include "session/wire.h"

size_t wire_type_size(enum wire_type type)
{
	switch (type) {
	case WIRE_U16:
		return sizeof(uint16_t);
	case WIRE_U32:
		return sizeof(uint32_t);
	case WIRE_I32:
		return sizeof(int32_t);
	case WIRE_U64:
		return sizeof(uint64_t);
	case WIRE_STR64:
		return sizeof(struct wire_str64);
	case WIRE_STR256:
		return sizeof(struct wire_str256);
	case WIRE_STR512:
		return sizeof(struct wire_str512);
	}
	return 0;
}

const char *wire_type_name(enum wire_type type)
{
	static const char *const names[] = { "u16",  "u32",  "i32", "u64",
					     "text", "text", "text" };

	return names[type];
}

const struct wire_message *wire_find(const struct wire_protocol *protocol,
				     uint16_t opcode)
{
	for (size_t i = 0; i < protocol->message_count; i++) {
		if (protocol->messages[i].opcode == opcode)
			return &protocol->messages[i];
	}
	return NULL;
}

static bool in_range(const struct wire_field *field, int64_t value)
{
	return value >= field->min && value <= field->max;
}

static bool check_string(const struct wire_field *field, const char *data,
			 size_t capacity)
{
	const char *text = data + sizeof(uint32_t);
	uint32_t length;

	memcpy(&length, data, sizeof(length));
	if (length > capacity || !in_range(field, length))
		return false;
	for (size_t i = length; i < capacity; i++) {
		if (text[i])
			return false;
	}
	return wire_text_is_valid(text, length);
}

/* Checks one field and steps behind it. Loads of a fixed size: there may be a
 * thousand of them in a message. */
static bool check_field(const struct wire_field *field,
			const unsigned char **at)
{
	const unsigned char *data = *at;
	uint16_t u16;
	uint32_t u32;
	int32_t i32;
	uint64_t u64;
	size_t size;

	switch (field->type) {
	case WIRE_U16:
		memcpy(&u16, data, sizeof(u16));
		*at += sizeof(u16);
		return in_range(field, u16);
	case WIRE_U32:
		memcpy(&u32, data, sizeof(u32));
		*at += sizeof(u32);
		return in_range(field, u32);
	case WIRE_I32:
		memcpy(&i32, data, sizeof(i32));
		*at += sizeof(i32);
		return in_range(field, i32);
	case WIRE_U64:
		memcpy(&u64, data, sizeof(u64));
		*at += sizeof(u64);
		return u64 <= INT64_MAX && in_range(field, (int64_t)u64);
	default:
		size = wire_type_size(field->type);
		*at += size;
		return check_string(field, (const char *)data,
				    size - sizeof(uint32_t));
	}
}

const char *wire_check_layout(const struct wire_layout *layout,
			      const void *data)
{
	const unsigned char *at = data;

	for (unsigned i = 0; i < layout->field_count; i++) {
		if (!check_field(&layout->fields[i], &at))
			return layout->fields[i].problem;
	}
	return NULL;
}

/* The array behind the body. */
static const char *check_elements(const struct wire_message *message,
				  const unsigned char *data, size_t length)
{
	size_t size, count;

	if (!message->element)
		return length ? "too long" : NULL;
	size = message->element->size;
	count = length / size;
	if (length % size)
		return "a broken element at its end";
	if (count > message->max_elements)
		return "too many elements";
	for (size_t i = 0; i < count; i++) {
		const char *problem = wire_check_layout(message->element,
							data + i * size);

		if (problem)
			return problem;
	}
	return message->check ? message->check(data, length) : NULL;
}

const char *wire_check(const struct wire_protocol *protocol,
		       enum wire_side sender, const void *packet, size_t length,
		       unsigned fds)
{
	const struct wire_message *message;
	const unsigned char *body;
	struct wire_header header;
	const char *problem;

	if (length < sizeof(header))
		return "shorter than a header";
	if (length > WIRE_PACKET_MAX)
		return "longer than a packet";
	memcpy(&header, packet, sizeof(header));
	if (header.size != length)
		return "not of the size it says";
	message = wire_find(protocol, header.opcode);
	if (!message)
		return "unknown opcode";
	if (message->sender != WIRE_EITHER && message->sender != sender)
		return "sent by the wrong side";
	if ((message->kind == WIRE_EVENT) != (header.serial == 0))
		return "wrong serial";
	if (fds != message->fds)
		return "wrong number of descriptors";
	length -= sizeof(header);
	if (length < message->body->size)
		return "too short";
	body = (const unsigned char *)packet + sizeof(header);
	problem = wire_check_layout(message->body, body);
	if (problem)
		return problem;
	return check_elements(message, body + message->body->size,
			      length - message->body->size);
}
