#include "suite.h"

#include <stdio.h>
#include <string.h>

/*
 * A device made up: it acknowledges, identifies itself by the rates it was set
 * to, and can refuse or not be there.
 */
struct machine {
	struct ps2_device device;
	struct ps2_mouse_setup mouse;
	struct ps2_keyboard_setup keyboard;
	bool is_mouse;
	unsigned knows; /* the highest id of a mouse: 0, 3, 4 */
	bool lowers; /* says 3 at the second knock again */
	int refuses; /* this byte is answered by fe; -1: none */
	bool absent;
	uint8_t rates[3];
	bool parameter; /* the next byte is one */
	char sent[512];
	unsigned timer;
	uint8_t answer[8];
	unsigned answers;
};

static void reply(struct machine *machine, uint8_t byte)
{
	machine->answer[machine->answers++] = byte;
}

static uint8_t identity(const struct machine *machine)
{
	const uint8_t *rates = machine->rates;

	if (rates[0] == 200 && rates[1] == 100 && rates[2] == 80)
		return machine->knows >= 3 ? 3 : 0;
	if (rates[0] == 200 && rates[1] == 200 && rates[2] == 80)
		return machine->lowers ? 3 : (uint8_t)machine->knows;
	return 0;
}

static void answer_command(struct machine *machine, uint8_t byte)
{
	reply(machine, 0xfa);
	machine->parameter = byte == 0xf3 || byte == 0xe8 || byte == 0xed ||
			     byte == 0xf0;
	if (byte == 0xff) {
		reply(machine, 0xaa);
		if (machine->is_mouse)
			reply(machine, 0x00);
	} else if (byte == 0xf2) {
		reply(machine, identity(machine));
	}
}

static void send(void *user, uint8_t byte)
{
	struct machine *machine = user;
	size_t length = strlen(machine->sent);

	snprintf(machine->sent + length, sizeof(machine->sent) - length,
		 "%02x ", byte);
	if (machine->absent)
		return;
	if (byte == machine->refuses) {
		reply(machine, 0xfe);
	} else if (machine->parameter) {
		machine->parameter = false;
		memmove(machine->rates, machine->rates + 1, 2);
		machine->rates[2] = byte;
		reply(machine, 0xfa);
	} else {
		answer_command(machine, byte);
	}
}

static void timer(void *user, unsigned ms)
{
	((struct machine *)user)->timer = ms;
}

static bool next(void *user, const uint8_t *replies,
		 struct ps2_command *command)
{
	struct machine *machine = user;

	return machine->is_mouse
		       ? ps2_mouse_setup_next(&machine->mouse, replies, command)
		       : ps2_keyboard_setup_next(&machine->keyboard, replies,
						 command);
}

static const struct ps2_device_handler handler = {
	.send = send,
	.timer = timer,
	.next = next,
};

static void run(struct machine *machine, bool translated)
{
	struct ps2_command command;

	ps2_device_init(&machine->device, &handler, machine);
	if (machine->is_mouse)
		ps2_mouse_setup_begin(&machine->mouse, &command);
	else
		ps2_keyboard_setup_begin(&machine->keyboard, translated,
					 &command);
	ps2_device_start(&machine->device, &command);
	while (machine->device.busy) {
		if (machine->answers) {
			uint8_t byte = machine->answer[0];

			memmove(machine->answer, machine->answer + 1,
				--machine->answers);
			ck_assert(ps2_device_byte(&machine->device, byte));
		} else {
			ck_assert_uint_gt(machine->timer, 0);
			ps2_device_timeout(&machine->device);
		}
	}
	ck_assert_uint_eq(machine->timer, 0);
}

static enum ps2_mouse_type identify(struct machine machine)
{
	machine.is_mouse = true;
	run(&machine, false);
	ck_assert(machine.mouse.done);
	/* whatever it is, it reports */
	ck_assert_ptr_nonnull(strstr(machine.sent, "e8 03 f3 64 f4"));
	return ps2_mouse_setup_type(&machine.mouse);
}

START_TEST(mice)
{
	ck_assert_int_eq(identify((struct machine){ .refuses = -1 }),
			 PS2_MOUSE);
	ck_assert_int_eq(
		identify((struct machine){ .refuses = -1, .knows = 3 }),
		PS2_IMPS2);
	ck_assert_int_eq(
		identify((struct machine){ .refuses = -1, .knows = 4 }),
		PS2_EXPS2);
	/* one that says 3 again stays what it was */
	ck_assert_int_eq(identify((struct machine){
				 .refuses = -1, .knows = 4, .lowers = true }),
			 PS2_IMPS2);
	/* one that refuses the rate */
	ck_assert_int_eq(
		identify((struct machine){ .refuses = 200, .knows = 4 }),
		PS2_MOUSE);
}
END_TEST

START_TEST(no_mouse)
{
	struct machine machine = { .is_mouse = true,
				   .absent = true,
				   .refuses = -1 };

	run(&machine, false);
	ck_assert(!machine.mouse.present);
	ck_assert_str_eq(machine.sent, "ff ");
}
END_TEST

START_TEST(keyboards)
{
	struct machine translated = { .refuses = -1 };
	struct machine direct = { .refuses = -1 };
	struct machine dark = { .refuses = 0xed };

	run(&translated, true);
	ck_assert(translated.keyboard.done);
	ck_assert_str_eq(translated.sent, "ff ed 00 f3 20 f4 ");
	run(&direct, false);
	ck_assert(direct.keyboard.done);
	ck_assert_str_eq(direct.sent, "ff f0 02 ed 00 f3 20 f4 ");
	/* refused three times more, then done without */
	run(&dark, true);
	ck_assert(dark.keyboard.done);
	ck_assert_str_eq(dark.sent, "ff ed ed ed ed f3 20 f4 ");
}
END_TEST

START_TEST(no_keyboard)
{
	struct machine machine = { .absent = true, .refuses = -1 };

	run(&machine, true);
	ck_assert(!machine.keyboard.present);
}
END_TEST

START_TEST(data_before_the_acknowledgement)
{
	struct machine machine = { .absent = true, .refuses = -1 };
	struct ps2_command leds = { .byte = 0xed, .timeout_ms = 10 };

	ps2_device_init(&machine.device, &handler, &machine);
	ps2_device_start(&machine.device, &leds);
	ck_assert(!ps2_device_byte(&machine.device, 0x1e));
	ck_assert(ps2_device_byte(&machine.device, 0xfa));
}
END_TEST

Suite *setup_suite(void)
{
	Suite *suite = suite_create("setup");
	TCase *tests = tcase_create("setup");

	tcase_add_test(tests, mice);
	tcase_add_test(tests, no_mouse);
	tcase_add_test(tests, keyboards);
	tcase_add_test(tests, no_keyboard);
	tcase_add_test(tests, data_before_the_acknowledgement);
	suite_add_tcase(suite, tests);
	return suite;
}
