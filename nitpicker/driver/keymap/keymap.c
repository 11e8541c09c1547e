#include "keymap.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"
#include "layout.h"

/* XKB's key codes are Linux' plus 8, since X11 has none below 8. */
enum { XKB_OFFSET = 8, WORDS = (INPUT_CODE_MAX + 64) / 64 };

#define REPEAT_DELAY_NS UINT64_C(400000000)
#define REPEAT_PERIOD_NS (UINT64_C(1000000000) / 30)

struct keymap {
	const struct keymap_handler *handler;
	void *user;
	struct xkb_context *context;
	struct xkb_keymap *keys;
	struct xkb_state *state;
	bool knows_sequences; /* they have been looked for */
	int sequences; /* their file until then; -1: those of the locale */
	struct xkb_compose_table *table; /* NULL: nothing is composed */
	struct xkb_compose_state *compose;
	struct parent *parent;
	struct layout_names names;
	struct input_keyboard keyboard; /* as told */
	uint64_t held[WORDS];
	struct timer repeat;
	unsigned repeating; /* key code, 0: none */
	uint32_t repeated; /* what it types */
};

static bool is_held(const struct keymap *keymap, unsigned code)
{
	return keymap->held[code / 64] >> (code % 64) & 1;
}

static void emit(struct keymap *keymap, enum input_type type, unsigned code,
		 uint32_t character, bool repeated, uint64_t time_us)
{
	keymap->handler->event(keymap->user,
			       &(struct input_event){ .time_us = time_us,
						      .type = type,
						      .code = code,
						      .x = repeated,
						      .character = character });
}

/* ---- what a key types ---- */

/* Enter, Tab, Escape and the like carry no character: clients act on their
 * key codes. */
static uint32_t printable(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) ? 0 : point;
}

/* Without any modifier, in the active layout. */
static uint32_t plain_character(const struct keymap *keymap, unsigned code)
{
	xkb_keycode_t key = code + XKB_OFFSET;
	const xkb_keysym_t *syms;
	xkb_layout_index_t layout = xkb_state_key_get_layout(keymap->state,
							     key);

	if (layout == XKB_LAYOUT_INVALID ||
	    xkb_keymap_key_get_syms_by_level(keymap->keys, key, layout, 0,
					     &syms) != 1)
		return 0;
	return printable(xkb_keysym_to_utf32(syms[0]));
}

static bool is_active(const struct keymap *keymap, const char *modifier)
{
	return xkb_state_mod_name_is_active(keymap->state, modifier,
					    XKB_STATE_MODS_EFFECTIVE) > 0;
}

/* While one of these is held, keys are commands. The right Alt is AltGr. */
static bool command_held(const struct keymap *keymap)
{
	return is_active(keymap, XKB_MOD_NAME_CTRL) ||
	       is_active(keymap, XKB_MOD_NAME_LOGO) ||
	       is_held(keymap, KEY_LEFTALT);
}

static void send_text(struct keymap *keymap, unsigned code, const char *text,
		      uint64_t time_us)
{
	uint32_t character;
	size_t bytes;

	for (; (bytes = utf8_decode(text, strlen(text), &character)) != 0;
	     text += bytes)
		if (printable(character))
			emit(keymap, INPUT_CHARACTER, code, character, false,
			     time_us);
}

/* There are thousands, which take longer to read than all the rest: so not
 * before somebody types. */
static void load_sequences(struct keymap *keymap)
{
	keymap->knows_sequences = true;
	keymap->table = layout_compose(keymap->context, keymap->sequences);
	keymap->sequences = -1;
	if (keymap->table)
		keymap->compose = xkb_compose_state_new(
			keymap->table, XKB_COMPOSE_STATE_NO_FLAGS);
}

