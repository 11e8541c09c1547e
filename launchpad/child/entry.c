/* Entries: what <start> and <launcher> nodes say. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "description.h"
#include "grant.h"
#include "label.h"

enum { DEFAULT_QUOTA = 4 << 20 };

static const char *const known_nodes[] = {
	"name",    "filename", "ram_quota", "config",  "arg",
	"env",     "provides", "route",     "restart", "filesystem",
	"network", "device",   "power",     "needs",   NULL,
};

static struct entry_pair **append_pair(struct entry_pair **list,
				       const char *name, const char *value)
{
	while (*list)
		list = &(*list)->next;
	*list = xcalloc(1, sizeof(**list));
	(*list)->name = xstrdup(name);
	(*list)->value = xstrdup(value);
	return list;
}

static void parse_args(struct entry *entry, const struct config_node *node)
{
	const struct config_node *arg;

	for (arg = config_child(node, "arg"); arg;
	     arg = config_next(arg, "arg")) {
		const char *value = config_attribute(arg, "value");

		if (value)
			append_pair(&entry->args, "", value);
		else
			config_complain(arg, "needs value=\"ARGUMENT\"");
	}
}

static bool env_name_is_valid(const char *name)
{
	return name && name[0] && !strchr(name, '=') &&
	       strncmp(name, "LD_", 3) && strcmp(name, "NITPICKER_PARENT");
}

static void parse_env(struct entry *entry, const struct config_node *node)
{
	const struct config_node *env;

	for (env = config_child(node, "env"); env;
	     env = config_next(env, "env")) {
		const char *name = config_attribute(env, "name");
		const char *value = config_attribute(env, "value");

		if (!value || !env_name_is_valid(name))
			config_complain(env, "needs name=\"NAME\" and "
					     "value=\"TEXT\"; LD_* and "
					     "NITPICKER_PARENT can't be set");
		else
			append_pair(&entry->env, name, value);
	}
}

static void parse_targets(struct entry *entry, const struct config_node *rule,
			  const char *service)
{
	const struct config_node *target;
	struct entry_route **end = &entry->routes;

	while (*end)
		end = &(*end)->next;
	for (target = config_child(rule, NULL); target;
	     target = config_next(target, NULL)) {
		const char *name = config_attribute(target, "name");
		struct entry_route route = { .next = NULL };

		if (!strcmp(target->name, "parent")) {
			route.target = ROUTE_PARENT;
		} else if (strcmp(target->name, "child") ||
			   (name && !child_name_is_valid(name))) {
			config_complain(target, "here stands <child/>, "
						"<child name=\"NAME\"/> or "
						"<parent/>");
			continue;
		} else {
			route.target = name ? ROUTE_CHILD : ROUTE_ANY_CHILD;
			route.child = xstrdup(name);
		}
		route.service = xstrdup(service);
		*end = xcalloc(1, sizeof(**end));
		**end = route;
		end = &(*end)->next;
	}
}

static void parse_routes(struct entry *entry, const struct config_node *route)
{
	const struct config_node *rule;

	if (!route)
		return;
	for (rule = config_child(route, NULL); rule;
	     rule = config_next(rule, NULL)) {
		const char *name = config_attribute(rule, "name");

		if (!strcmp(rule->name, "any-service"))
			parse_targets(entry, rule, NULL);
		else if (!strcmp(rule->name, "service") && name)
			parse_targets(entry, rule, name);
		else
			config_complain(rule,
					"here stands <service name=\"...\"> "
					"or <any-service>");
	}
}

static void parse_config(struct entry *entry, const struct config_node *node)
{
	size_t length;
	const char *text;

	if (!node)
		return;
	text = config_source(node, &length);
	entry->config = (struct entry_config){
		.text = xstrndup(text, length),
		.file = xstrdup(config_file(node->document)),
		.line = node->line,
		.column = node->column,
	};
}

/* The wished name, or one made of the file name. */
static char *parse_name(const struct config_node *node, const char *filename)
{
	const char *name = config_value(node, "name");
	const char *slash = strrchr(filename, '/');
	char made[CHILD_NAME_MAX + 1];

	if (name && child_name_is_valid(name))
		return xstrdup(name);
	if (name)
		config_complain(node,
				"name \"%s\" is not one to %d of A-Z a-z 0-9 "
				". _ + - without a dot in front",
				name, CHILD_NAME_MAX);
	label_clean_name(made, slash ? slash + 1 : filename);
	return xstrdup(made);
}

/* What its <needs path=> name is there. */
static bool has_needs(const struct config_node *node)
{
	const struct config_node *needs;

	for (needs = config_child(node, "needs"); needs;
	     needs = config_next(needs, "needs")) {
		const char *path = config_attribute(needs, "path");

		if (!path || *path != '/')
			config_complain(needs, "needs path=\"/ABSOLUTE\"");
		else if (access(path, F_OK) < 0)
			return false;
	}
	return true;
}

struct entry *entry_parse(const struct config_node *node)
{
	static const char *const restarts[] = { "never", "on-failure", NULL };
	const char *filename = config_value(node, "filename");
	struct entry *entry;
	int restart = 0;

