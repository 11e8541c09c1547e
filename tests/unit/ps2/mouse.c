#include "suite.h"

#include <stdio.h>
#include <string.h>

struct heard {
	char text[4096];
	uint64_t now;
	struct ps2_mouse mouse;
};

static void handle_packet(void *user, const struct ps2_packet *packet)
{
	struct heard *heard = user;
	size_t length = strlen(heard->text);

	snprintf(heard->text + length, sizeof(heard->text) - length,
		 "%d,%d,%d,%d,%u ", packet->x, packet->y, packet->wheel,
		 packet->tilt, packet->buttons);
}

static void handle_reset(void *user)
{
	strcat(((struct heard *)user)->text, "reset ");
}

static const struct ps2_mouse_handler handler = {
	.packet = handle_packet,
	.reset = handle_reset,
};

/* Bytes as hex, 1 ms apart; "." is 100 ms of silence. */
static void expect(enum ps2_mouse_type type, const char *hex, const char *want)
{
	struct heard heard = { .now = 1000000 };
	unsigned byte;

	ps2_mouse_init(&heard.mouse, type, &handler, &heard);
	for (; *hex; hex++) {
		if (*hex == '.') {
			heard.now += 100000;
		} else if (*hex != ' ' && sscanf(hex, "%2x", &byte) == 1) {
			heard.now += 1000;
			ps2_mouse_byte(&heard.mouse, (uint8_t)byte, heard.now);
			hex++;
		}
	}
	ck_assert_str_eq(heard.text, want);
}

START_TEST(movement)
{
	expect(PS2_MOUSE, "080a00 2800f9 18fb03",
	       "10,0,0,0,0 0,7,0,0,0 -5,-3,0,0,0 ");
	expect(PS2_EXPS2, "080a0000 2800f900", "10,0,0,0,0 0,7,0,0,0 ");
}
END_TEST

START_TEST(buttons)
{
	expect(PS2_MOUSE, "090000 0a0000 0c0000 080000",
	       "0,0,0,0,1 0,0,0,0,2 0,0,0,0,4 0,0,0,0,0 ");
	expect(PS2_EXPS2, "08000010 08000020 08000000",
	       "0,0,0,0,8 0,0,0,0,16 0,0,0,0,0 ");
}
END_TEST

START_TEST(wheel_and_tilt)
{
	expect(PS2_IMPS2, "080000ff 08000001", "0,0,1,0,0 0,0,-1,0,0 ");
	expect(PS2_EXPS2, "0800000f 08000001", "0,0,1,0,0 0,0,-1,0,0 ");
	expect(PS2_EXPS2, "08000041 0800007f 08000081",
	       "0,0,0,1,0 0,0,0,-1,0 0,0,-1,0,0 ");
}
END_TEST

START_TEST(overflow)
{
	expect(PS2_MOUSE, "487f05 885522", "0,-5,0,0,0 85,0,0,0,0 ");
}
END_TEST

START_TEST(in_step_again)
{
	/* no first byte */
	expect(PS2_MOUSE, "0102 080a00", "10,0,0,0,0 ");
	/* half a packet, silence, a whole one */
	expect(PS2_MOUSE, "080a . 080b00", "11,0,0,0,0 ");
	/* a byte is lost: the next packet's first byte is no wheel */
	expect(PS2_IMPS2, "080a00 080a0000", "10,0,0,0,0 ");
	expect(PS2_EXPS2, "090a00 090a0000", "10,0,0,0,1 ");
}
END_TEST

START_TEST(plugged_in_again)
{
	expect(PS2_EXPS2, "08010000 aa00 08020000",
	       "1,0,0,0,0 reset 2,0,0,0,0 ");
}
END_TEST

Suite *mouse_suite(void)
{
	Suite *suite = suite_create("mouse");
	TCase *tests = tcase_create("mouse");

	tcase_add_test(tests, movement);
	tcase_add_test(tests, buttons);
	tcase_add_test(tests, wheel_and_tilt);
	tcase_add_test(tests, overflow);
	tcase_add_test(tests, in_step_again);
	tcase_add_test(tests, plugged_in_again);
	suite_add_tcase(suite, tests);
	return suite;
}
