#include "core.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"

static const char *const mode_names[] = {
	"x-ray",    "kill",     "screenshot", "next",
	"previous", "launcher", "lock",       NULL,
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
	{ MODE_LOCK, { KEY_L, true, false }, NULL },
};

/* Those of the modes that the config doesn't name. */
static void add_default_keys(struct policy *policy)
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

static void begin(struct policy *policy)
{
	*policy = (struct policy){ .domain_count = 1, .report_keystate = true };
	policy->fallback.domain = &policy->domains[0];
	domain_init(&policy->domains[0], "default");
}

void policy_init(struct policy *policy)
{
	begin(policy);
	add_default_keys(policy);
}

void policy_finish(struct policy *policy)
{
	for (unsigned i = 0; i < policy->key_count; i++)
		free(policy->keys[i].label);
	for (unsigned i = 0; i < policy->rule_count; i++)
		free(policy->rules[i].label);
	for (unsigned i = 0; i < policy->domain_count; i++)
		domain_finish(&policy->domains[i]);
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
	bool full;
	int mode = -1;
	config_check_known(node, known);
	if (!config_get_choice(node, "mode", mode_names, &mode))
		return;
	for (size_t i = 0; i < array_size(default_keys) && !text; i++)
		if ((int)default_keys[i].mode == mode)
			key = default_keys[i];
	key.mode = (enum mode)mode;
	full = policy->key_count == MODE_KEYS_MAX;
	if (mode < 0 || full || (text && !chord_parse(text, &key.chord))) {
		config_complain(node, full ? "too many of them"
					   : "needs a mode and a key: Super or "
					     "[Super+][Shift+]KEY_X");
		return;
	}
	key.label = xstrdup(label ? label : "launchpad");
	policy->keys[policy->key_count++] = key;
}

static struct domain *find_domain(struct policy *policy, const char *name)
{
	for (unsigned i = 0; i < policy->domain_count; i++)
		if (!strcmp(policy->domains[i].name, name))
			return &policy->domains[i];
	return NULL;
}

static void read_domain(struct policy *policy, const struct config_node *node)
{
	const char *name = config_value(node, "name");
	struct domain *domain = find_domain(policy, name ? name : "");
	bool full = !domain && policy->domain_count == DOMAINS_MAX;
	if (!name || !*name || full) {
		config_complain(node,
				full ? "too many of them" : "needs a name");
		return;
	}
	if (!domain) {
		domain = &policy->domains[policy->domain_count++];
		domain_init(domain, name);
	}
	domain_read(domain, node);
	policy->marks |= domain->label || domain->tinted;
}

/* Owned; `label_prefix` is what others call `label`, with or without an arrow
 * at its end. NULL after a complaint. */
static char *read_label(const struct config_node *node, bool full, bool prefix)
{
	const char *label = config_value(node, "label");
	size_t length;
	if (!label && prefix)
		label = config_value(node, "label_prefix");
	if (!label || !*label || full) {
		config_complain(node,
				full ? "too many of them" : "needs a label");
		return NULL;
	}
	char *text = xstrdup(label);
	for (length = strlen(text);
	     prefix && length && strchr(" ->", text[length - 1]); length--)
		text[length - 1] = '\0';
	return text;
}

static void read_policy(struct policy *policy, const struct config_node *node)
{
	static const char *const known[] = { "label", "label_prefix", "domain",
					     "color", NULL };
	const char *name = config_value(node, "domain");
	struct rule rule = { .domain = find_domain(policy,
						   name ? name : "default") };
	config_check_known(node, known);
	rule.has_color = config_value(node, "color") &&
			 config_get_color(node, "color", &rule.color);
	if (!rule.domain) {
		config_complain(node, "there is no domain \"%s\"", name);
		return;
	}
	if (!name && !rule.has_color)
		return;
	rule.label = read_label(node, policy->rule_count == POLICIES_MAX, true);
	if (rule.label)
		policy->rules[policy->rule_count++] = rule;
}

static void read_global_key(struct policy *policy,
			    const struct config_node *node)
{
	static const char *const known[] = { "name", "label", NULL };
	const char *name = config_value(node, "name");
	struct global_key key = { .code = name ? input_code(name) : -1 };
	config_check_known(node, known);
	if (key.code <= 0) {
		config_complain(node, "needs the name of a key");
		return;
	}
	key.label = read_label(node, policy->global_count == GLOBAL_KEYS_MAX,
			       false);
	if (key.label)
		policy->globals[policy->global_count++] = key;
}

static void read_report(struct policy *policy, const struct config_node *node)
{
	static const char *const known[] = { "hover", "pointer", "keystate",
					     NULL };
	config_check_known(node, known);
	config_get_bool(node, "hover", &policy->report_hover);
	config_get_bool(node, "pointer", &policy->report_pointer);
	config_get_bool(node, "keystate", &policy->report_keystate);
}

static void for_nodes(struct policy *policy, const struct config_node *config,
		      const char *name,
		      void (*read)(struct policy *policy,
				   const struct config_node *node))
{
	for (const struct config_node *node = config_child(config, name); node;
	     node = config_next(node, name))
		read(policy, node);
}

void policy_read(struct policy *policy, const struct config_node *config)
{
	/* Some are read by others. */
	static const char *const known[] = {
		"policy",    "domain",     "mode-key", "global-key", "report",
		"clipboard", "screenshot", "seccomp",  "output",     NULL,
	};
	policy_finish(policy);
	begin(policy);
	config_check_known(config, known);
	for_nodes(policy, config, "domain", read_domain);
	for_nodes(policy, config, "policy", read_policy);
	for_nodes(policy, config, "mode-key", read_mode_key);
	for_nodes(policy, config, "global-key", read_global_key);
	for_nodes(policy, config, "report", read_report);
	add_default_keys(policy);
}

const struct rule *policy_rule(const struct policy *policy, const char *label)
{
	const struct rule *rule = &policy->fallback;
	unsigned best = 0;
	for (unsigned i = 0; i < policy->rule_count; i++) {
		unsigned fit = label_match(policy->rules[i].label, label);
		if (fit && fit >= best) {
			best = fit;
			rule = &policy->rules[i];
		}
	}
	return rule;
}

uint32_t rule_color(const struct rule *rule, const char *label)
{
	if (rule->has_color)
		return rule->color;
	return rule->domain->has_color ? rule->domain->color
				       : label_color(label);
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
