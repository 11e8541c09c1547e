#include "input.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "driver/us/us.h"
#include "keysym.h"

enum { NOTCH = 120 };

struct vnc_input {
	struct input_server *server;
	const struct vnc_input_handler *handler;
	void *user;
	char *text; /* of the last viewer that set one, UTF-8; owned or NULL */
	size_t text_bytes;
	uint8_t holders[INPUT_CODE_MAX + 1]; /* viewers that hold the key */
	int32_t x, y; /* of the pointer; -1: not known */
};

static void handle_connected(void *user, bool connected)
{
	struct vnc_input *input = user;

	(void)connected;
	memset(input->holders, 0, sizeof(input->holders));
	input->x = input->y = -1;
	input->handler->forget(input->user);
}

/* What Latin-1 lacks shows as a question mark. */
static enum wire_status handle_offer(void *user, const char *text, size_t bytes)
{
	struct vnc_input *input = user;
	char *latin = xcalloc(1, bytes + 1);
	size_t length = 0;
	uint32_t code;

	for (size_t i = 0, n; i < bytes; i += n) {
		n = utf8_decode(text + i, bytes - i, &code);
		if (!n) {
			free(latin);
			return WIRE_INVALID;
		}
		latin[length++] = code < 0x100 ? (char)code : '?';
	}
	input->handler->text(input->user, latin, length);
	free(latin);
	return WIRE_OK;
}

static int handle_read(void *user)
{
	const struct vnc_input *input = user;

	return input->text ? memory_create_blob("clipboard", input->text,
						input->text_bytes)
			   : -1;
}

void vnc_input_set_text(struct vnc_input *input, const char *text, size_t bytes)
{
	char *wide = xcalloc(2, bytes + 1);
	size_t length = 0;

	for (size_t i = 0; i < bytes; i++) {
		if (text[i]) {
			length += utf8_encode((uint8_t)text[i], wide + length);
		}
	}
	free(input->text);
	input->text = length <= LIMIT_CLIPBOARD ? wide : NULL;
	input->text_bytes = length;
	if (!input->text) {
		free(wide);
		return;
	}
	input_server_clipboard_changed(input->server);
}

static const struct input_server_handler server_handler = {
	.connected = handle_connected,
	.clipboard_offer = handle_offer,
	.clipboard_read = handle_read,
};

struct vnc_input *vnc_input_create(struct loop *loop, struct parent *parent,
				   const struct vnc_input_handler *handler,
				   void *user)
{
	struct vnc_input *input = xcalloc(1, sizeof(*input));
	struct input_keyboard keyboard = { 0 };

	input->handler = handler;
	input->user = user;
	input->x = input->y = -1;
	input->server = input_server_create(loop, parent, &server_handler,
					    input);
	wire_set(&keyboard.layout, "us");
	input_server_keyboard(input->server, &keyboard);
	return input;
}

void vnc_input_destroy(struct vnc_input *input)
{
	if (input) {
		input_server_destroy(input->server);
		free(input->text);
		free(input);
	}
}

static void send(struct vnc_input *input, struct input_event event)
{
	event.time_us = input_now();
	input_server_event(input->server, &event);
}

static bool is_held(const struct vnc_input *input, unsigned code)
{
	return input->holders[code];
}

/* While one of these is held, keys are commands and type nothing. */
static bool command_held(const struct vnc_input *input)
{
	return is_held(input, KEY_LEFTCTRL) || is_held(input, KEY_RIGHTCTRL) ||
	       is_held(input, KEY_LEFTALT) || is_held(input, KEY_LEFTMETA) ||
	       is_held(input, KEY_RIGHTMETA);
}

static void hold(struct vnc_input *input, unsigned code)
{
	const struct us_key *key = us_key(code);

	if (!code || input->holders[code]++) {
		return;
	}
	send(input, (struct input_event){
			    .type = INPUT_PRESS,
			    .code = code,
			    .character = key ? (unsigned char)key->plain : 0 });
}

static void let_go(struct vnc_input *input, unsigned code)
{
	if (!code || !input->holders[code] || --input->holders[code]) {
		return;
	}
	send(input,
	     (struct input_event){ .type = INPUT_RELEASE, .code = code });
}

static void type(struct vnc_input *input, unsigned code, uint32_t keysym,
		 bool repeated)
{
	uint32_t character = keysym_character(keysym);

	if (character && !command_held(input)) {
		send(input, (struct input_event){ .type = INPUT_CHARACTER,
						  .code = code,
						  .x = repeated,
						  .character = character });
	}
}

