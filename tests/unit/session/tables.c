/*
 * Every message of every protocol at its limits, generated from the tables.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/document.h"
#include "session/records.h"
#include "sample.h"
#include "suites.h"

struct subject {
	const struct wire_protocol *protocol;
	const struct wire_message *message;
	unsigned char packet[WIRE_PACKET_MAX + 64];
	size_t length;
};

static const char *check(const struct subject *s)
{
	/* A copy of exactly that size, so that the sanitizer sees overruns. */
	unsigned char *exact = malloc(s->length ? s->length : 1);
	const char *problem;

	memcpy(exact, s->packet, s->length);
	problem = wire_check(s->protocol, sample_sender(s->message), exact,
			     s->length, s->message->fds);
	if (!problem) {
		char text[256];

		wire_describe(s->protocol, exact, text, sizeof(text));
		ck_assert_ptr_nonnull(strstr(text, s->message->name));
	}
	free(exact);
	return problem;
}

static void expect(const struct subject *s, bool good, const char *what)
{
	const char *problem = check(s);

	ck_assert_msg(!problem == good, "%s, %s: %s", s->message->name, what,
		      problem ? problem : "accepted");
}

static void make(struct subject *s, enum sample sample, size_t elements)
{
	s->length = sample_packet(s->message, sample, elements, s->packet);
}

typedef void subject_fn(struct subject *s);

static void for_each_message(subject_fn *fn)
{
	for (size_t p = 0; p < array_size(sample_protocols); p++) {
		for (size_t i = 0; i < sample_protocols[p]->message_count;
		     i++) {
			struct subject s = {
				.protocol = sample_protocols[p],
				.message = &sample_protocols[p]->messages[i],
			};

			fn(&s);
		}
	}
}

static void sizes(struct subject *s)
{
	unsigned fds = s->message->fds;
	enum wire_side side = sample_sender(s->message);
	uint32_t serial;

	make(s, SAMPLE_LEAST, 0);
	expect(s, true, "least");
	ck_assert_ptr_nonnull(
		wire_check(s->protocol, side, s->packet, s->length, fds + 1));
	ck_assert_ptr_nonnull(wire_check(s->protocol, side, s->packet,
					 s->length, fds ? 0 : 2));
	if (s->message->sender != WIRE_EITHER)
		ck_assert_ptr_nonnull(wire_check(
			s->protocol,
			side == WIRE_CLIENT ? WIRE_SERVER : WIRE_CLIENT,
			s->packet, s->length, fds));
	s->length--;
	expect(s, false, "a byte less");
	sample_size(s->packet, s->length);
	expect(s, false, "a byte less, and says so");
	s->length += 2;
	expect(s, false, "a byte more");
	sample_size(s->packet, s->length);
	expect(s, false, "a byte more, and says so");
	make(s, SAMPLE_MOST, s->message->check ? 0 : s->message->max_elements);
	expect(s, true, "most");
	memcpy(&serial, s->packet + 4, sizeof(serial));
	serial = serial ? 0 : 1;
	memcpy(s->packet + 4, &serial, sizeof(serial));
	expect(s, false, "wrong serial");
}

START_TEST(message_sizes)
{
	for_each_message(sizes);
}
END_TEST

static void bad_text(struct subject *s, size_t at, size_t capacity)
{
	static const char *const bad[] = { "\n",           "\x01",
					   "\x7f",         "\xc2\x85",
					   "\xff",         "\xc0\x80",
					   "\xed\xa0\x80", "\xf4\x90\x80\x80",
					   "\xe2\x82" };
	unsigned char *text = s->packet + at + sizeof(uint32_t);
	uint32_t length;

	for (size_t i = 0; i < array_size(bad); i++) {
		length = (uint32_t)strlen(bad[i]);
		memset(text, 0, capacity);
		memcpy(text, bad[i], length);
		memcpy(s->packet + at, &length, sizeof(length));
		expect(s, false, "bad text");
	}
	memset(text, 0, capacity);
	text[0] = 'x';
	text[capacity - 1] = 'y';
	length = 1;
	memcpy(s->packet + at, &length, sizeof(length));
	expect(s, false, "dirty padding");
	length = UINT32_MAX;
	memcpy(s->packet + at, &length, sizeof(length));
	expect(s, false, "length of 4 GiB");
}

static int64_t type_max(enum wire_type type)
{
	switch (type) {
	case WIRE_U16:
		return UINT16_MAX;
	case WIRE_I32:
		return INT32_MAX;
	case WIRE_U64:
		return INT64_MAX;
	default:
		return UINT32_MAX;
	}
}

