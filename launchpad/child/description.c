#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "description.h"
#include "grant.h"

bool entry_pairs_have(const struct entry_pair *list, const char *name)
{
	for (; list; list = list->next)
		if (!strcmp(list->name, name))
			return true;
	return false;
}

void entry_pairs_destroy(struct entry_pair *list)
{
	while (list) {
		struct entry_pair *next = list->next;

		free(list->name);
		free(list->value);
		free(list);
		list = next;
	}
}

/* <program name=/> nodes. */
static void read_programs(const struct config_node *node,
			  struct entry_pair **list)
{
	const struct config_node *program;

	for (program = config_child(node, "program"); program;
	     program = config_next(program, "program")) {
		const char *name = config_attribute(program, "name");
		struct entry_pair *pair;

		if (!name || !child_name_is_valid(name)) {
			config_complain(program, "needs name=\"PROGRAM\"");
			continue;
		}
		pair = xcalloc(1, sizeof(*pair));
		pair->name = xstrdup(name);
		pair->next = *list;
		*list = pair;
	}
}

void description_services(const struct config_node *node,
			  struct entry_pair **list)
{
	const struct config_node *service;
	unsigned count = 0;

	while (*list) {
		list = &(*list)->next;
		count++;
	}
	if (!node)
		return;
	for (service = config_child(node, "service"); service;
	     service = config_next(service, "service")) {
		const char *name = config_attribute(service, "name");

		if (!name || !child_name_is_valid(name)) {
			config_complain(service, "needs name=\"SERVICE\"");
			continue;
		}
		if (count++ == CHILD_PROVIDES_MAX) {
			config_complain(service, "more than %d services",
					CHILD_PROVIDES_MAX);
			return;
		}
		*list = xcalloc(1, sizeof(**list));
		(*list)->name = xstrdup(name);
		list = &(*list)->next;
	}
}

static void read_driver(const struct config_node *node,
			struct description *description)
{
	description->driver = description->hosted = node != NULL;
	if (!node)
		return;
	config_get_bool(node, "host", &description->hosted);
	config_get_bool(node, "serio", &description->serio);
}

void description_read(struct description *description, const char *program)
{
	char *path = xasprintf("%s.xml", program);
	char *problem = NULL;
	struct config *config;
	const struct config_node *root;

	*description = (struct description){ 0 };
	config = access(path, F_OK) == 0 ? config_load(path, &problem) : NULL;
	if (problem)
		log_warning("%s", problem);
	if (config) {
		root = config_root(config);
		config_get_bytes(root, "ram_quota", &description->ram_quota);
		read_driver(config_child(root, "driver"), description);
		description->confined = config_child(root, "confined") != NULL;
		description->linux_programs = config_child(root, "linux") !=
					      NULL;
		description->is_parent = config_child(root, "parent") != NULL;
		description_services(config_child(root, "provides"),
				     &description->provides);
		description_services(config_child(root, "uses"),
				     &description->uses);
		read_programs(root, &description->programs);
		grants_parse(root, &description->grants);
	}
	config_destroy(config);
	free(problem);
	free(path);
}

void description_finish(struct description *description)
{
	entry_pairs_destroy(description->provides);
	entry_pairs_destroy(description->uses);
	entry_pairs_destroy(description->programs);
	grants_destroy(description->grants);
	*description = (struct description){ 0 };
}