/* True when the key belongs to a sequence: then it is dealt with. */
static bool feed_compose(struct keymap *keymap, unsigned code, xkb_keysym_t sym,
			 uint64_t time_us)
{
	char text[64];

	if (!keymap->knows_sequences)
		load_sequences(keymap);
	if (!keymap->compose || xkb_compose_state_feed(keymap->compose, sym) !=
					XKB_COMPOSE_FEED_ACCEPTED)
		return false;
	switch (xkb_compose_state_get_status(keymap->compose)) {
	case XKB_COMPOSE_COMPOSED:
		xkb_compose_state_get_utf8(keymap->compose, text, sizeof(text));
		xkb_compose_state_reset(keymap->compose);
		send_text(keymap, code, text, time_us);
		return true;
	case XKB_COMPOSE_CANCELLED:
		xkb_compose_state_reset(keymap->compose);
		return true;
	case XKB_COMPOSE_COMPOSING:
		return true;
	default:
		return false;
	}
}

static void stop_repeat(struct keymap *keymap)
{
	keymap->repeating = 0;
	timer_cancel(&keymap->repeat);
}

static void handle_repeat(void *user)
{
	struct keymap *keymap = user;

	emit(keymap, INPUT_CHARACTER, keymap->repeating, keymap->repeated, true,
	     input_now());
	timer_set_in(&keymap->repeat, REPEAT_PERIOD_NS);
}

static void type(struct keymap *keymap, unsigned code, uint64_t time_us)
{
	xkb_keycode_t key = code + XKB_OFFSET;
	xkb_keysym_t sym = xkb_state_key_get_one_sym(keymap->state, key);
	uint32_t character;

	if (command_held(keymap) || feed_compose(keymap, code, sym, time_us))
		return;
	character = printable(xkb_state_key_get_utf32(keymap->state, key));
	if (!character)
		return;
	emit(keymap, INPUT_CHARACTER, code, character, false, time_us);
	if (xkb_keymap_key_repeats(keymap->keys, key)) {
		keymap->repeating = code;
		keymap->repeated = character;
		timer_set_in(&keymap->repeat, REPEAT_DELAY_NS);
	}
}

/* ---- state ---- */

static unsigned locks(const struct keymap *keymap)
{
	static const struct {
		const char *led;
		unsigned lock;
	} leds[] = {
		{ XKB_LED_NAME_CAPS, LOCK_CAPS },
		{ XKB_LED_NAME_NUM, LOCK_NUM },
		{ XKB_LED_NAME_SCROLL, LOCK_SCROLL },
	};
	unsigned on = 0;

	for (size_t i = 0; i < array_size(leds); i++)
		if (xkb_state_led_name_is_active(keymap->state, leds[i].led) >
		    0)
			on |= leds[i].lock;
	return on;
}

static void tell(struct keymap *keymap)
{
	struct input_keyboard now = { .locks = locks(keymap) };

	wire_set(&now.layout, keymap->names.layout);
	wire_set(&now.variant, keymap->names.variant);
	wire_set(&now.options, keymap->names.options);
	if (memcmp(&now, &keymap->keyboard, sizeof(now)) != 0) {
		keymap->keyboard = now;
		keymap->handler->keyboard(keymap->user, &keymap->keyboard);
	}
}

void keymap_key(struct keymap *keymap, unsigned code, bool pressed,
		uint64_t time_us)
{
	if (code == 0 || code > INPUT_CODE_MAX ||
	    is_held(keymap, code) == pressed)
		return;
	keymap->held[code / 64] ^= UINT64_C(1) << (code % 64);
	if (pressed) {
		stop_repeat(keymap);
		emit(keymap, INPUT_PRESS, code, plain_character(keymap, code),
		     false, time_us);
		type(keymap, code, time_us);
	} else {
		if (code == keymap->repeating)
			stop_repeat(keymap);
		emit(keymap, INPUT_RELEASE, code, 0, false, time_us);
	}
	xkb_state_update_key(keymap->state, code + XKB_OFFSET,
			     pressed ? XKB_KEY_DOWN : XKB_KEY_UP);
	tell(keymap);
}

void keymap_release_all(struct keymap *keymap, uint64_t time_us)
{
	for (unsigned code = 1; code <= INPUT_CODE_MAX; code++)
		if (is_held(keymap, code))
			keymap_key(keymap, code, false, time_us);
	if (keymap->compose)
		xkb_compose_state_reset(keymap->compose);
}

const struct input_keyboard *keymap_keyboard(const struct keymap *keymap)
{
	return &keymap->keyboard;
}

/* ---- layouts ---- */

