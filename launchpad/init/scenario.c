#include <stdlib.h>
#include <string.h>

#include "scenario.h"

enum { HOST_CLIENTS = 32, HOST_CLIENTS_MAX = 256 };

static const uint64_t host_quota = 256 << 20;

static const char *const known_nodes[] = {
	"ram_quota", "start", "include", "theme",
	"keyboard",  "host",  "stay",    NULL,
};

struct reader {
	struct scenario *scenario;
	scenario_load_fn *load;
	void *user;
	unsigned depth;
};

void scenario_init(struct scenario *scenario)
{
	*scenario = (struct scenario){
		.host_quota = host_quota,
		.host_clients = HOST_CLIENTS,
		.stay = true,
	};
	scenario->end = &scenario->entries;
}

void scenario_finish(struct scenario *scenario)
{
	while (scenario->entries) {
		struct entry *next = scenario->entries->next;

		entry_destroy(scenario->entries);
		scenario->entries = next;
	}
	free(scenario->theme);
	free(scenario->keyboard);
}

static char *source_text(const struct config_node *node)
{
	size_t length;
	const char *text = config_source(node, &length);

	return xstrndup(text, length);
}

static void read_host(struct scenario *scenario, const struct config_node *host)
{
	int64_t clients = scenario->host_clients;

	if (!strcmp(host->text, "off")) {
		scenario->host_clients = 0;
		return;
	}
	config_get_bytes(host, "ram_quota", &scenario->host_quota);
	config_get_int(host, "clients", 0, HOST_CLIENTS_MAX, &clients);
	scenario->host_clients = (unsigned)clients;
}

static void read_start(struct scenario *scenario,
		       const struct config_node *start)
{
	struct entry *entry;

	if (scenario->count == SCENARIO_STARTS_MAX) {
		config_complain(start, "more than %d: left out",
				SCENARIO_STARTS_MAX);
		return;
	}
	entry = entry_parse(start);
	if (!entry) {
		scenario->lost++;
		return;
	}
	scenario->count++;
	*scenario->end = entry;
	scenario->end = &entry->next;
}

static void read_nodes(struct reader *reader, const struct config_node *root);

static void read_include(struct reader *reader,
			 const struct config_node *include)
{
	const char *path = config_attribute(include, "path");
	struct config *config;

	if (!path || !path[0]) {
		config_complain(include, "needs path=\"FILE\"");
		return;
	}
	if (reader->depth == SCENARIO_DEPTH_MAX) {
		config_complain(include, "nested more than %d deep: left out",
				SCENARIO_DEPTH_MAX);
		return;
	}
	config = reader->load(reader->user, include, path);
	if (!config) {
		reader->scenario->lost++;
		return;
	}
	reader->depth++;
	read_nodes(reader, config_root(config));
	reader->depth--;
	config_destroy(config);
}

static void read_nodes(struct reader *reader, const struct config_node *root)
{
	struct scenario *scenario = reader->scenario;
	const struct config_node *node;
	const struct config_node *theme = config_child(root, "theme");
	const struct config_node *keyboard = config_child(root, "keyboard");

	config_check_known(root, known_nodes);
	/* What includes is read before what it includes: it decides. */
	if (!scenario->ram_quota)
		config_get_bytes(root, "ram_quota", &scenario->ram_quota);
	config_get_bool(root, "stay", &scenario->stay);
	if (theme && !scenario->theme)
		scenario->theme = source_text(theme);
	if (keyboard && !scenario->keyboard)
		scenario->keyboard = source_text(keyboard);
	for (node = config_child(root, NULL); node;
	     node = config_next(node, NULL)) {
		if (!strcmp(node->name, "start"))
			read_start(scenario, node);
		else if (!strcmp(node->name, "include"))
			read_include(reader, node);
		else if (!strcmp(node->name, "host"))
			read_host(scenario, node);
	}
}

void scenario_read(struct scenario *scenario, const struct config_node *root,
		   scenario_load_fn *load, void *user)
{
	struct reader reader = {
		.scenario = scenario,
		.load = load,
		.user = user,
	};

	if (strcmp(root->name, "config"))
		config_complain(root, "the root element should be <config>");
	read_nodes(&reader, root);
}

void scenario_put_front(struct scenario *scenario, struct scenario *other)
{
	if (!other->entries)
		return;
	*other->end = scenario->entries;
	if (!scenario->entries)
		scenario->end = other->end;
	scenario->entries = other->entries;
	scenario->count += other->count;
	scenario->lost += other->lost;
	other->entries = NULL;
	other->end = &other->entries;
	other->count = 0;
}

/* Appends the attributes that `not_in` (may be NULL) lacks. */
static char *append_attributes(char *text, const struct config_node *node,
			       const struct config_node *not_in)
{
	const struct config_attribute *attribute;

	for (attribute = node->attributes; attribute;
	     attribute = attribute->next) {
		char *value, *longer;

		if (not_in && config_value(not_in, attribute->name))
			continue;
		value = config_escape(attribute->value);
		longer = xasprintf("%s %s=\"%s\"", text, attribute->name,
				   value);
		free(text);
		free(value);
		text = longer;
	}
	return text;
}

void scenario_default_theme(struct scenario *scenario, const char *theme)
{
	const char *own_text = scenario->theme ? scenario->theme : "<theme/>";
	struct config *own, *other;
	char *text;

	own = config_parse(own_text, strlen(own_text), "", 1, 1, NULL);
	other = config_parse(theme, strlen(theme), "", 1, 1, NULL);
	if (own && other) {
		text = append_attributes(xstrdup("<theme"), config_root(own),
					 NULL);
		text = append_attributes(text, config_root(other),
					 config_root(own));
		free(scenario->theme);
		scenario->theme = xasprintf("%s/>", text);
		free(text);
	}
	config_destroy(own);
	config_destroy(other);
}
