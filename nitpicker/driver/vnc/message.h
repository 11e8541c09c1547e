/*
 * Where the messages of a viewer end (RFC 6143, and SetDesktopSize of the
 * community's rfbproto), so that libvncserver never waits for the rest of one,
 * and sees none that it can't be trusted with.
 */
#ifndef DRIVER_VNC_MESSAGE_H
#define DRIVER_VNC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MESSAGE_MAX = 2048, /* bytes of one message that is handed on */
	MESSAGE_ENCODINGS = 256, /* of SetEncodings */
	MESSAGE_SCREENS = 16, /* of SetDesktopSize */
	MESSAGE_TEXT_MAX = 16 << 20, /* bytes of a cut text; kept is less */
};

enum message_stage {
	STAGE_VERSION,
	STAGE_SECURITY,
	STAGE_AUTHENTICATION,
	STAGE_INIT,
	STAGE_NORMAL,
};

struct message {
	size_t length; /* bytes of the message; 0: more are needed to tell */
	uint32_t skip; /* bytes after it that are thrown away */
	bool drop; /* the message is not handed on */
	bool text; /* what is behind it is a text for the clipboard */
	bool resize; /* neither, but is a wish for another size: */
	uint16_t w, h, screens;
};

/*
 * Looks at the `length` bytes that start a message. NULL, or in words what is
 * wrong with it.
 */
const char *message_look(enum message_stage stage, const uint8_t *bytes,
			 size_t length, struct message *message);

#endif
