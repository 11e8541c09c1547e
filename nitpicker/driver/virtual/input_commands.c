#include "call.h"

#include <fcntl.h>
#include <inttypes.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void run_move(struct call *call)
{
	struct point at;

	if (call_point(call, 1, &at)) {
		call_result(call, NULL,
			    device_move(call->driver->device, at.x, at.y));
	}
}

void run_relative(struct call *call)
{
	long dx, dy;

	if (call_number(call, 1, -LIMIT_SIDE, LIMIT_SIDE, &dx) &&
	    call_number(call, 2, -LIMIT_SIDE, LIMIT_SIDE, &dy)) {
		call_result(call, NULL,
			    device_relative(call->driver->device, (int32_t)dx,
					    (int32_t)dy));
	}
}

void run_wheel(struct call *call)
{
	bool both = call_has(call, 2);
	int32_t x = 0, y = 0;

	if ((both && !call_notches(call, 1, &x)) ||
	    !call_notches(call, both ? 2 : 1, &y)) {
		return;
	}
	call_result(call, NULL, device_wheel(call->driver->device, x, y));
}

void run_touch(struct call *call)
{
	struct point at;
	long slot;

	if (call_number(call, 1, 0, DEVICE_SLOTS - 1, &slot) &&
	    call_point(call, 2, &at)) {
		call_result(call, NULL,
			    device_touch(call->driver->device, (unsigned)slot,
					 at.x, at.y));
	}
}

void run_untouch(struct call *call)
{
	long slot;

	if (call_number(call, 1, 0, DEVICE_SLOTS - 1, &slot)) {
		call_result(
			call, call_word(call, 1),
			device_untouch(call->driver->device, (unsigned)slot));
	}
}

void run_click(struct call *call)
{
	struct point at;
	unsigned button = BTN_LEFT;

	if (call_point(call, 1, &at) &&
	    (!call_has(call, 3) || call_code(call, 3, &button))) {
		call_result(
			call, NULL,
			device_click(call->driver->device, at.x, at.y, button));
	}
}

void run_drag(struct call *call)
{
	struct point from, to;

	if (call_point(call, 1, &from) && call_point(call, 3, &to)) {
		call_result(call, NULL,
			    device_drag(call->driver->device, from.x, from.y,
					to.x, to.y));
	}
}

/* ---- keys ---- */

void run_press(struct call *call)
{
	unsigned code;

	if (call_code(call, 1, &code)) {
		call_result(call, call_word(call, 1),
			    device_press(call->driver->device, code));
	}
}

void run_release(struct call *call)
{
	unsigned code;

	if (call_code(call, 1, &code)) {
		call_result(call, call_word(call, 1),
			    device_release(call->driver->device, code));
	}
}

void run_key(struct call *call)
{
	unsigned codes[DEVICE_CHORD];
	size_t count = call->words.count - 1;

	for (size_t i = 0; i < count; i++) {
		if (!call_code(call, i + 1, &codes[i])) {
			return;
		}
	}
	call_result(call, NULL,
		    device_chord(call->driver->device, codes, count));
}

void run_clipboard(struct call *call)
{
	struct device *device = call->driver->device;

	if (call_has(call, 1)) {
		device_set_clipboard(device, call_word(call, 1));
		call_answer(call, "ok");
	} else {
		call_answer(call, "ok %s", device_clipboard(device));
	}
}

void run_type(struct call *call)
{
	if (strlen(call_word(call, 1)) > COMMAND_TYPE_MAX) {
		call_answer(call, "error the text has more than %d bytes",
			    COMMAND_TYPE_MAX);
		return;
	}
	call_result(call, NULL,
		    device_type(call->driver->device, call_word(call, 1)));
}

void run_layout(struct call *call)
{
	call_result(call, "the layout",
		    device_set_layout(
			    call->driver->device, call_word(call, 1),
			    call_has(call, 2) ? call_word(call, 2) : NULL,
			    call_has(call, 3) ? call_word(call, 3) : NULL));
}

/* ---- recording ---- */

void run_record(struct call *call)
{
	struct recorder *recorder = &call->driver->recorder;

	if (!call_has(call, 1)) {
		uint64_t count;
		const char *problem = recorder_stop(recorder, &count);

		if (problem) {
			call_result(call, NULL, problem);
		} else {
			call_answer(call, "ok %" PRIu64, count);
		}
		return;
	}
	if (recorder_is_active(recorder)) {
		call_answer(call, "error a recording is under way");
		return;
	}
	int fd = call_file(call, 1, O_RDWR | O_CREAT);

	if (fd >= 0) {
		call_result(call, call_word(call, 1),
			    recorder_start(recorder, fd));
	}
}

void run_replay(struct call *call)
{
	char *end = NULL;
	double speed = call_has(call, 2) ? strtod(call_word(call, 2), &end) : 1;

	if (end && (end == call_word(call, 2) || *end ||
		    !(speed >= 0 && speed <= 1000))) {
		call_answer(call,
			    "error '%.40s' is not a number from 0 to 1000",
			    call_word(call, 2));
		return;
	}
	if (call->driver->replaying) {
		call_answer(call, "error a replay is under way");
		return;
	}
	int fd = call_file(call, 1, O_RDONLY);

	if (fd < 0) {
		return;
	}
	call->waits = replay_start(call->context->replay, fd, speed,
				   call->answer, call->answer_size);
	close(fd);
}