/* The field lies at `at` of a packet that fits. */
static void limits(struct subject *s, const struct wire_field *field, size_t at)
{
	size_t size = wire_type_size(field->type);
	unsigned char *place = s->packet + at;
	unsigned char kept[600];

	memcpy(kept, place, size);
	if (field->max > field->min) {
		sample_field(field, field->min + 1, place);
		expect(s, true, field->name);
		sample_field(field, field->max - 1, place);
		expect(s, true, field->name);
	}
	sample_field(field, field->min, place);
	expect(s, true, field->name);
	sample_field(field, field->max, place);
	expect(s, true, field->name);
	if (field->max < type_max(field->type)) {
		sample_field(field, field->max + 1, place);
		expect(s, false, field->name);
	}
	if (field->min > 0 ||
	    (field->type == WIRE_I32 && field->min > INT32_MIN)) {
		sample_field(field, field->min - 1, place);
		expect(s, false, field->name);
	}
	if (field->type == WIRE_U64) {
		memset(place, 0xff, size);
		expect(s, false, field->name);
	}
	if (field->type >= WIRE_STR64)
		bad_text(s, at, size - sizeof(uint32_t));
	memcpy(place, kept, size);
}

static void layout_limits(struct subject *s, const struct wire_layout *layout,
			  size_t at)
{
	for (unsigned i = 0; i < layout->field_count; i++) {
		limits(s, &layout->fields[i], at);
		at += wire_type_size(layout->fields[i].type);
	}
}

static void fields(struct subject *s)
{
	make(s, SAMPLE_LEAST, 0);
	layout_limits(s, s->message->body, sizeof(struct wire_header));
}

START_TEST(message_fields)
{
	for_each_message(fields);
}
END_TEST

static void elements(struct subject *s)
{
	size_t count = s->message->max_elements, size;

	if (!s->message->element || s->message->check)
		return;
	size = s->message->element->size;
	make(s, SAMPLE_LEAST, count - 1);
	expect(s, true, "one element less");
	make(s, SAMPLE_LEAST, count);
	expect(s, true, "all elements");
	layout_limits(s, s->message->element,
		      sizeof(struct wire_header) + s->message->body->size);
	layout_limits(s, s->message->element, s->length - size);
	memset(s->packet + s->length, 0, size);
	if (s->message->element->fields[0].type >= WIRE_STR64)
		memcpy(s->packet + s->length, s->packet + s->length - size,
		       size);
	s->length += size;
	sample_size(s->packet, s->length);
	expect(s, false, "one element more");
	s->length -= size + 1;
	sample_size(s->packet, s->length);
	expect(s, false, "a broken element");
}

START_TEST(message_elements)
{
	for_each_message(elements);
}
END_TEST

START_TEST(headers)
{
	struct subject s = { .protocol = &nitpicker_protocol,
			     .message = wire_find(&nitpicker_protocol,
						  OP_frame_exposed) };

	make(&s, SAMPLE_LEAST, 0);
	for (size_t length = 0; length < sizeof(struct wire_header); length++) {
		s.length = length;
		expect(&s, false, "half a header");
	}
	make(&s, SAMPLE_LEAST, 0);
	s.packet[0] = s.packet[1] = 0xee;
	expect(&s, false, "unknown opcode");
	s.length = WIRE_PACKET_MAX + 1;
	sample_size(s.packet, s.length);
	expect(&s, false, "longer than a packet");
}
END_TEST

/* ---- records ---- */

static size_t put_record(unsigned char *out, uint16_t op, uint32_t view)
{
	const struct wire_layout *layout = record_layout(op);
	struct record_header header = {
		.op = op,
		.size = (uint16_t)(sizeof(header) + layout->size),
		.view = view,
	};

	memcpy(out, &header, sizeof(header));
	memset(out + sizeof(header), 0, layout->size);
	return header.size;
}

START_TEST(records_count)
{
	unsigned char bytes[8 * (LIMIT_RECORDS + 1)] = { 0 };
	size_t at = 0;

	ck_assert_ptr_nonnull(wire_check_records(bytes, 0));
	for (int i = 1; i <= LIMIT_RECORDS + 1; i++) {
		at += put_record(bytes + at, OP_view_front, 1);
		ck_assert(!wire_check_records(bytes, at) ==
			  (i <= LIMIT_RECORDS));
	}
}
END_TEST

START_TEST(records_shape)
{
	for (uint16_t op = 1; record_layout(op); op++) {
		unsigned char bytes[128];
		size_t size = put_record(bytes, op, 1);
		uint16_t wrong = (uint16_t)(size + 4);

		ck_assert_ptr_null(wire_check_records(bytes, size));
		ck_assert_ptr_nonnull(wire_check_records(bytes, size - 1));
		memset(bytes + size, 0, 8);
		ck_assert_ptr_nonnull(wire_check_records(bytes, size + 4));
		memcpy(bytes + 2, &wrong, sizeof(wrong));
		ck_assert_ptr_nonnull(wire_check_records(bytes, size + 4));
		put_record(bytes, op, 0);
		ck_assert_ptr_nonnull(wire_check_records(bytes, size));
		put_record(bytes, op, 1);
		bytes[0] = 99;
		ck_assert_ptr_nonnull(wire_check_records(bytes, size));
	}
	ck_assert_ptr_null(record_layout(0));
	ck_assert_ptr_null(record_layout(UINT16_MAX));
}
END_TEST

