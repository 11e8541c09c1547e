#include "policy.h"

#include <ctype.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/input.h"
#include "session/label.h"

static const char *const mode_names[] = {
	"x-ray", "kill", "screenshot", "next", "previous", "launcher", NULL,
};

static const struct mode_key default_keys[] = {
	{ MODE_XRAY, KEY_SCROLLLOCK, false, false, NULL },
	{ MODE_XRAY, KEY_X, true, false, NULL },
	{ MODE_KILL, KEY_SYSRQ, false, false, NULL },
	{ MODE_KILL, KEY_K, true, false, NULL },
	{ MODE_SCREENSHOT, KEY_SYSRQ, true, false, NULL },
	{ MODE_NEXT, KEY_TAB, true, false, NULL },
	{ MODE_PREVIOUS, KEY_TAB, true, true, NULL },
	{ MODE_LAUNCHER, 0, true, false, "launchpad" },
};

/* Those of the modes that the config doesn't name. */
static void add_defaults(struct policy *policy)
{
	bool named[MODE_COUNT] = { false };

	for (unsigned i = 0; i < policy->key_count; i++)
		named[policy->keys[i].mode] = true;
	for (size_t i = 0; i < array_size(default_keys); i++) {
		struct mode_key key = default_keys[i];

		if (named[key.mode] || policy->key_count == MODE_KEYS_MAX)
			continue;
		key.label = xstrdup(key.label);
		policy->keys[policy->key_count++] = key;
	}
}

void policy_init(struct policy *policy)
{
	*policy = (struct policy){ 0 };
	add_defaults(policy);
}

void policy_finish(struct policy *policy)
{
	for (unsigned i = 0; i < policy->key_count; i++)
		free(policy->keys[i].label);
	for (unsigned i = 0; i < policy->color_count; i++)
		free(policy->colors[i].label);
	for (unsigned i = 0; i < policy->global_count; i++)
		free(policy->globals[i].label);
	*policy = (struct policy){ 0 };
}

/* "Super" or "[Super+][Shift+]KEY_X"; NULL: the usual one of the mode. */
static bool parse_key(const char *text, struct mode_key *key)
{
	if (!text) {
		for (size_t i = array_size(default_keys); i-- > 0;)
			if (default_keys[i].mode == key->mode)
				*key = default_keys[i];
		return true;
	}
	key->super = !strncmp(text, "Super", 5) && (!text[5] || text[5] == '+');
	if (key->super && !text[5])
		return true;
	text += key->super ? 6 : 0;
	key->shift = !strncmp(text, "Shift+", 6);
	key->code = input_code(text + (key->shift ? 6 : 0));
	return key->code > 0;
}

static void read_mode_key(struct policy *policy, const struct config_node *node)
{
	static const char *const known[] = { "mode", "key", "label", NULL };
	const char *label = config_value(node, "label");
	struct mode_key key = { 0 };
	int mode = -1;

	config_check_known(node, known);
	if (!config_get_choice(node, "mode", mode_names, &mode))
		return;
	key.mode = (enum mode)mode;
	if (mode < 0 || !parse_key(config_value(node, "key"), &key)) {
		config_complain(node, "needs a mode and a key: Super or "
				      "[Super+][Shift+]KEY_X");
		return;
	}
	if (policy->key_count == MODE_KEYS_MAX) {
		config_complain(node, "more than %d of them", MODE_KEYS_MAX);
		return;
	}
	key.label = xstrdup(label ? label : "launchpad");
	policy->keys[policy->key_count++] = key;
}

static void read_label(const struct config_node *node, uint32_t value,
		       struct label_value *list, unsigned *count, unsigned max)
{
	const char *label = config_value(node, "label");
	if (!label || !*label)
		config_complain(node, "needs a label");
	else if (*count == max)
		config_complain(node, "more than %u of them", max);
	else
		list[(*count)++] = (struct label_value){ xstrdup(label),
							 value };
}

static void read_policy(struct policy *policy, const struct config_node *node)
{
	static const char *const known[] = { "label", "color", NULL };
	uint32_t color;
	config_check_known(node, known);
	if (config_value(node, "color") &&
	    config_get_color(node, "color", &color))
		read_label(node, color, policy->colors, &policy->color_count,
			   POLICIES_MAX);
}

static void read_global_key(struct policy *policy,
			    const struct config_node *node)
{
	static const char *const known[] = { "name", "label", NULL };
	const char *name = config_value(node, "name");
	int code = name ? input_code(name) : -1;
	config_check_known(node, known);
	if (code > 0)
		read_label(node, (uint32_t)code, policy->globals,
			   &policy->global_count, GLOBAL_KEYS_MAX);
	else
		config_complain(node, "needs the name of a key");
}

void policy_read(struct policy *policy, const struct config_node *config)
{
	static const char *const known[] = { "policy", "mode-key", "global-key",
					     NULL };

	policy_finish(policy);
	config_check_known(config, known);
	for (const struct config_node *node = config_child(config, NULL); node;
	     node = config_next(node, NULL)) {
		if (!strcmp(node->name, "policy"))
			read_policy(policy, node);
		else if (!strcmp(node->name, "mode-key"))
			read_mode_key(policy, node);
		else if (!strcmp(node->name, "global-key"))
			read_global_key(policy, node);
	}
	add_defaults(policy);
}

uint32_t policy_color(const struct policy *policy, const char *label)
{
	static const uint32_t hues[] = {
		0xf2a33a, 0x55b6f0, 0x7ed07e, 0xe078c8,
		0xf26d6d, 0xc9b458, 0x8f8ff0, 0x4fd1c5
	};
	unsigned best = 0;
	uint32_t hash = 2166136261u, color = 0;

	for (unsigned i = 0; i < policy->color_count; i++) {
		unsigned fit = label_match(policy->colors[i].label, label);

		if (fit && fit >= best) {
			best = fit;
			color = policy->colors[i].value;
		}
	}
	for (const char *c = label; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	return best ? color : hues[(hash ^ hash >> 15) % array_size(hues)];
}

const struct mode_key *policy_mode_key(const struct policy *policy, int code,
				       bool super, bool shift)
{
	const struct mode_key *found = NULL;

	for (unsigned i = policy->key_count; i-- > 0;) {
		const struct mode_key *key = &policy->keys[i];

		if (key->code != code || key->super != super)
			continue;
		if (key->shift == shift)
			return key;
		if (!found && shift)
			found = key;
	}
	return found;
}

void policy_key_text(const struct policy *policy, enum mode mode, char *out,
		     size_t size)
{
	const struct mode_key *key = NULL;
	const char *name;
	size_t at;

	*out = '\0';
	for (unsigned i = 0; i < policy->key_count; i++)
		if (policy->keys[i].mode == mode)
			key = &policy->keys[i];
	if (!key)
		return;
	name = input_name(key->code);
	if (!key->code || !name)
		name = "";
	if (!strncmp(name, "KEY_", 4))
		name += 4;
	snprintf(out, size, "%s%s%s%s", key->super ? "Super" : "",
		 key->super && key->code ? "+" : "", key->shift ? "Shift+" : "",
		 name);
	/* KEY_TAB is shown as Tab, KEY_F11 as F11. */
	for (at = strlen(out) - strlen(name) + 1; at < strlen(out); at++)
		out[at] = (char)tolower((unsigned char)out[at]);
}

const char *policy_global_key(const struct policy *policy, int code)
{
	for (unsigned i = 0; i < policy->global_count; i++)
		if (policy->globals[i].value == (uint32_t)code)
			return policy->globals[i].label;
	return NULL;
}
