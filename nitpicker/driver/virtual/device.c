#include "device.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "driver/us/us.h"

enum {
	REPEAT_DELAY_NS = 400 * 1000 * 1000,
	REPEAT_PERIOD_NS = 1000 * 1000 * 1000 / 30,
};

struct device {
	struct input_server *server;
	bool connected;
	uint64_t pressed[(INPUT_CODE_MAX + 64) / 64];
	uint32_t slots; /* bit set of those down */
	uint32_t locks; /* LOCK_* */
	unsigned repeating; /* key code, 0: none */
	struct timer repeat;
	struct input_keyboard keyboard; /* what clients are told */
	char *clipboard; /* the host's; owned, NULL: none */
};

static const char no_client[] = "no client reads the input";

static bool is_pressed(const struct device *device, unsigned code)
{
	return device->pressed[code / 64] >> (code % 64) & 1;
}

static void set_pressed(struct device *device, unsigned code, bool pressed)
{
	uint64_t bit = (uint64_t)1 << (code % 64);

	if (pressed) {
		device->pressed[code / 64] |= bit;
	} else {
		device->pressed[code / 64] &= ~bit;
	}
}

static bool shift_held(const struct device *device)
{
	return is_pressed(device, KEY_LEFTSHIFT) ||
	       is_pressed(device, KEY_RIGHTSHIFT);
}

/* While one of these is held, keys are commands and type nothing. */
static bool command_held(const struct device *device)
{
	return is_pressed(device, KEY_LEFTCTRL) ||
	       is_pressed(device, KEY_RIGHTCTRL) ||
	       is_pressed(device, KEY_LEFTALT) ||
	       is_pressed(device, KEY_LEFTMETA) ||
	       is_pressed(device, KEY_RIGHTMETA);
}

static uint32_t typed_by(const struct device *device, unsigned code)
{
	if (command_held(device)) {
		return 0;
	}
	return us_character(code, shift_held(device), device->locks & LOCK_CAPS,
			    device->locks & LOCK_NUM);
}

static void send(struct device *device, struct input_event event)
{
	event.time_us = input_now();
	input_server_event(device->server, &event);
}

static void send_character(struct device *device, unsigned code,
			   uint32_t character, bool repeated)
{
	send(device, (struct input_event){ .type = INPUT_CHARACTER,
					   .code = code,
					   .x = repeated,
					   .character = character });
}

static void send_keyboard(struct device *device)
{
	device->keyboard.locks = device->locks;
	input_server_keyboard(device->server, &device->keyboard);
}

static void stop_repeat(struct device *device)
{
	device->repeating = 0;
	timer_cancel(&device->repeat);
}

static void repeat_fired(void *user)
{
	struct device *device = user;
	uint32_t character = typed_by(device, device->repeating);

	if (character) {
		send_character(device, device->repeating, character, true);
	}
	timer_set_in(&device->repeat, REPEAT_PERIOD_NS);
}

static void forget(struct device *device)
{
	for (size_t i = 0; i < array_size(device->pressed); i++) {
		device->pressed[i] = 0;
	}
	device->slots = 0;
	stop_repeat(device);
}

static void handle_connected(void *user, bool connected)
{
	struct device *device = user;

	device->connected = connected;
	forget(device);
}

/* Granted without effect: motion is what the commands say it is. */
static enum wire_status handle_grab(void *user, bool on)
{
	(void)user;
	(void)on;
	return WIRE_OK;
}

static enum wire_status handle_offer(void *user, const char *text, size_t bytes)
{
	struct device *device = user;

	free(device->clipboard);
	device->clipboard = xstrndup(text, bytes);
	return WIRE_OK;
}

static int handle_read(void *user)
{
	const struct device *device = user;

	if (!device->clipboard) {
		return -1;
	}
	return memory_create_blob("clipboard", device->clipboard,
				  strlen(device->clipboard));
}