static void record_field(const struct wire_layout *layout, uint16_t op,
			 unsigned index, size_t at)
{
	const struct wire_field *field = &layout->fields[index];
	unsigned char bytes[128];
	size_t size = put_record(bytes, op, 1);

	sample_field(field, field->max, bytes + at);
	ck_assert_ptr_null(wire_check_records(bytes, size));
	if (field->max >= type_max(field->type))
		return;
	sample_field(field, field->max + 1, bytes + at);
	ck_assert_ptr_nonnull(wire_check_records(bytes, size));
}

START_TEST(records_fields)
{
	for (uint16_t op = 1; record_layout(op); op++) {
		const struct wire_layout *layout = record_layout(op);
		size_t at = sizeof(struct record_header);

		for (unsigned i = 0; i < layout->field_count; i++) {
			record_field(layout, op, i, at);
			at += wire_type_size(layout->fields[i].type);
		}
	}
}
END_TEST

/* ---- texts ---- */

START_TEST(texts)
{
	struct wire_str64 string;
	char text[65], cut[16];

	wire_set(&string, "a\n\xff\xc3\xa9");
	ck_assert_uint_eq(string.length, 5);
	wire_get(&string, text);
	ck_assert_str_eq(text, "a??\xc3\xa9");
	wire_set(&string, "0123456789012345678901234567890123456789"
			  "01234567890123456789012\xc3\xa9");
	ck_assert_uint_eq(string.length, 63);
	wire_set(&string, "0123456789012345678901234567890123456789"
			  "01234567890123456789012345678");
	ck_assert_uint_eq(string.length, 64);
	wire_get(&string, text);
	ck_assert_uint_eq(strlen(text), 64);
	wire_get(&string, cut);
	ck_assert_uint_eq(strlen(cut), 15);
	wire_set(&string, NULL);
	ck_assert_uint_eq(string.length, 0);
}
END_TEST

START_TEST(names)
{
	char name[65];

	memset(name, 'n', sizeof(name));
	name[64] = '\0';
	ck_assert(!wire_name_is_valid(name));
	name[63] = '\0';
	ck_assert(wire_name_is_valid(name));
	ck_assert(wire_name_is_valid("scout.2"));
	ck_assert(!wire_name_is_valid(""));
	ck_assert(!wire_name_is_valid(".."));
	ck_assert(!wire_name_is_valid("a b"));
	ck_assert(!wire_name_is_valid("a/b"));
	ck_assert(!wire_name_is_valid("\xc3\xa9"));
}
END_TEST

START_TEST(key_names)
{
	ck_assert_int_eq(input_code("KEY_A"), 30);
	ck_assert_int_eq(input_code("BTN_LEFT"), 0x110);
	ck_assert_int_eq(input_code("BTN_MOUSE"), 0x110);
	ck_assert_int_eq(input_code("KEY_NONE_SUCH"), -1);
	ck_assert_str_eq(input_name(0x110), "BTN_LEFT");
	ck_assert_str_eq(input_name(99), "KEY_SYSRQ");
	ck_assert_ptr_null(input_name(-1));
	ck_assert_ptr_null(input_name(0x2ff));
}
END_TEST

START_TEST(documentation)
{
	for (size_t p = 0; p < array_size(sample_protocols); p++) {
		const struct wire_protocol *of = sample_protocols[p];
		char *text = NULL;
		size_t size;
		FILE *out = open_memstream(&text, &size);

		wire_document(out, of);
		fclose(out);
		for (size_t i = 0; i < of->message_count; i++)
			ck_assert_ptr_nonnull(
				strstr(text, of->messages[i].name));
		free(text);
	}
}
END_TEST

Suite *tables_suite(void)
{
	Suite *suite = suite_create("tables");
	TCase *tcase = tcase_create("tables");

	tcase_add_test(tcase, message_sizes);
	tcase_add_test(tcase, message_fields);
	tcase_add_test(tcase, message_elements);
	tcase_add_test(tcase, headers);
	tcase_add_test(tcase, records_count);
	tcase_add_test(tcase, records_shape);
	tcase_add_test(tcase, records_fields);
	tcase_add_test(tcase, texts);
	tcase_add_test(tcase, names);
	tcase_add_test(tcase, key_names);
	tcase_add_test(tcase, documentation);
	suite_add_tcase(suite, tcase);
	return suite;
}