	config_check_known(node, known_nodes);
	if (!filename || !filename[0]) {
		config_complain(node, "has no filename: left out");
		return NULL;
	}
	if (filename[0] != '/' && !child_name_is_valid(filename)) {
		config_complain(node,
				"filename \"%s\" is neither a program of the "
				"suite nor an absolute path: left out",
				filename);
		return NULL;
	}
	if (!has_needs(node))
		return NULL;
	entry = xcalloc(1, sizeof(*entry));
	entry->filename = xstrdup(filename);
	entry->name = parse_name(node, filename);
	entry->named = config_value(node, "name") != NULL;
	entry->file = xstrdup(config_file(node->document));
	entry->line = node->line;
	entry->column = node->column;
	config_get_bytes(node, "ram_quota", &entry->ram_quota);
	config_get_choice(node, "restart", restarts, &restart);
	entry->restart = restart == 1;
	entry->power = config_child(node, "power") != NULL;
	parse_config(entry, config_child(node, "config"));
	parse_args(entry, node);
	parse_env(entry, node);
	description_services(config_child(node, "provides"), &entry->provides);
	parse_routes(entry, config_child(node, "route"));
	grants_parse(node, &entry->grants);
	return entry;
}

struct entry *entry_make(const char *filename, uint64_t ram_quota)
{
	struct entry *entry = xcalloc(1, sizeof(*entry));
	const char *slash = strrchr(filename, '/');
	char name[CHILD_NAME_MAX + 1];

	label_clean_name(name, slash ? slash + 1 : filename);
	*entry = (struct entry){
		.name = xstrdup(name),
		.filename = xstrdup(filename),
		.ram_quota = ram_quota,
	};
	return entry;
}

static struct entry_pair *copy_pairs(const struct entry_pair *from)
{
	struct entry_pair *list = NULL, **end = &list;

	for (; from; from = from->next)
		end = &(*append_pair(end, from->name, from->value))->next;
	return list;
}

static struct entry_route *copy_routes(const struct entry_route *from)
{
	struct entry_route *list = NULL, **end = &list;

	for (; from; from = from->next) {
		*end = xcalloc(1, sizeof(**end));
		**end = (struct entry_route){
			.service = xstrdup(from->service),
			.target = from->target,
			.child = xstrdup(from->child),
		};
		end = &(*end)->next;
	}
	return list;
}

void entry_config_copy(struct entry_config *to, const struct entry_config *from)
{
	*to = (struct entry_config){
		.text = xstrdup(from->text),
		.file = xstrdup(from->file),
		.line = from->line,
		.column = from->column,
	};
}

void entry_config_finish(struct entry_config *config)
{
	free(config->text);
	free(config->file);
	*config = (struct entry_config){ 0 };
}

struct entry *entry_copy(const struct entry *entry)
{
	struct entry *copy = xcalloc(1, sizeof(*copy));

	*copy = (struct entry){
		.name = xstrdup(entry->name),
		.named = entry->named,
		.file = xstrdup(entry->file),
		.line = entry->line,
		.column = entry->column,
		.filename = xstrdup(entry->filename),
		.ram_quota = entry->ram_quota,
		.args = copy_pairs(entry->args),
		.env = copy_pairs(entry->env),
		.provides = copy_pairs(entry->provides),
		.routes = copy_routes(entry->routes),
		.grants = grants_copy(entry->grants),
		.restart = entry->restart,
		.power = entry->power,
	};
	entry_config_copy(&copy->config, &entry->config);
	return copy;
}

void entry_destroy(struct entry *entry)
{
	if (!entry)
		return;
	while (entry->routes) {
		struct entry_route *next = entry->routes->next;

		free(entry->routes->service);
		free(entry->routes->child);
		free(entry->routes);
		entry->routes = next;
	}
	entry_pairs_destroy(entry->args);
	entry_pairs_destroy(entry->env);
	entry_pairs_destroy(entry->provides);
	grants_destroy(entry->grants);
	entry_config_finish(&entry->config);
	free(entry->name);
	free(entry->file);
	free(entry->filename);
	free(entry);
}

bool entry_is_installed(const struct entry *entry)
{
	bool suite;
	char *path = program_path(entry->filename, &suite);
	const bool there = path && access(path, X_OK) == 0;

	free(path);
	return there;
}

bool entry_is_driver(const struct entry *entry)
{
	struct description description = { 0 };
	bool suite;
	char *path = program_path(entry->filename, &suite);
	bool driver;

	if (path && suite)
		description_read(&description, path);
	driver = description.driver;
	description_finish(&description);
	free(path);
	return driver;
}

uint64_t entry_quota(const struct entry *entry)
{
	struct description description = { 0 };
	uint64_t quota = entry->ram_quota;
	bool suite;
	char *path;

	if (quota)
		return quota;
	path = program_path(entry->filename, &suite);
	if (path && suite)
		description_read(&description, path);
	quota = description.ram_quota;
	description_finish(&description);
	free(path);
	return quota ? quota : DEFAULT_QUOTA;
}
