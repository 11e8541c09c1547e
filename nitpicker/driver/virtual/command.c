#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "compare.h"
#include "words.h"

struct call {
	struct driver *driver;
	struct command_context *context; /* NULL: input commands only */
	struct words words;
	char *answer;
	size_t answer_size;
	bool waits;
};

static void answer(struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void answer(struct call *call, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(call->answer, call->answer_size, format, arguments);
	va_end(arguments);
}

/* "ok", or the problem with what it is about. */
static void answer_result(struct call *call, const char *about,
			  const char *problem)
{
	if (!problem) {
		answer(call, "ok");
	} else if (about) {
		answer(call, "error %.64s %s", about, problem);
	} else {
		answer(call, "error %s", problem);
	}
}

static const char *word(const struct call *call, size_t i)
{
	return call->words.at[i];
}

static bool has_word(const struct call *call, size_t i)
{
	return i < call->words.count;
}

/* ---- arguments ---- */

static bool get_number(struct call *call, size_t i, long min, long max,
		       long *out)
{
	if (words_number(word(call, i), min, max, out)) {
		return true;
	}
	answer(call, "error '%.40s' is not a number from %ld to %ld",
	       word(call, i), min, max);
	return false;
}

/* Two words: a point of the output. */
static bool get_point(struct call *call, size_t i, struct point *point)
{
	const struct display_mode *mode = display_mode(call->driver->display);
	long x, y;

	if (!get_number(call, i, 0, (long)mode->w - 1, &x) ||
	    !get_number(call, i + 1, 0, (long)mode->h - 1, &y)) {
		return false;
	}
	*point = (struct point){ (int32_t)x, (int32_t)y };
	return true;
}

static bool get_code(struct call *call, size_t i, unsigned *code)
{
	int found = input_code(word(call, i));

	if (found < 0) {
		answer(call, "error no key or button is named '%.40s'",
		       word(call, i));
		return false;
	}
	*code = (unsigned)found;
	return true;
}

/* Notches with a fraction -> 1/120 notches. */
static bool get_notches(struct call *call, size_t i, int32_t *out)
{
	char *end;
	double notches = strtod(word(call, i), &end);

	if (end == word(call, i) || *end || !(fabs(notches) <= 1000)) {
		answer(call, "error '%.40s' is not a number from -1000 to 1000",
		       word(call, i));
		return false;
	}
	*out = (int32_t)lround(notches * 120);
	return true;
}

/*
 * The file of a command: the descriptor that came along, else the path in
 * word i, absolute. Only regular files, so that nothing here can block. The
 * result is the caller's; -1 with an answer.
 */
static int get_file(struct call *call, size_t i, int flags)
{
	const char *path = word(call, i);
	int fd = call->context->fds[0];
	struct stat status;

	call->context->fds[0] = -1;
	if (fd < 0 && path[0] != '/') {
		answer(call, "error %.200s is not an absolute path", path);
		return -1;
	}
	if (fd < 0) {
		fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
			  0666);
	}
	if (fd < 0) {
		answer(call, "error %.200s: %s", path, strerror(errno));
		return -1;
	}
	if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode)) {
		answer(call, "error %.200s is not a regular file", path);
		close(fd);
		return -1;
	}
	return fd;
}

/* ---- the output ---- */

static void change_mode(struct call *call, const struct display_mode *mode)
{
	answer_result(call, NULL,
		      display_set_mode(call->driver->display, mode));
}

static void run_mode(struct call *call)
{
	struct display_mode mode = *display_mode(call->driver->display);
	long w, h;

	if (!get_number(call, 1, 1, LIMIT_SIDE, &w) ||
	    !get_number(call, 2, 1, LIMIT_SIDE, &h)) {
		return;
	}
	if (has_word(call, 3) && strcmp(word(call, 3), "rgb565") != 0 &&
	    strcmp(word(call, 3), "xrgb8888") != 0) {
		answer(call, "error '%.40s' is not rgb565 or xrgb8888",
		       word(call, 3));
		return;
	}
	mode.w = (uint32_t)w;
	mode.h = (uint32_t)h;
	mode.format = has_word(call, 3) && !strcmp(word(call, 3), "rgb565")
			      ? FORMAT_RGB565
			      : FORMAT_XRGB8888;
	change_mode(call, &mode);
}