void device_set_clipboard(struct device *device, const char *text)
{
	handle_offer(device, text, strlen(text));
	input_server_clipboard_changed(device->server);
}

const char *device_clipboard(const struct device *device)
{
	return device->clipboard ? device->clipboard : "";
}

static const struct input_server_handler handler = {
	.clipboard_offer = handle_offer,
	.clipboard_read = handle_read,
	.connected = handle_connected,
	.grab = handle_grab,
};

struct device *device_create(struct loop *loop, struct parent *parent)
{
	struct device *device = xcalloc(1, sizeof(*device));

	device->locks = LOCK_NUM;
	wire_set(&device->keyboard.layout, "us");
	timer_init(&device->repeat, loop, repeat_fired, device);
	device->server = input_server_create(loop, parent, &handler, device);
	send_keyboard(device);
	return device;
}

void device_destroy(struct device *device)
{
	if (!device) {
		return;
	}
	timer_finish(&device->repeat);
	input_server_destroy(device->server);
	free(device->clipboard);
	free(device);
}

static void toggle_lock(struct device *device, unsigned code)
{
	if (code == KEY_CAPSLOCK) {
		device->locks ^= LOCK_CAPS;
	} else if (code == KEY_NUMLOCK) {
		device->locks ^= LOCK_NUM;
	} else {
		return;
	}
	send_keyboard(device);
}

static void press(struct device *device, unsigned code)
{
	const struct us_key *key = us_key(code);

	set_pressed(device, code, true);
	toggle_lock(device, code);
	send(device,
	     (struct input_event){ .type = INPUT_PRESS,
				   .code = code,
				   .character = key ? (unsigned char)key->plain
						    : 0 });
	if (!key) {
		return;
	}
	uint32_t character = typed_by(device, code);

	if (character) {
		send_character(device, code, character, false);
	}
	device->repeating = code;
	timer_set_in(&device->repeat, REPEAT_DELAY_NS);
}

static void release(struct device *device, unsigned code)
{
	set_pressed(device, code, false);
	if (device->repeating == code) {
		stop_repeat(device);
	}
	send(device,
	     (struct input_event){ .type = INPUT_RELEASE, .code = code });
}

const char *device_press(struct device *device, unsigned code)
{
	if (!device->connected) {
		return no_client;
	}
	if (is_pressed(device, code)) {
		return "is pressed already";
	}
	press(device, code);
	return NULL;
}

const char *device_release(struct device *device, unsigned code)
{
	if (!device->connected) {
		return no_client;
	}
	if (!is_pressed(device, code)) {
		return "is not pressed";
	}
	release(device, code);
	return NULL;
}

const char *device_chord(struct device *device, const unsigned *codes,
			 size_t count)
{
	if (!device->connected) {
		return no_client;
	}
	for (size_t i = 0; i < count; i++) {
		if (is_pressed(device, codes[i])) {
			return "a key of it is pressed already";
		}
		for (size_t k = 0; k < i; k++) {
			if (codes[k] == codes[i]) {
				return "a key stands twice";
			}
		}
	}
	for (size_t i = 0; i < count; i++) {
		press(device, codes[i]);
	}
	while (count--) {
		release(device, codes[count]);
	}
	return NULL;
}

void device_release_all(struct device *device)
{
	for (unsigned code = 0; code <= INPUT_CODE_MAX; code++) {
		if (is_pressed(device, code)) {
			release(device, code);
		}
	}
	for (unsigned slot = 0; slot < DEVICE_SLOTS; slot++) {
		device_untouch(device, slot);
	}
}

const char *device_set_layout(struct device *device, const char *layout,
			      const char *variant, const char *options)
{
	const size_t max = sizeof(device->keyboard.layout.text);

	if (strlen(layout) > max || strlen(variant ? variant : "") > max ||
	    strlen(options ? options : "") > max) {
		return "has too long a name";
	}
	wire_set(&device->keyboard.layout, layout);
	wire_set(&device->keyboard.variant, variant ? variant : "");
	wire_set(&device->keyboard.options, options ? options : "");
	send_keyboard(device);
	return NULL;
}

