/*
 * Config documents from anybody: parsing, places, sources of elements, all
 * getters. What was parsed parses again from each element's source.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Complaints about values would drown the fuzzer's own report, which goes
 * elsewhere with this option. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char option[] = "-close_fd_mask=2";
	char **with_option = xcalloc((size_t)*argc + 2, sizeof(*with_option));

	memcpy(with_option, *argv, (size_t)*argc * sizeof(*with_option));
	with_option[(*argc)++] = option;
	*argv = with_option;
	return 0;
}

static void read_values(const struct config_node *node, const char *name)
{
	static const char *const words[] = { "image", "launcher", "width",
					     NULL };
	int64_t number;
	uint64_t bytes;
	uint32_t color;
	bool flag;
	int choice;

	config_get_bool(node, name, &flag);
	config_get_int(node, name, -100, 100, &number);
	config_get_bytes(node, name, &bytes);
	config_get_color(node, name, &color);
	config_get_choice(node, name, words, &choice);
	config_check_known(node, words);
}

static void check_source(const struct config_node *node)
{
	size_t length;
	const char *source = config_source(node, &length);
	struct config *part = config_parse(source, length, "part", node->line,
					   node->column, NULL);

	if (!part || strcmp(config_root(part)->name, node->name) != 0 ||
	    config_root(part)->line != node->line ||
	    config_root(part)->column != node->column)
		abort();
	config_destroy(part);
}

static void check_text(const char *text)
{
	char *escaped = config_escape(text);
	char *document = xasprintf("<a>x%sx</a>", escaped);
	struct config *config = config_parse(document, strlen(document),
					     "escaped", 1, 1, NULL);

	if (!config || strlen(config_root(config)->text) > strlen(text) + 2)
		abort();
	config_destroy(config);
	free(document);
	free(escaped);
}

static void visit(const struct config_node *node, int *budget)
{
	for (; node && (*budget)-- > 0; node = config_next(node, NULL)) {
		check_source(node);
		for (const struct config_attribute *a = node->attributes;
		     a && (*budget)-- > 0; a = a->next)
			read_values(node, a->name);
		if (node->children)
			read_values(node, node->children->name);
		visit(node->children, budget);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *error = NULL;
	struct config *config = config_parse((const char *)data, size, "fuzz",
					     3, 7, &error);
	int budget = 50;

	if (!config == !error)
		abort();
	if (config)
		visit(config_root(config), &budget);
	config_destroy(config);
	free(error);
	if (size && data[0] == '#') {
		char *text = xstrndup((const char *)data, size);

		check_text(text);
		free(text);
	}
	return 0;
}
