#define _GNU_SOURCE
#include "keyboard.h"

#include <linux/input-event-codes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#define explicit explicit_ /* a name of a member */
#include <xcb/xkb.h>
#undef explicit
#include <xcb/xtest.h>

#include "base/alloc.h"
#include "base/log.h"
#include "codes.h"

enum {
	CODES = KEYCODE_MAX - KEYCODE_MIN + 1,
	KEYSYMS_MAX = 32, /* of one code */
	/* As the characters of Input repeat. */
	REPEAT_DELAY_MS = 400,
	REPEAT_PERIOD_MS = 33,
	/* Modifiers by the rules of xkb-data. */
	MODIFIER_NUM = XCB_MOD_MASK_2,
	CORE_KEYBOARD = XCB_XKB_ID_USE_CORE_KBD,
};

enum { NAME_BYTES = sizeof(((struct wire_str64 *)0)->text) + 1 };

struct layout {
	char layout[NAME_BYTES], variant[NAME_BYTES], options[NAME_BYTES];
};

struct keyboard {
	struct display *display;
	char *authority;
	void (*ready)(void *user);
	void *user;
	bool waited; /* somebody got false */

	uint8_t down[KEYCODE_MAX / 8 + 1]; /* key codes that we hold */
	uint32_t locks; /* LOCK_*, as told */
	bool locks_known;

	/* Meanings of the codes when nothing was changed, and the pool; not
	 * known while `asking`. */
	uint32_t *keysyms;
	unsigned per_code, asking;
	struct spare spare;
	struct timer rested;

	struct layout current, wanted, refused;
	bool current_known;
	pid_t setter; /* 0: no setxkbmap runs */
	struct loop_source *setter_source;
};

/* ---- sending ---- */

static void fake(struct keyboard *keyboard, uint8_t code, bool pressed)
{
	uint8_t bit = (uint8_t)(1u << (code % 8));

	if (pressed)
		keyboard->down[code / 8] |= bit;
	else
		keyboard->down[code / 8] &= (uint8_t)~bit;
	xcb_test_fake_input(keyboard->display->connection,
			    pressed ? XCB_KEY_PRESS : XCB_KEY_RELEASE, code,
			    XCB_CURRENT_TIME, XCB_NONE, 0, 0, 0);
	display_flush(keyboard->display);
}

static bool is_down(const struct keyboard *keyboard, uint8_t code)
{
	return keyboard->down[code / 8] >> (code % 8) & 1;
}

static void set_locks(struct keyboard *keyboard, uint32_t locks)
{
	uint8_t modifiers = (locks & LOCK_CAPS ? XCB_MOD_MASK_LOCK : 0) |
			    (locks & LOCK_NUM ? MODIFIER_NUM : 0);

	xcb_xkb_latch_lock_state(keyboard->display->connection, CORE_KEYBOARD,
				 XCB_MOD_MASK_LOCK | MODIFIER_NUM, modifiers, 0,
				 0, 0, 0, 0);
	display_flush(keyboard->display);
}

static void map(struct keyboard *keyboard, uint8_t code,
		const uint32_t *keysyms, unsigned count)
{
	xcb_change_keyboard_mapping(keyboard->display->connection, 1, code,
				    (uint8_t)count, keysyms);
}

/* ---- what the codes mean ---- */

static void now_ready(struct keyboard *keyboard)
{
	if (!keyboard->waited || keyboard->setter || keyboard->asking)
		return;
	keyboard->waited = false;
	keyboard->ready(keyboard->user);
}

static void on_rested(void *user)
{
	now_ready(user);
}