/* Takes `keys` over. */
static void use(struct keymap *keymap, struct xkb_keymap *keys,
		const struct layout_names *names)
{
	struct xkb_state *state = xkb_state_new(keys);

	if (!state) {
		log_error("no memory for the keyboard layout");
		abort();
	}
	if (keymap->state) {
		/* Locks outlive the change; nothing is held any more. */
		xkb_mod_mask_t locked = xkb_state_serialize_mods(
			keymap->state, XKB_STATE_MODS_LOCKED);

		xkb_state_update_mask(state, 0, 0, locked, 0, 0, 0);
	}
	xkb_state_unref(keymap->state);
	xkb_keymap_unref(keymap->keys);
	keymap->keys = keys;
	keymap->state = state;
	keymap->names = *names;
}

/* NULL with a complaint: there is no such layout. */
static struct xkb_keymap *load(const struct keymap *keymap,
			       const struct config_node *root,
			       const struct layout_names *names)
{
	struct xkb_keymap *keys = layout_load(keymap->context, keymap->parent,
					      names);

	if (!keys)
		config_complain(config_child(root, "keyboard"),
				"there is no keyboard layout \"%s\" with "
				"variant \"%s\" and options \"%s\"",
				names->layout, names->variant, names->options);
	return keys;
}

void keymap_configure(struct keymap *keymap, const struct config_node *root)
{
	struct layout_names names;
	struct xkb_keymap *keys;

	if (!layout_names_read(root, &names) ||
	    !memcmp(&names, &keymap->names, sizeof(names)))
		return;
	keys = load(keymap, root, &names);
	if (!keys)
		return;
	keymap_release_all(keymap, input_now());
	use(keymap, keys, &names);
	tell(keymap);
}

/* libxkbcommon has its own opinions on what is worth a line. */
static void handle_log(struct xkb_context *context, enum xkb_log_level level,
		       const char *format, va_list arguments)
{
	char *text;

	(void)context;
	(void)level;
	if (vasprintf(&text, format, arguments) < 0)
		return;
	text[strcspn(text, "\n")] = '\0';
	log_debug("%s", text);
	free(text);
}

/* As configured, else "us". False: not even that. */
static bool load_first(struct keymap *keymap, const struct config_node *root)
{
	const struct layout_names us = { .layout = "us" };
	struct layout_names names = us;
	struct xkb_keymap *keys = NULL;

	if (root && layout_names_read(root, &names) &&
	    config_child(root, "keyboard"))
		keys = load(keymap, root, &names);
	if (!keys) {
		names = us;
		keys = layout_load(keymap->context, keymap->parent, &us);
	}
	if (keys)
		use(keymap, keys, &names);
	return keys;
}

static bool prepare(struct keymap *keymap, const struct config_node *root)
{
	keymap->context = xkb_context_new(XKB_CONTEXT_NO_DEFAULT_INCLUDES);
	if (!keymap->context)
		return false;
	xkb_context_set_log_fn(keymap->context, handle_log);
	/* Without xkb-data there still may be compiled layouts. */
	xkb_context_include_path_append_default(keymap->context);
	return load_first(keymap, root);
}

struct keymap *keymap_create(struct loop *loop, struct parent *parent,
			     const struct config_node *root,
			     const struct keymap_handler *handler, void *user)
{
	struct keymap *keymap = xcalloc(1, sizeof(*keymap));

	keymap->handler = handler;
	keymap->user = user;
	keymap->parent = parent;
	keymap->sequences = layout_compose_file(parent);
	timer_init(&keymap->repeat, loop, handle_repeat, keymap);
	if (!prepare(keymap, root)) {
		log_error("there is no keyboard layout \"us\": xkb-data is "
			  "missing");
		keymap_destroy(keymap);
		return NULL;
	}
	tell(keymap);
	return keymap;
}

void keymap_destroy(struct keymap *keymap)
{
	if (!keymap)
		return;
	timer_finish(&keymap->repeat);
	if (keymap->sequences >= 0)
		close(keymap->sequences);
	xkb_compose_state_unref(keymap->compose);
	xkb_compose_table_unref(keymap->table);
	xkb_state_unref(keymap->state);
	xkb_keymap_unref(keymap->keys);
	xkb_context_unref(keymap->context);
	free(keymap);
}