/* One character of valid UTF-8; moves *text behind it. */
static uint32_t next_character(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	uint32_t character = *at++;
	int more = character >= 0xf0   ? 3
		   : character >= 0xe0 ? 2
		   : character >= 0xc0 ? 1
				       : 0;

	if (more) {
		character &= 0x3fu >> more;
	}
	while (more-- && *at) {
		character = character << 6 | (*at++ & 0x3f);
	}
	*text = (const char *)at;
	return character;
}

static void type_character(struct device *device, uint32_t character)
{
	bool shifted = false;
	const struct us_key *key = us_key_typing(character, &shifted);

	if (!key || is_pressed(device, key->code)) {
		if (!command_held(device)) {
			send_character(device, 0, character, false);
		}
		return;
	}
	if (key->letter && device->locks & LOCK_CAPS) {
		shifted = !shifted;
	}
	bool add_shift = shifted && !shift_held(device);

	if (add_shift) {
		press(device, KEY_LEFTSHIFT);
	}
	press(device, key->code);
	release(device, key->code);
	if (add_shift) {
		release(device, KEY_LEFTSHIFT);
	}
}

const char *device_type(struct device *device, const char *text)
{
	if (!device->connected) {
		return no_client;
	}
	while (*text) {
		type_character(device, next_character(&text));
	}
	return NULL;
}

const char *device_move(struct device *device, int32_t x, int32_t y)
{
	if (!device->connected) {
		return no_client;
	}
	send(device,
	     (struct input_event){ .type = INPUT_MOTION, .x = x, .y = y });
	return NULL;
}

const char *device_relative(struct device *device, int32_t dx, int32_t dy)
{
	if (!device->connected) {
		return no_client;
	}
	send(device,
	     (struct input_event){ .type = INPUT_RELATIVE, .x = dx, .y = dy });
	return NULL;
}

const char *device_wheel(struct device *device, int32_t x, int32_t y)
{
	if (!device->connected) {
		return no_client;
	}
	send(device,
	     (struct input_event){ .type = INPUT_WHEEL, .x = x, .y = y });
	return NULL;
}

const char *device_touch(struct device *device, unsigned slot, int32_t x,
			 int32_t y)
{
	if (!device->connected) {
		return no_client;
	}
	device->slots |= 1u << slot;
	send(device,
	     (struct input_event){
		     .type = INPUT_TOUCH, .code = slot, .x = x, .y = y });
	return NULL;
}

const char *device_untouch(struct device *device, unsigned slot)
{
	if (!device->connected) {
		return no_client;
	}
	if (!(device->slots >> slot & 1)) {
		return "is not touched";
	}
	device->slots &= ~(1u << slot);
	send(device,
	     (struct input_event){ .type = INPUT_UNTOUCH, .code = slot });
	return NULL;
}

const char *device_click(struct device *device, int32_t x, int32_t y,
			 unsigned button)
{
	if (is_pressed(device, button)) {
		return "the button is pressed already";
	}
	const char *problem = device_move(device, x, y);

	if (!problem) {
		press(device, button);
		release(device, button);
	}
	return problem;
}

const char *device_drag(struct device *device, int32_t x1, int32_t y1,
			int32_t x2, int32_t y2)
{
	if (is_pressed(device, BTN_LEFT)) {
		return "the button is pressed already";
	}
	const char *problem = device_move(device, x1, y1);

	if (problem) {
		return problem;
	}
	press(device, BTN_LEFT);
	for (int i = 1; i <= DEVICE_DRAG_STEPS; i++) {
		/* sent one by one, or they would merge into the last */
		device_move(device, x1 + (x2 - x1) * i / DEVICE_DRAG_STEPS,
			    y1 + (y2 - y1) * i / DEVICE_DRAG_STEPS);
		input_server_flush(device->server);
	}
	release(device, BTN_LEFT);
	return NULL;
}
