/*
 * The tables of protocol.h as data.
 */
#include "base/alloc.h"
#include "session/protocol.h"
#include "session/records.h"

/* A layout has no padding: its struct is the sum of its fields. */
#define FIELD(type_, name_, min_, max_) \
	{ .name = #name_, \
	  .problem = "bad value of " #name_, \
	  .type = WIRE_##type_, \
	  .min = min_, \
	  .max = max_ },
#define FIELD_EXPANDED(...) FIELD(__VA_ARGS__)
#define FIELD_SIZE(type, ...) +sizeof(WIRE_C_##type)
#define LAYOUT(NAME_) \
	_Static_assert(sizeof(struct NAME_) == 0 NAME_##_FIELDS(FIELD_SIZE), \
		       #NAME_ " has padding"); \
	static const struct wire_field NAME_##_fields[] = { NAME_##_FIELDS( \
		FIELD_EXPANDED) }; \
	static const struct wire_layout NAME_##_layout = { \
		.name = #NAME_, \
		.size = sizeof(struct NAME_), \
		.field_count = array_size(NAME_##_fields), \
		.fields = NAME_##_fields, \
	};
#define MESSAGE_LAYOUT(NAME_, ...) LAYOUT(NAME_)

/* What fits into a packet, whatever the number of its elements. */
#define MESSAGE_FITS(NAME_, opcode, sender, kind, fds, element, max) \
	_Static_assert(sizeof(struct wire_header) + sizeof(struct NAME_) + \
				       (max) * sizeof(struct element) <= \
			       WIRE_PACKET_MAX, \
		       #NAME_ " is too long"); \
	_Static_assert((fds) <= WIRE_FDS_MAX, #NAME_ " has too many fds");
struct NONE {
};

ALL_MESSAGES(MESSAGE_FITS)
ALL_MESSAGES(MESSAGE_LAYOUT)
LAYOUT(rect16)
LAYOUT(output_name)
LAYOUT(input_event)
LAYOUT(record_half)
NITPICKER_RECORDS(MESSAGE_LAYOUT)

#define ELEMENT_NONE NULL
#define ELEMENT_rect16 &rect16_layout
#define ELEMENT_output_name &output_name_layout
#define ELEMENT_input_event &input_event_layout
#define ELEMENT_record_half &record_half_layout
#define CHECK_NONE NULL
#define CHECK_rect16 NULL
#define CHECK_output_name NULL
#define CHECK_input_event NULL
#define CHECK_record_half wire_check_records

#define MESSAGE(NAME_, opcode_, sender_, kind_, fds_, element_, max_) \
	{ .name = #NAME_, \
	  .opcode = opcode_, \
	  .sender = WIRE_##sender_, \
	  .kind = WIRE_##kind_, \
	  .fds = fds_, \
	  .body = &NAME_##_layout, \
	  .element = ELEMENT_##element_, \
	  .max_elements = max_, \
	  .check = CHECK_##element_ },

/* The messages of each session first: wire_find walks from the front. */
#define PROTOCOL(variable, name_, version_, MESSAGES) \
	static const struct wire_message variable##_messages[] = { MESSAGES( \
		MESSAGE) COMMON_MESSAGES(MESSAGE) }; \
	const struct wire_protocol variable##_protocol = { \
		.name = name_, \
		.version = version_, \
		.messages = variable##_messages, \
		.message_count = array_size(variable##_messages), \
	};

PROTOCOL(parent, "parent", 1, PARENT_MESSAGES)
PROTOCOL(framebuffer, SERVICE_FRAMEBUFFER, 1, FRAMEBUFFER_MESSAGES)
PROTOCOL(input, SERVICE_INPUT, 1, INPUT_MESSAGES)
PROTOCOL(nitpicker, SERVICE_NITPICKER, 1, NITPICKER_MESSAGES)
PROTOCOL(log, SERVICE_LOG, 1, LOG_MESSAGES)
PROTOCOL(screenshot, SERVICE_SCREENSHOT, 1, SCREENSHOT_MESSAGES)

const char *wire_status_name(enum wire_status status)
{
	static const char *const names[] = { "ok",         "denied",
					     "invalid",    "quota_exceeded",
					     "no_service", "busy",
					     "gone" };

	return status <= WIRE_STATUS_LAST ? names[status] : "unknown";
}

#define RECORD_LAYOUT(NAME_, op) [op] = &NAME_##_layout,

const struct wire_layout *record_layout(uint16_t op)
{
	static const struct wire_layout *const layouts[] = { NITPICKER_RECORDS(
		RECORD_LAYOUT) };

	return op < array_size(layouts) ? layouts[op] : NULL;
}
