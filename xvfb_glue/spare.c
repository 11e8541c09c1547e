#include "spare.h"

#include <stddef.h>

#include "codes.h"

static bool has_meaning(const uint32_t *keysyms, unsigned per_code)
{
	for (unsigned i = 0; i < per_code; i++)
		if (keysyms[i])
			return true;
	return false;
}

static bool is_among(uint8_t code, const uint8_t *codes, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (codes[i] == code)
			return true;
	return false;
}

/* What the user may press, or what the server acts on, isn't ours. */
static bool is_usable(unsigned code, bool rare)
{
	bool known = codes_key(code - KEYCODE_MIN) == code;

	return known && (!rare || code >= SPARE_RARE_FIRST);
}

void spare_find(struct spare *spare, const uint32_t *keysyms, unsigned per_code,
		const uint8_t *modifiers, unsigned modifier_count)
{
	spare->count = 0;
	for (unsigned code = KEYCODE_MIN + 1; code <= KEYCODE_MAX; code++) {
		bool rare = has_meaning(
			keysyms + (code - KEYCODE_MIN) * per_code, per_code);

		if (spare->count < SPARE_KEYS && is_usable(code, rare) &&
		    !is_among((uint8_t)code, modifiers, modifier_count))
			spare->keys[spare->count++] = (struct spare_key){
				.code = (uint8_t)code, .rare = rare
			};
	}
}

static bool is_rested(const struct spare_key *key, uint64_t now)
{
	return !key->held &&
	       (!key->pressed || now - key->pressed >= SPARE_REST_NS);
}

/* The less is lost, the better: nothing, an old character, a rare key, a key
 * that the user has. */
static unsigned loss(const struct spare_key *key)
{
	if (key->keysym)
		return 1;
	return key->rare ? 2 + key->used : 0;
}

static bool is_better(const struct spare_key *a, const struct spare_key *b)
{
	return loss(a) < loss(b) ||
	       (loss(a) == loss(b) && a->pressed < b->pressed);
}

enum spare_answer spare_take(struct spare *spare, uint32_t keysym, uint64_t now,
			     uint8_t *code, uint64_t *when)
{
	struct spare_key *best = NULL, *oldest = NULL;

	for (unsigned i = 0; i < spare->count; i++) {
		struct spare_key *key = &spare->keys[i];

		if (key->keysym == keysym) {
			key->pressed = now;
			*code = key->code;
			return SPARE_READY;
		}
		if (is_rested(key, now) && (!best || is_better(key, best)))
			best = key;
		if (!key->held && (!oldest || key->pressed < oldest->pressed))
			oldest = key;
	}
	if (best) {
		best->keysym = keysym;
		best->pressed = now;
		*code = best->code;
		return SPARE_CHANGE;
	}
	if (!oldest)
		return SPARE_NONE;
	*when = oldest->pressed + SPARE_REST_NS;
	return SPARE_LATER;
}

static struct spare_key *find(struct spare *spare, uint8_t code)
{
	for (unsigned i = 0; i < spare->count; i++)
		if (spare->keys[i].code == code)
			return &spare->keys[i];
	return NULL;
}

bool spare_press(struct spare *spare, uint8_t code, uint64_t now)
{
	struct spare_key *key = find(spare, code);
	bool lent = key && key->keysym;

	if (!key)
		return false;
	key->keysym = 0;
	key->pressed = now;
	key->used = key->held = true;
	return lent;
}

void spare_release(struct spare *spare, uint8_t code)
{
	struct spare_key *key = find(spare, code);

	if (key)
		key->held = false;
}