static void run_rate(struct call *call)
{
	struct display_mode mode = *display_mode(call->driver->display);
	long rate;

	if (get_number(call, 1, 0, 1000, &rate)) {
		mode.rate = (uint32_t)rate;
		change_mode(call, &mode);
	}
}

static void run_frames(struct call *call)
{
	const struct display *display = call->driver->display;

	answer(call, "ok %" PRIu64 " %" PRIu64, display_frames(display),
	       display_pixels(display));
}

static void run_pixel(struct call *call)
{
	struct point at;

	if (get_point(call, 1, &at)) {
		answer(call, "ok #%06x",
		       display_pixel(call->driver->display, at.x, at.y));
	}
}

static void run_screenshot(struct call *call)
{
	int fd = get_file(call, 1, O_RDWR | O_CREAT);

	if (fd < 0) {
		return;
	}
	struct blit_surface surface = display_surface(call->driver->display);
	struct picture picture;
	const char *problem = picture_copy(&picture, &surface);

	if (!problem) {
		problem = picture_save(&picture, fd);
		picture_finish(&picture);
	}
	answer_result(call, word(call, 1), problem);
	close(fd);
}

static bool get_masks(struct call *call, size_t i,
		      struct comparison *comparison)
{
	for (; has_word(call, i); i += 5) {
		struct rect *mask = &comparison->masks[comparison->mask_count];
		long value[4];

		if (strcmp(word(call, i), "mask") != 0 ||
		    call->words.count - i < 5) {
			answer(call, "error a mask is: mask X Y W H");
			return false;
		}
		if (comparison->mask_count == COMPARISON_MASKS) {
			answer(call, "error more than %d masks",
			       COMPARISON_MASKS);
			return false;
		}
		for (size_t k = 0; k < 4; k++) {
			if (!get_number(call, i + 1 + k, 0, LIMIT_SIDE,
					&value[k])) {
				return false;
			}
		}
		*mask = (struct rect){ (int32_t)value[0], (int32_t)value[1],
				       (int32_t)value[2], (int32_t)value[3] };
		comparison->mask_count++;
	}
	return true;
}

/* "shot.png" -> "shot.diff.png"; owned by the caller. */
static char *difference_name(const char *path)
{
	size_t length = strlen(path);

	if (length > 4 && !strcmp(path + length - 4, ".png")) {
		length -= 4;
	}
	return xasprintf("%.*s.diff.png", (int)length, path);
}

static int open_difference(struct call *call, const char *path)
{
	int fd = call->context->fds[1];

	call->context->fds[1] = -1;
	if (fd >= 0 || path[0] != '/') {
		return fd;
	}
	return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
		    0666);
}

static void compare(struct call *call, struct comparison *comparison, int fd)
{
	struct blit_surface surface = display_surface(call->driver->display);
	const char *problem = comparison_run(comparison, &surface, fd);

	if (problem) {
		answer_result(call, word(call, 1), problem);
		return;
	}
	if (!comparison->differing) {
		answer(call, "ok");
		return;
	}
	char *path = difference_name(word(call, 1));
	int out = open_difference(call, path);

	problem = comparison_save(comparison, out);
	answer(call, "error %" PRIu64 " pixels differ, %.300s%s%s",
	       comparison->differing, path, problem ? ": " : "",
	       problem ? problem : "");
	if (out >= 0) {
		close(out);
	}
	free(path);
}

static void run_compare(struct call *call)
{
	struct comparison comparison = { 0 };
	size_t masks = 2;
	long tolerance = 0;

	if (has_word(call, 2) && strcmp(word(call, 2), "mask") != 0) {
		if (!get_number(call, 2, 0, 255, &tolerance)) {
			return;
		}
		masks = 3;
	}
	comparison.tolerance = (int)tolerance;
	if (!get_masks(call, masks, &comparison)) {
		return;
	}
	int fd = get_file(call, 1, O_RDONLY);

	if (fd >= 0) {
		compare(call, &comparison, fd);
		comparison_finish(&comparison);
		close(fd);
	}
}

static void run_settle(struct call *call)
{
	long quiet = 100, limit = 5000;

	if ((has_word(call, 1) &&
	     !get_number(call, 1, 1, COMMAND_LIMIT_MAX, &quiet)) ||
	    (has_word(call, 2) &&
	     !get_number(call, 2, 1, COMMAND_LIMIT_MAX, &limit))) {
		return;
	}
	call->waits = true;
	settle_start(call->context->settle, (uint32_t)quiet, (uint32_t)limit);
}

