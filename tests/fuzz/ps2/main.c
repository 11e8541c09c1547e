/* What a PS/2 port may bring: keys stay balanced, dialogues come to an end. The
 * first byte chooses the devices, each further one comes a while later. */
#include <stdlib.h>

#include "driver/ps2/protocol/ps2.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct desk {
	bool pressed[256];
	struct ps2_device device;
	struct ps2_mouse_setup setup;
	unsigned commands;
};

static void check(bool good)
{
	if (!good)
		abort();
}

static void handle_key(void *user, unsigned code, bool pressed)
{
	struct desk *desk = user;

	check(code > 0 && code < 256 && desk->pressed[code] != pressed);
	desk->pressed[code] = pressed;
}

static void handle_packet(void *user, const struct ps2_packet *packet)
{
	(void)user;
	check(packet->x >= -256 && packet->x <= 255);
	check(packet->y >= -255 && packet->y <= 256);
	check(packet->wheel >= -127 && packet->wheel <= 128);
	check(packet->tilt >= -32 && packet->tilt <= 31);
	check(packet->buttons < 32);
}

static void handle_reset(void *user)
{
	struct desk *desk = user;

	for (unsigned code = 0; code < 256; code++)
		check(!desk->pressed[code]);
}

static void ignore_reset(void *user)
{
	(void)user;
}

static void send(void *user, uint8_t byte)
{
	struct desk *desk = user;

	(void)byte;
	check(++desk->commands < 200);
}

static void timer(void *user, unsigned ms)
{
	(void)user;
	(void)ms;
}

static bool next(void *user, const uint8_t *replies,
		 struct ps2_command *command)
{
	struct desk *desk = user;

	return ps2_mouse_setup_next(&desk->setup, replies, command);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ps2_keyboard_handler keys = {
		.key = handle_key, .reset = handle_reset
	};
	static const struct ps2_mouse_handler packets = {
		.packet = handle_packet, .reset = ignore_reset
	};
	static const struct ps2_device_handler device = { .send = send,
							  .timer = timer,
							  .next = next };
	struct desk desk = { .commands = 0 };
	struct ps2_keyboard keyboard;
	struct ps2_mouse mouse;
	struct ps2_command command;
	uint64_t now = 1;

	if (!size)
		return 0;
	ps2_keyboard_init(&keyboard, data[0] & 1 ? PS2_SET_1 : PS2_SET_2, &keys,
			  &desk);
	ps2_mouse_init(&mouse, data[0] >> 1 & 3 ? (data[0] >> 1 & 3) - 1u : 0,
		       &packets, &desk);
	ps2_device_init(&desk.device, &device, &desk);
	ps2_mouse_setup_begin(&desk.setup, &command);
	ps2_device_start(&desk.device, &command);
	for (size_t i = 1; i < size; i++) {
		now += data[i] % 7 == 6 ? 60000 : data[i] % 7 == 5 ? 6000 : 900;
		if (!ps2_device_byte(&desk.device, data[i])) {
			ps2_keyboard_byte(&keyboard, data[i], now);
			ps2_keyboard_check(&keyboard, now);
			ps2_mouse_byte(&mouse, data[i], now);
		}
	}
	for (unsigned i = 0; i < 40; i++)
		ps2_device_timeout(&desk.device);
	check(!desk.device.busy);
	ps2_keyboard_release_all(&keyboard);
	handle_reset(&desk);
	return 0;
}
