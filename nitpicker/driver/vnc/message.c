#include "message.h"

#include <string.h>

/* Types of messages from a viewer. */
enum {
	SET_PIXEL_FORMAT = 0,
	SET_ENCODINGS = 2,
	UPDATE_REQUEST = 3,
	KEY_EVENT = 4,
	POINTER_EVENT = 5,
	CUT_TEXT = 6,
	SET_DESKTOP_SIZE = 251,
};

static uint32_t get16(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
	return get16(at) << 16 | get16(at + 2);
}

/* Bytes 4..19 of SetPixelFormat. */
static const char *check_format(const uint8_t *bytes)
{
	uint8_t bits = bytes[4], true_colour = bytes[7];

	if (bits != 8 && bits != 16 && bits != 32) {
		return "pixels of other than 8, 16 or 32 bits";
	}
	if (!true_colour) {
		return bits == 8 ? NULL : "a colour map for more than 8 bits";
	}
	for (size_t i = 0; i < 3; i++) {
		uint32_t max = get16(bytes + 8 + 2 * i);
		uint8_t shift = bytes[14 + i];

		if (!max || (max & (max + 1)) || shift >= bits ||
		    (uint64_t)max << shift > UINT32_MAX >> (32 - bits)) {
			return "an impossible pixel format";
		}
	}
	return NULL;
}

/* A message of a fixed part and a number of elements, told in the fixed part.
 */
static const char *counted(struct message *message, size_t fixed, size_t length,
			   uint32_t count, uint32_t max, size_t element)
{
	if (length < fixed) {
		return NULL;
	}
	if (count > max) {
		return "a list that is too long";
	}
	message->length = fixed + count * element;
	return NULL;
}

/* Text of the viewer's clipboard, Latin-1. A negative length belongs
 * to an extension that is never offered. */
static const char *cut_text(const uint8_t *bytes, size_t length,
			    struct message *message)
{
	if (length < 8) {
		return NULL;
	}
	if (get32(bytes + 4) > MESSAGE_TEXT_MAX) {
		return "a cut text that is too long";
	}
	message->length = 8;
	message->skip = get32(bytes + 4);
	message->drop = true;
	message->text = true;
	return NULL;
}

/* libvncserver would lose memory with each. */
static const char *desktop_size(const uint8_t *bytes, size_t length,
				struct message *message)
{
	if (length < 8) {
		return NULL;
	}
	message->resize = true;
	message->w = (uint16_t)get16(bytes + 2);
	message->h = (uint16_t)get16(bytes + 4);
	message->screens = bytes[6];
	return counted(message, 8, length, message->screens, MESSAGE_SCREENS,
		       16);
}

static const char *look_normal(const uint8_t *bytes, size_t length,
			       struct message *message)
{
	switch (bytes[0]) {
	case SET_PIXEL_FORMAT:
		message->length = 20;
		return length < 20 ? NULL : check_format(bytes);
	case SET_ENCODINGS:
		return counted(message, 4, length,
			       length < 4 ? 0 : get16(bytes + 2),
			       MESSAGE_ENCODINGS, 4);
	case UPDATE_REQUEST:
		message->length = 10;
		return NULL;
	case KEY_EVENT:
		message->length = 8;
		return NULL;
	case POINTER_EVENT:
		message->length = 6;
		return NULL;
	case CUT_TEXT:
		return cut_text(bytes, length, message);
	case SET_DESKTOP_SIZE:
		return desktop_size(bytes, length, message);
	default:
		return "a message of unknown type";
	}
}

const char *message_look(enum message_stage stage, const uint8_t *bytes,
			 size_t length, struct message *message)
{
	*message = (struct message){ 0 };
	if (!length) {
		return NULL;
	}
	switch (stage) {
	case STAGE_VERSION:
		message->length = 12;
		if (length >= 12 &&
		    (memcmp(bytes, "RFB 003.", 8) != 0 || bytes[11] != '\n')) {
			return "not a greeting of RFB 3";
		}
		return NULL;
	case STAGE_SECURITY:
	case STAGE_INIT:
		message->length = 1;
		return NULL;
	case STAGE_AUTHENTICATION:
		message->length = 16;
		return NULL;
	default:
		return look_normal(bytes, length, message);
	}
}