/* ---- pointer and touch ---- */

static void run_move(struct call *call)
{
	struct point at;

	if (get_point(call, 1, &at)) {
		answer_result(call, NULL,
			      device_move(call->driver->device, at.x, at.y));
	}
}

static void run_relative(struct call *call)
{
	long dx, dy;

	if (get_number(call, 1, -LIMIT_SIDE, LIMIT_SIDE, &dx) &&
	    get_number(call, 2, -LIMIT_SIDE, LIMIT_SIDE, &dy)) {
		answer_result(call, NULL,
			      device_relative(call->driver->device, (int32_t)dx,
					      (int32_t)dy));
	}
}

static void run_wheel(struct call *call)
{
	bool both = has_word(call, 2);
	int32_t x = 0, y = 0;

	if ((both && !get_notches(call, 1, &x)) ||
	    !get_notches(call, both ? 2 : 1, &y)) {
		return;
	}
	answer_result(call, NULL, device_wheel(call->driver->device, x, y));
}

static void run_touch(struct call *call)
{
	struct point at;
	long slot;

	if (get_number(call, 1, 0, DEVICE_SLOTS - 1, &slot) &&
	    get_point(call, 2, &at)) {
		answer_result(call, NULL,
			      device_touch(call->driver->device, (unsigned)slot,
					   at.x, at.y));
	}
}

static void run_untouch(struct call *call)
{
	long slot;

	if (get_number(call, 1, 0, DEVICE_SLOTS - 1, &slot)) {
		answer_result(
			call, word(call, 1),
			device_untouch(call->driver->device, (unsigned)slot));
	}
}

static void run_click(struct call *call)
{
	struct point at;
	unsigned button = BTN_LEFT;

	if (get_point(call, 1, &at) &&
	    (!has_word(call, 3) || get_code(call, 3, &button))) {
		answer_result(
			call, NULL,
			device_click(call->driver->device, at.x, at.y, button));
	}
}

static void run_drag(struct call *call)
{
	struct point from, to;

	if (get_point(call, 1, &from) && get_point(call, 3, &to)) {
		answer_result(call, NULL,
			      device_drag(call->driver->device, from.x, from.y,
					  to.x, to.y));
	}
}

/* ---- keys ---- */

static void run_press(struct call *call)
{
	unsigned code;

	if (get_code(call, 1, &code)) {
		answer_result(call, word(call, 1),
			      device_press(call->driver->device, code));
	}
}

static void run_release(struct call *call)
{
	unsigned code;

	if (get_code(call, 1, &code)) {
		answer_result(call, word(call, 1),
			      device_release(call->driver->device, code));
	}
}

static void run_key(struct call *call)
{
	unsigned codes[DEVICE_CHORD];
	size_t count = call->words.count - 1;

	for (size_t i = 0; i < count; i++) {
		if (!get_code(call, i + 1, &codes[i])) {
			return;
		}
	}
	answer_result(call, NULL,
		      device_chord(call->driver->device, codes, count));
}

static void run_type(struct call *call)
{
	if (strlen(word(call, 1)) > COMMAND_TYPE_MAX) {
		answer(call, "error the text has more than %d bytes",
		       COMMAND_TYPE_MAX);
		return;
	}
	answer_result(call, NULL,
		      device_type(call->driver->device, word(call, 1)));
}

/* ---- recording ---- */

static void run_record(struct call *call)
{
	struct recorder *recorder = &call->driver->recorder;

	if (!has_word(call, 1)) {
		uint64_t count;
		const char *problem = recorder_stop(recorder, &count);

		if (problem) {
			answer_result(call, NULL, problem);
		} else {
			answer(call, "ok %" PRIu64, count);
		}
		return;
	}
	if (recorder_is_active(recorder)) {
		answer(call, "error a recording is under way");
		return;
	}
	int fd = get_file(call, 1, O_RDWR | O_CREAT);

	if (fd >= 0) {
		answer_result(call, word(call, 1),
			      recorder_start(recorder, fd));
	}
}

