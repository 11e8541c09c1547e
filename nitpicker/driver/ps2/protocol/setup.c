#include <string.h>

#include "ps2.h"

enum {
	GET_ID = 0xf2,
	SET_RATE = 0xf3, /* mouse: samples/s; keyboard: of its repeat */
	ENABLE = 0xf4,
	SET_RESOLUTION = 0xe8,
	SET_LEDS = 0xed,
	SET_SCAN_CODES = 0xf0,
	ID_WHEEL = 3,
	ID_FIVE_BUTTONS = 4,
	EIGHT_PER_MM = 3,
	AFTER_500_MS_30_HZ = 0x20,
	ANSWER_MS = 200, /* 20 ms are allowed; some need more */
	TEST_MS = 2000, /* 500 to 750 ms are allowed; some need more */
};

static bool fill(struct ps2_command *command, uint8_t byte, uint8_t replies)
{
	*command = (struct ps2_command){
		.byte = byte,
		.replies = replies,
		.timeout_ms = byte == PS2_RESET ? TEST_MS : ANSWER_MS,
	};
	return true;
}

/* ---- mouse ---- */

/* Steps of the mouse. */
enum { SECOND_KNOCK = 8, HABITS = 15, MOUSE_STEPS = 20 };

static const struct {
	uint8_t byte, replies;
} mouse_steps[MOUSE_STEPS] = {
	{ PS2_RESET, 2 },
	/* 200, 100, 80: the knock of the wheel */
	{ SET_RATE, 0 },
	{ 200, 0 },
	{ SET_RATE, 0 },
	{ 100, 0 },
	{ SET_RATE, 0 },
	{ 80, 0 },
	{ GET_ID, 1 },
	/* 200, 200, 80: that of the five buttons */
	[SECOND_KNOCK] = { SET_RATE, 0 },
	{ 200, 0 },
	{ SET_RATE, 0 },
	{ 200, 0 },
	{ SET_RATE, 0 },
	{ 80, 0 },
	{ GET_ID, 1 },
	[HABITS] = { SET_RESOLUTION, 0 },
	{ EIGHT_PER_MM, 0 },
	{ SET_RATE, 0 },
	{ 100, 0 },
	{ ENABLE, 0 },
};

void ps2_mouse_setup_begin(struct ps2_mouse_setup *setup,
			   struct ps2_command *command)
{
	*setup = (struct ps2_mouse_setup){ 0 };
	fill(command, PS2_RESET, 2);
}

bool ps2_mouse_setup_next(struct ps2_mouse_setup *setup, const uint8_t *replies,
			  struct ps2_command *command)
{
	unsigned step = setup->step++;

	if (step == 0 && (!replies || replies[0] != PS2_TEST_PASSED))
		return false; /* there is no mouse */
	setup->present = true;
	if (mouse_steps[step].byte == GET_ID && replies) {
		uint8_t id = replies[0];

		if (id == ID_WHEEL ||
		    (id == ID_FIVE_BUTTONS && setup->id == ID_WHEEL))
			setup->id = id;
	}
	/* One that refuses a part of a knock doesn't know it. */
	if (setup->step < SECOND_KNOCK && !replies)
		setup->step = HABITS;
	if (setup->step == SECOND_KNOCK && setup->id != ID_WHEEL)
		setup->step = HABITS;
	if (setup->step > SECOND_KNOCK && setup->step < HABITS && !replies)
		setup->step = HABITS;
	/* A refused first byte of a command takes its second with it. */
	if (!replies && (step == HABITS || step == HABITS + 2))
		setup->step++;
	if (setup->step == MOUSE_STEPS) {
		setup->done = replies != NULL;
		return false;
	}
	return fill(command, mouse_steps[setup->step].byte,
		    mouse_steps[setup->step].replies);
}

enum ps2_mouse_type ps2_mouse_setup_type(const struct ps2_mouse_setup *setup)
{
	return setup->id == ID_FIVE_BUTTONS ? PS2_EXPS2
	       : setup->id == ID_WHEEL      ? PS2_IMPS2
					    : PS2_MOUSE;
}

/* ---- keyboard ---- */

static const uint8_t keyboard_steps[] = {
	PS2_RESET, SET_SCAN_CODES,     2,      SET_LEDS, 0,
	SET_RATE,  AFTER_500_MS_30_HZ, ENABLE,
};

enum {
	KEYBOARD_SET_STEP = 1,
	KEYBOARD_LED_STEP = 3,
	KEYBOARD_STEPS = sizeof(keyboard_steps),
};

void ps2_keyboard_setup_begin(struct ps2_keyboard_setup *setup, bool translated,
			      struct ps2_command *command)
{
	*setup = (struct ps2_keyboard_setup){ .translated = translated };
	fill(command, PS2_RESET, 1);
}

bool ps2_keyboard_setup_next(struct ps2_keyboard_setup *setup,
			     const uint8_t *replies,
			     struct ps2_command *command)
{
	unsigned step = setup->step++;

	if (step == 0 && (!replies || replies[0] != PS2_TEST_PASSED))
		return false; /* there is no keyboard */
	setup->present = true;
	if (setup->step == KEYBOARD_SET_STEP && setup->translated)
		setup->step = KEYBOARD_LED_STEP;
	/* A refused first byte of a command takes its second with it. */
	if (!replies &&
	    (step == KEYBOARD_SET_STEP || step == KEYBOARD_LED_STEP ||
	     step == KEYBOARD_LED_STEP + 2))
		setup->step++;
	if (setup->step == KEYBOARD_STEPS) {
		setup->done = replies != NULL;
		return false;
	}
	return fill(command, keyboard_steps[setup->step], 0);
}