/* ---- keys ---- */

static bool is_modifier(unsigned code)
{
	switch (code) {
	case KEY_LEFTSHIFT:
	case KEY_RIGHTSHIFT:
	case KEY_LEFTCTRL:
	case KEY_RIGHTCTRL:
	case KEY_LEFTALT:
	case KEY_RIGHTALT:
	case KEY_LEFTMETA:
	case KEY_RIGHTMETA:
		return true;
	default:
		return false;
	}
}

static void remove_held(struct vnc_input *input, struct held *held, unsigned i)
{
	unsigned code = held->keys[i].code;

	held->count--;
	memmove(&held->keys[i], &held->keys[i + 1],
		(held->count - i) * sizeof(held->keys[0]));
	let_go(input, code);
}

static void key_down(struct vnc_input *input, struct held *held,
		     uint32_t keysym)
{
	unsigned code = keysym_code(keysym);

	for (unsigned i = 0; i < held->count; i++) {
		if (held->keys[i].keysym == keysym ||
		    (code && held->keys[i].code == code)) {
			/* the viewer's keyboard repeats it */
			type(input, code, keysym,
			     held->keys[i].keysym == keysym);
			return;
		}
	}
	if (held->count == HELD_MAX) {
		return;
	}
	held->keys[held->count].keysym = keysym;
	held->keys[held->count].code = code;
	held->count++;
	hold(input, code);
	type(input, code, keysym, false);
}

/*
 * A viewer names the key of a release by what it would type now: Shift, 7
 * pressed, Shift released, 7 released is on some layouts '/' down and '7' up.
 * So an unknown name means the keys that are held, modifiers excepted.
 */
static void key_up(struct vnc_input *input, struct held *held, uint32_t keysym)
{
	unsigned code = keysym_code(keysym);

	for (unsigned i = 0; i < held->count; i++) {
		if (held->keys[i].keysym == keysym ||
		    (code && held->keys[i].code == code)) {
			remove_held(input, held, i);
			return;
		}
	}
	if (is_modifier(code)) {
		return;
	}
	for (unsigned i = held->count; i-- > 0;) {
		if (!is_modifier(held->keys[i].code)) {
			remove_held(input, held, i);
		}
	}
}

void vnc_input_key(struct vnc_input *input, struct held *held, uint32_t keysym,
		   bool down)
{
	if (down) {
		key_down(input, held, keysym);
	} else {
		key_up(input, held, keysym);
	}
}

/* ---- pointer ---- */

/* Bits of the mask: three buttons, four directions of the wheel, one button. */
static void change_button(struct vnc_input *input, unsigned bit, bool down)
{
	static const uint16_t buttons[8] = { BTN_LEFT, BTN_MIDDLE, BTN_RIGHT,
					     0,        0,          0,
					     0,        BTN_SIDE };
	static const int8_t wheel_x[8] = { 0, 0, 0, 0, 0, -1, 1, 0 };
	static const int8_t wheel_y[8] = { 0, 0, 0, 1, -1, 0, 0, 0 };

	if (!buttons[bit]) {
		if (down) {
			send(input,
			     (struct input_event){ .type = INPUT_WHEEL,
						   .x = wheel_x[bit] * NOTCH,
						   .y = wheel_y[bit] * NOTCH });
		}
	} else if (down) {
		hold(input, buttons[bit]);
	} else {
		let_go(input, buttons[bit]);
	}
}

static void change_buttons(struct vnc_input *input, struct held *held,
			   uint8_t buttons)
{
	uint8_t changed = held->buttons ^ buttons;

	held->buttons = buttons;
	for (unsigned bit = 0; bit < 8; bit++) {
		if (changed >> bit & 1) {
			change_button(input, bit, buttons >> bit & 1);
		}
	}
}

void vnc_input_pointer(struct vnc_input *input, struct held *held,
		       uint8_t buttons, int32_t x, int32_t y)
{
	if (x != input->x || y != input->y) {
		input->x = x;
		input->y = y;
		send(input, (struct input_event){
				    .type = INPUT_MOTION, .x = x, .y = y });
	}
	change_buttons(input, held, buttons);
}

void vnc_input_release(struct vnc_input *input, struct held *held)
{
	while (held->count) {
		remove_held(input, held, held->count - 1);
	}
	change_buttons(input, held, 0);
}