static void run_replay(struct call *call)
{
	char *end = NULL;
	double speed = has_word(call, 2) ? strtod(word(call, 2), &end) : 1;

	if (end &&
	    (end == word(call, 2) || *end || !(speed >= 0 && speed <= 1000))) {
		answer(call, "error '%.40s' is not a number from 0 to 1000",
		       word(call, 2));
		return;
	}
	if (call->driver->replaying) {
		answer(call, "error a replay is under way");
		return;
	}
	int fd = get_file(call, 1, O_RDONLY);

	if (fd < 0) {
		return;
	}
	call->waits = replay_start(call->context->replay, fd, speed,
				   call->answer, call->answer_size);
	close(fd);
}

/* ---- the table ---- */

struct entry {
	const char *name, *usage;
	void (*run)(struct call *call);
	uint8_t min, max; /* words behind the name */
	bool input; /* is recorded and can be replayed */
	bool text; /* what follows the name is one word */
};

static const struct entry entries[] = {
	{ "mode", "W H [rgb565]", run_mode, 2, 3, false, false },
	{ "rate", "HZ", run_rate, 1, 1, false, false },
	{ "move", "X Y", run_move, 2, 2, true, false },
	{ "relative", "DX DY", run_relative, 2, 2, true, false },
	{ "wheel", "[X] Y", run_wheel, 1, 2, true, false },
	{ "touch", "SLOT X Y", run_touch, 3, 3, true, false },
	{ "untouch", "SLOT", run_untouch, 1, 1, true, false },
	{ "press", "NAME", run_press, 1, 1, true, false },
	{ "release", "NAME", run_release, 1, 1, true, false },
	{ "key", "NAME...", run_key, 1, DEVICE_CHORD, true, false },
	{ "click", "X Y [BTN_LEFT]", run_click, 2, 3, true, false },
	{ "drag", "X1 Y1 X2 Y2", run_drag, 4, 4, true, false },
	{ "type", "TEXT", run_type, 1, 1, true, true },
	{ "settle", "[MS [LIMIT]]", run_settle, 0, 2, false, false },
	{ "frames", "", run_frames, 0, 0, false, false },
	{ "pixel", "X Y", run_pixel, 2, 2, false, false },
	{ "screenshot", "FILE.png", run_screenshot, 1, 1, false, false },
	{ "compare", "FILE.png [TOLERANCE] [mask X Y W H]...", run_compare, 1,
	  2 + 5 * COMPARISON_MASKS, false, false },
	{ "record", "[FILE]", run_record, 0, 1, false, false },
	{ "replay", "FILE [SPEED]", run_replay, 1, 2, false, false },
};

/* By the first word of a line. */
static const struct entry *find(const char *line)
{
	size_t length = strcspn(line, " ");

	for (size_t i = 0; i < array_size(entries); i++) {
		if (strlen(entries[i].name) == length &&
		    !strncmp(entries[i].name, line, length)) {
			return &entries[i];
		}
	}
	return NULL;
}

bool command_is_input(const char *line)
{
	const struct entry *entry = find(line);

	return entry && entry->input;
}

static void run(struct call *call, char *line, size_t length)
{
	if (strlen(line) != length || !wire_text_is_valid(line, length)) {
		answer(call, "error not a line of text");
		return;
	}
	const struct entry *entry = find(line);

	if (!entry || (!call->context && !entry->input)) {
		answer(call, "error unknown command '%.40s'", line);
		return;
	}
	char *recorded = entry->input ? xstrdup(line) : NULL;

	if (!words_split(&call->words, line, entry->text) ||
	    call->words.count - 1 < entry->min ||
	    call->words.count - 1 > entry->max) {
		answer(call, "error usage: %s%s%s", entry->name,
		       *entry->usage ? " " : "", entry->usage);
	} else {
		entry->run(call);
	}
	if (recorded && !strncmp(call->answer, "ok", 2)) {
		recorder_add(&call->driver->recorder, recorded);
	}
	free(recorded);
}

bool command_run(struct command_context *context, char *line, size_t length)
{
	struct call call = {
		.driver = context->driver,
		.context = context,
		.answer = context->answer,
		.answer_size = sizeof(context->answer),
	};

	context->answer[0] = '\0';
	run(&call, line, length);
	return !call.waits;
}

bool command_run_input(struct driver *driver, char *line, size_t length,
		       char *answer_text, size_t answer_size)
{
	struct call call = {
		.driver = driver,
		.answer = answer_text,
		.answer_size = answer_size,
	};

	answer_text[0] = '\0';
	run(&call, line, length);
	return !strncmp(answer_text, "ok", 2);
}
