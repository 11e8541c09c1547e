/*
 * A protocol as a page of text.
 */
#include <inttypes.h>

#include "session/document.h"
#include "session/protocol.h"
#include "session/records.h"

static void print_fields(FILE *out, const struct wire_layout *layout,
			 const char *indent)
{
	for (unsigned i = 0; i < layout->field_count; i++) {
		const struct wire_field *field = &layout->fields[i];
		const char *unit = field->type >= WIRE_STR64 ? " bytes" : "";

		fprintf(out, "%s%-12s %-5s %" PRId64, indent, field->name,
			wire_type_name(field->type), field->min);
		if (field->max != field->min)
			fprintf(out, " .. %" PRId64, field->max);
		fprintf(out, "%s\n", unit);
	}
}

static void print_records(FILE *out)
{
	fprintf(out,
		"      then 1 .. %d records {u16 op, u16 size, u32 view}:\n",
		LIMIT_RECORDS);
	for (uint16_t op = 1; record_layout(op); op++) {
		const struct wire_layout *layout = record_layout(op);

		fprintf(out, "        %u %s, %zu bytes\n", op, layout->name,
			sizeof(struct record_header) + layout->size);
		print_fields(out, layout, "          ");
	}
}

static void print_message(FILE *out, const struct wire_message *message)
{
	static const char *const senders[] = { "client", "server", "either" };
	static const char *const kinds[] = { "request", "one-way", "answer",
					     "event" };

	fprintf(out, "  0x%04x %-28s %s, %s", message->opcode, message->name,
		senders[message->sender], kinds[message->kind]);
	if (message->fds)
		fprintf(out, ", with a descriptor");
	fprintf(out, "\n");
	print_fields(out, message->body, "      ");
	if (message->check == wire_check_records) {
		print_records(out);
	} else if (message->element) {
		fprintf(out, "      then 0 .. %u %s:\n", message->max_elements,
			message->element->name);
		print_fields(out, message->element, "        ");
	}
}

void wire_document(FILE *out, const struct wire_protocol *protocol)
{
	fprintf(out, "%s, version %u\n", protocol->name, protocol->version);
	for (size_t i = 0; i < protocol->message_count; i++)
		print_message(out, &protocol->messages[i]);
}