static void got_mapping(void *user, void *data)
{
	struct keyboard *keyboard = user;
	xcb_get_keyboard_mapping_reply_t *reply = data;
	size_t bytes = sizeof(uint32_t) * CODES;

	if (!reply || !reply->keysyms_per_keycode ||
	    reply->keysyms_per_keycode > KEYSYMS_MAX ||
	    xcb_get_keyboard_mapping_keysyms_length(reply) !=
		    CODES * reply->keysyms_per_keycode)
		return;
	keyboard->per_code = reply->keysyms_per_keycode;
	free(keyboard->keysyms);
	keyboard->keysyms = xcalloc(keyboard->per_code, bytes);
	memcpy(keyboard->keysyms, xcb_get_keyboard_mapping_keysyms(reply),
	       bytes * keyboard->per_code);
}

/* The second answer: now all is known. */
static void got_modifiers(void *user, void *data)
{
	struct keyboard *keyboard = user;
	xcb_get_modifier_mapping_reply_t *reply = data;

	keyboard->asking--;
	if (reply && keyboard->keysyms)
		spare_find(&keyboard->spare, keyboard->keysyms,
			   keyboard->per_code,
			   xcb_get_modifier_mapping_keycodes(reply),
			   (unsigned)xcb_get_modifier_mapping_keycodes_length(
				   reply));
	now_ready(keyboard);
}

static void ask_meanings(struct keyboard *keyboard)
{
	struct display *display = keyboard->display;

	keyboard->asking++;
	keyboard->spare.count = 0;
	display_expect(display,
		       xcb_get_keyboard_mapping(display->connection,
						KEYCODE_MIN, CODES)
			       .sequence,
		       got_mapping, keyboard);
	display_expect(display,
		       xcb_get_modifier_mapping(display->connection).sequence,
		       got_modifiers, keyboard);
}

/* ---- the layout ---- */

static bool same_layout(const struct layout *a, const struct layout *b)
{
	return !strcmp(a->layout, b->layout) &&
	       !strcmp(a->variant, b->variant) &&
	       !strcmp(a->options, b->options);
}

/* Names of XKB hold nothing else. */
static bool is_name(const char *text)
{
	return *text != '-' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
						 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
						 "0123456789_-+,:.()")] == '\0';
}

static void copy_name(char *to, const struct wire_str64 *from)
{
	snprintf(to, NAME_BYTES, "%.*s", (int)from->length, from->text);
}

static void follow_wanted(struct keyboard *keyboard);

static void on_set(void *user, pid_t pid, int status)
{
	struct keyboard *keyboard = user;

	(void)pid;
	keyboard->setter = 0;
	keyboard->setter_source = NULL;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		/* Its change was made before it ended. */
		ask_meanings(keyboard);
		if (keyboard->locks_known)
			set_locks(keyboard, keyboard->locks);
	} else {
		log_warning("the X server can't have the keyboard layout "
			    "\"%s\" (variant \"%s\", options \"%s\")",
			    keyboard->current.layout, keyboard->current.variant,
			    keyboard->current.options);
		keyboard->refused = keyboard->current;
	}
	follow_wanted(keyboard);
	now_ready(keyboard);
}

