#include "core.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"

static const char *const mode_names[] = {
	"x-ray", "kill", "screenshot", "next", "previous", "launcher", NULL,
};

static const struct mode_key default_keys[] = {
	{ MODE_XRAY, { KEY_SCROLLLOCK, false, false }, NULL },
	{ MODE_XRAY, { KEY_X, true, false }, NULL },
	{ MODE_KILL, { KEY_SYSRQ, false, false }, NULL },
	{ MODE_KILL, { KEY_K, true, false }, NULL },
	{ MODE_SCREENSHOT, { KEY_SYSRQ, true, false }, NULL },
	{ MODE_NEXT, { KEY_TAB, true, false }, NULL },
	{ MODE_PREVIOUS, { KEY_TAB, true, true }, NULL },
	{ MODE_LAUNCHER, { 0, true, false }, "launchpad" },
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

static void read_mode_key(struct policy *policy, const struct config_node *node)
{
	static const char *const known[] = { "mode", "key", "label", NULL };
	const char *label = config_value(node, "label");
	const char *text = config_value(node, "key");
	struct mode_key key = { 0 };
	int mode = -1;
	config_check_known(node, known);
	if (!config_get_choice(node, "mode", mode_names, &mode))
		return;
	for (size_t i = 0; i < array_size(default_keys) && !text; i++)
		if ((int)default_keys[i].mode == mode)
			key = default_keys[i];
	key.mode = (enum mode)mode;
	if (mode < 0 || (text && !chord_parse(text, &key.chord))) {
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
	static const char *const known[] = { "policy",     "mode-key",
					     "global-key", "seccomp",
					     "clipboard",  "screenshot",
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
	unsigned best = 0;
	uint32_t color = label_color(label);

	for (unsigned i = 0; i < policy->color_count; i++) {
		unsigned fit = label_match(policy->colors[i].label, label);
		if (fit && fit >= best) {
			best = fit;
			color = policy->colors[i].value;
		}
	}
	return color;
}

const struct mode_key *policy_mode_key(const struct policy *policy, int code,
				       bool super, bool shift)
{
	const struct mode_key *found = NULL;

	for (unsigned i = policy->key_count; i-- > 0;) {
		const struct mode_key *key = &policy->keys[i];
		if (key->chord.code != code || key->chord.super != super)
			continue;
		if (key->chord.shift == shift)
			return key;
		if (!found && shift)
			found = key;
	}
	return found;
}

void policy_key_text(const struct policy *policy, enum mode mode, char *out,
		     size_t size)
{
	*out = '\0';
	for (unsigned i = 0; i < policy->key_count; i++)
		if (policy->keys[i].mode == mode)
			chord_text(&policy->keys[i].chord, out, size);
}

const char *policy_global_key(const struct policy *policy, int code)
{
	for (unsigned i = 0; i < policy->global_count; i++)
		if (policy->globals[i].value == (uint32_t)code)
			return policy->globals[i].label;
	return NULL;
}
