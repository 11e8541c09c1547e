/* What the user does, and what must come of it. */
#include <linux/input-event-codes.h>
#include <string.h>
#include <sys/param.h>

#include "scene.h"

/* The buffer's pixel at (x,y) of the output is not transparent. */
static bool has_ink(const struct view *view, int x, int y)
{
	const struct buffer *buffer = &view->session->buffer;
	const struct rect all = { 0, 0, (int)buffer->w, (int)buffer->h };
	const char *row = buffer->pixels;

	x -= view->place.x + view->offset.x;
	y -= view->place.y + view->offset.y;
	return row && rect_has_point(all, x, y) &&
	       ((const uint32_t *)(row + (size_t)y * buffer->stride))[x] >> 24;
}

/* One of its views lies under the pointer, whatever is in front of it, and
 * takes input there. */
static bool is_under_pointer(const struct session *session)
{
	const struct core *core = session->core;
	int x = core->pointer.x, y = core->pointer.y;

	if (session->domain->hover_focused &&
	    (!core->focus || core->focus->domain != session->domain))
		return false;
	for (uint32_t i = 0; i < session->view_count; i++) {
		const struct view *view = session->views[i];

		if (!view->placed || !rect_has_point(view->place, x, y))
			continue;
		if (rect_has_point(view_content(view), x, y) ||
		    session->domain->input_always ||
		    (session->buffer.format == FORMAT_ARGB8888 &&
		     has_ink(view, x, y)))
			return true;
	}
	return false;
}

/* Who gets a sequence that begins with that key. */
static const struct session *first_receiver(const struct core *core,
					    uint32_t code)
{
	const struct policy *policy = &core->policy;

	for (unsigned i = 0; i < policy->global_count && !core->locked; i++) {
		const struct session *s = TAILQ_FIRST(&core->sessions);

		while (s && strcmp(s->label, policy->globals[i].label) != 0)
			s = TAILQ_NEXT(s, link);
		if (s && policy->globals[i].code == (int)code)
			return s;
	}
	return core->focus;
}

void scene_event(struct scene *scene, struct input_event event)
{
	struct core *core = &scene->core;
	const struct session *first = first_receiver(core, event.code);
	const struct session *receiver = core->input.receiver;
	bool quiet = !core->input.held, own = core->input.supers;
	const struct outcome *out = &scene->outcome;

	own |= core->kill;
	scene->outcome = (struct outcome){ 0 };
	event.time_us = scene->now_us;
	if (event.type == INPUT_PRESS) {
		own |= policy_mode_key(&core->policy, (int)event.code, own,
				       core->input.shifts > 0) ||
		       event.code == KEY_LEFTMETA ||
		       event.code == KEY_RIGHTMETA ||
		       isset(core->input.down, event.code);
		setbit(scene->down, event.code);
	}
	if (event.type == INPUT_RELEASE)
		clrbit(scene->down, event.code);
	core_input(core, &event);
	core_update(core);
	if (core->kill && (out->presses || out->motions || out->others))
		scene_fail(scene, "input in kill mode");
	if (core->locked && ((out->press && !out->press->domain->lock) ||
			     (out->motion && !out->motion->domain->lock) ||
			     (core->focus && !core->focus->domain->lock)))
		scene_fail(scene, "somebody else while it is locked");
	if (out->presses > 1 || (out->presses && own))
		scene_fail(scene, "key %u reached a client", event.code);
	if (event.type == INPUT_PRESS && event.code < BTN_MISC && !own &&
	    (quiet ? out->press != first : out->press != receiver))
		scene_fail(scene, "key %u reached another one", event.code);
	if (out->motion && core->input.held &&
	    out->motion != core->input.receiver)
		scene_fail(scene, "motion in the drag of another one");
	if (out->motion && !core->input.held && !is_under_pointer(out->motion))
		scene_fail(scene, "motion outside of all its views");
	ledger_check(scene);
}

static void key(struct scene *scene)
{
	static const uint32_t codes[] = {
		BTN_LEFT,      BTN_LEFT,     BTN_RIGHT,      KEY_A,
		KEY_B,         KEY_LEFTCTRL, KEY_LEFTSHIFT,  KEY_RIGHTSHIFT,
		KEY_LEFTMETA,  KEY_TAB,      KEY_SCROLLLOCK, KEY_X,
		KEY_RIGHTMETA, KEY_K,        KEY_SYSRQ,      KEY_ESC,
		KEY_L,
	};
	uint32_t code = codes[choose(&scene->choice, array_size(codes))];
	struct input_event event = { .type = INPUT_PRESS, .code = code };

	/* Devices that repeat themselves are rare. */
	if (choose(&scene->choice, 12))
		event.type = isset(scene->down, code) ? INPUT_RELEASE
						      : INPUT_PRESS;
	else
		event.type = choose(&scene->choice, 2) ? INPUT_PRESS
						       : INPUT_RELEASE;
	scene->doing = event.type == INPUT_PRESS ? "press" : "release";
	scene_event(scene, event);
	if (event.type == INPUT_PRESS && code < BTN_MISC &&
	    choose(&scene->choice, 2))
		scene_event(
			scene,
			(struct input_event){
				.type = INPUT_CHARACTER,
				.code = choose(&scene->choice, 4) ? code : 0,
				.character = 'a' });
}

void scene_device(struct scene *scene)
{
	struct core *core = &scene->core;
	int x = (int)choose(&scene->choice, 120) - 8;
	int y = (int)choose(&scene->choice, 100) - 8;
	uint32_t slot = choose(&scene->choice, 3);
	struct input_event event = { .type = INPUT_MOTION, .x = x, .y = y };

	scene->doing = "motion";
	switch (choose(&scene->choice, 12)) {
	case 0:
		event.type = INPUT_RELATIVE;
		break;
	case 1:
		event.type = INPUT_WHEEL;
		break;
	case 2:
		event.type = INPUT_TOUCH;
		event.code = slot;
		break;
	case 3:
		event.type = INPUT_UNTOUCH;
		event.code = slot;
		break;
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
		key(scene);
		return;
	default:
		if (core->input.held || choose(&scene->choice, 8))
			break;
		event.type = INPUT_HOVER_LEAVE;
	}
	scene_event(scene, event);
}