/* In the child. */
static void become_setter(const struct keyboard *keyboard)
{
	const struct layout *to = &keyboard->current;
	const char *argv[] = { "setxkbmap",
			       "-layout",
			       to->layout,
			       "-variant",
			       to->variant,
			       "-option",
			       "", /* first none of the old ones */
			       *to->options ? "-option" : NULL,
			       to->options,
			       NULL };

	loop_reset_signals();
	setenv("DISPLAY", keyboard->display->name, 1);
	if (keyboard->authority)
		setenv("XAUTHORITY", keyboard->authority, 1);
	unsetenv("NITPICKER_PARENT");
	if (!freopen("/dev/null", "r", stdin) ||
	    !freopen("/dev/null", "w", stdout) ||
	    !freopen("/dev/null", "w", stderr))
		_exit(127);
	close_range(3, ~0u, 0);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

/* Keys typed meanwhile wait, or they would have the old meaning. */
static void begin_setting(struct keyboard *keyboard)
{
	keyboard->current = keyboard->wanted;
	keyboard->setter = fork();
	if (!keyboard->setter)
		become_setter(keyboard);
	if (keyboard->setter < 0) {
		keyboard->setter = 0;
		log_warning("setxkbmap can't be started");
		return;
	}
	keyboard->setter_source = loop_on_exit(
		keyboard->display->loop, keyboard->setter, on_set, keyboard);
}

static void follow_wanted(struct keyboard *keyboard)
{
	if (keyboard->setter || !keyboard->current_known ||
	    !*keyboard->wanted.layout ||
	    same_layout(&keyboard->wanted, &keyboard->current))
		return;
	keyboard_release_all(keyboard);
	begin_setting(keyboard);
}

static void set_layout(struct keyboard *keyboard, const struct layout *wanted)
{
	if (!*wanted->layout || !is_name(wanted->layout) ||
	    !is_name(wanted->variant) || !is_name(wanted->options) ||
	    same_layout(wanted, &keyboard->refused))
		return;
	keyboard->wanted = *wanted;
	follow_wanted(keyboard);
}

void keyboard_layout(struct keyboard *keyboard,
		     const struct input_keyboard *told)
{
	struct layout layout;

	copy_name(layout.layout, &told->layout);
	copy_name(layout.variant, &told->variant);
	copy_name(layout.options, &told->options);
	set_layout(keyboard, &layout);
}

bool keyboard_locks(struct keyboard *keyboard, uint32_t locks)
{
	if (keyboard->setter) {
		keyboard->waited = true;
		return false;
	}
	keyboard->locks = locks;
	keyboard->locks_known = true;
	set_locks(keyboard, locks);
	return true;
}

/* ---- keys ---- */

static bool is_lock(unsigned code)
{
	return code == KEY_CAPSLOCK || code == KEY_NUMLOCK;
}

bool keyboard_key(struct keyboard *keyboard, unsigned code, bool pressed)
{
	uint8_t x = codes_key(code);

	if (!x || is_down(keyboard, x) == pressed)
		return true;
	if (keyboard->setter) {
		keyboard->waited = true;
		return false;
	}
	if (!pressed)
		spare_release(&keyboard->spare, x);
	else if (spare_press(&keyboard->spare, x, loop_now()))
		map(keyboard, x,
		    keyboard->keysyms +
			    (size_t)(x - KEYCODE_MIN) * keyboard->per_code,
		    keyboard->per_code);
	fake(keyboard, x, pressed);
	/* X toggles its own: it may have been out of step. */
	if (is_lock(code) && keyboard->locks_known)
		set_locks(keyboard, keyboard->locks);
	return true;
}

void keyboard_release_all(struct keyboard *keyboard)
{
	for (unsigned code = KEYCODE_MIN; code <= KEYCODE_MAX; code++)
		if (is_down(keyboard, (uint8_t)code))
			fake(keyboard, (uint8_t)code, false);
	if (keyboard->locks_known)
		set_locks(keyboard, keyboard->locks);
}

/* ---- characters ---- */

static void type(struct keyboard *keyboard, uint8_t code)
{
	bool caps = keyboard->locks_known && keyboard->locks & LOCK_CAPS;

	/* The key has one level: clients would make capitals of it. */
	if (caps)
		set_locks(keyboard, keyboard->locks & ~(uint32_t)LOCK_CAPS);
	fake(keyboard, code, true);
	fake(keyboard, code, false);
	if (caps)
		set_locks(keyboard, keyboard->locks);
}

bool keyboard_character(struct keyboard *keyboard, uint32_t character)
{
	uint32_t keysyms[2] = { codes_keysym(character),
				codes_keysym(character) };
	uint64_t when = 0;
	uint8_t code = 0;

	if (!keysyms[0])
		return true;
	if (keyboard->setter || keyboard->asking) {
		keyboard->waited = true;
		return false;
	}
	switch (spare_take(&keyboard->spare, keysyms[0], loop_now(), &code,
			   &when)) {
	case SPARE_NONE:
		return true;
	case SPARE_LATER:
		keyboard->waited = true;
		timer_set(&keyboard->rested, when);
		return false;
	case SPARE_CHANGE:
		map(keyboard, code, keysyms, 2);
		break;
	case SPARE_READY:
		break;
	}
	type(keyboard, code);
	return true;
}

/* ---- begin and end ---- */

/* Who was connected before may have died with keys held. */
static void got_held(void *user, void *data)
{
	struct keyboard *keyboard = user;
	const xcb_query_keymap_reply_t *reply = data;

	for (unsigned code = KEYCODE_MIN; reply && code <= KEYCODE_MAX; code++)
		if (reply->keys[code / 8] >> (code % 8) & 1 &&
		    !is_down(keyboard, (uint8_t)code))
			fake(keyboard, (uint8_t)code, false);
}

/* The rules, the model, and then what we want to know, each ended by NUL. */
static void got_layout(void *user, void *data)
{
	struct keyboard *keyboard = user;
	xcb_get_property_reply_t *reply = data;
	char names[5][NAME_BYTES] = { "" };
	const char *at, *end;

	if (!reply)
		return;
	at = xcb_get_property_value(reply);
	end = at + xcb_get_property_value_length(reply);
	for (unsigned i = 0; i < 5 && at < end; i++) {
		size_t length = strnlen(at, (size_t)(end - at));

		snprintf(names[i], NAME_BYTES, "%.*s", (int)length, at);
		at += length + 1;
	}
	memcpy(keyboard->current.layout, names[2], NAME_BYTES);
	memcpy(keyboard->current.variant, names[3], NAME_BYTES);
	memcpy(keyboard->current.options, names[4], NAME_BYTES);
	keyboard->current_known = true;
	follow_wanted(keyboard);
}

static void set_repeat(struct keyboard *keyboard)
{
	static const uint8_t unchanged[32];

	/* The other controls aren't in the mask of those to change. */
	xcb_xkb_set_controls(keyboard->display->connection, CORE_KEYBOARD, 0, 0,
			     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			     XCB_XKB_BOOL_CTRL_REPEAT_KEYS, REPEAT_DELAY_MS,
			     REPEAT_PERIOD_MS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			     0, unchanged);
}

struct keyboard *keyboard_create(struct display *display, const char *authority,
				 void (*ready)(void *user), void *user)
{
	struct keyboard *keyboard = xcalloc(1, sizeof(*keyboard));
	xcb_connection_t *c = display->connection;

	*keyboard = (struct keyboard){ .display = display,
				       .authority = xstrdup(authority),
				       .ready = ready,
				       .user = user };
	timer_init(&keyboard->rested, display->loop, on_rested, keyboard);
	display_expect(display, xcb_query_keymap(c).sequence, got_held,
		       keyboard);
	display_expect(
		display,
		xcb_get_property(c, 0, display->root,
				 display_atom(display, ATOM__XKB_RULES_NAMES),
				 XCB_ATOM_STRING, 0, 256)
			.sequence,
		got_layout, keyboard);
	set_repeat(keyboard);
	ask_meanings(keyboard);
	return keyboard;
}

void keyboard_destroy(struct keyboard *keyboard)
{
	if (!keyboard)
		return;
	timer_finish(&keyboard->rested);
	if (keyboard->display->connection) {
		keyboard_release_all(keyboard);
		display_forget(keyboard->display, keyboard);
		xcb_flush(keyboard->display->connection);
	}
	if (keyboard->setter) {
		loop_remove(keyboard->setter_source);
		kill(keyboard->setter, SIGKILL);
		waitpid(keyboard->setter, NULL, 0);
	}
	free(keyboard->keysyms);
	free(keyboard->authority);
	free(keyboard);
}
