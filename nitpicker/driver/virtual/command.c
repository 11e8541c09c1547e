#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "call.h"
#include "compare.h"

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
	{ "layout", "NAME [VARIANT [OPTIONS]]", run_layout, 1, 3, true, false },
	{ "clipboard", "[TEXT]", run_clipboard, 0, 1, false, true },
	{ "settle", "[MS [LIMIT]]", run_settle, 0, 2, false, false },
	{ "frames", "", run_frames, 0, 0, false, false },
	{ "pixel", "X Y", run_pixel, 2, 2, false, false },
	{ "cursor", "", run_cursor, 0, 0, false, false },
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
		call_answer(call, "error not a line of text");
		return;
	}
	const struct entry *entry = find(line);

	if (!entry || (!call->context && !entry->input)) {
		call_answer(call, "error unknown command '%.40s'", line);
		return;
	}
	char *recorded = entry->input ? xstrdup(line) : NULL;

	if (!words_split(&call->words, line, entry->text) ||
	    call->words.count - 1 < entry->min ||
	    call->words.count - 1 > entry->max) {
		call_answer(call, "error usage: %s%s%s", entry->name,
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
