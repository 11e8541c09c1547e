#include "layout.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* Names of XKB: several are separated by commas, options have colons. */
static bool is_name(const char *text)
{
	return strlen(text) <= 64 &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789_-,:+()")] == '\0';
}

static bool read_name(const struct config_node *node, const char *key,
		      char (*name)[65])
{
	const char *value = config_value(node, key);

	if (!value)
		return true;
	if (!is_name(value)) {
		config_complain(node, "\"%s\" is no %s", value, key);
		return false;
	}
	memcpy(*name, value, strlen(value) + 1);
	return true;
}

bool layout_names_read(const struct config_node *root,
		       struct layout_names *names)
{
	static const char *const known[] = { "layout", "variant", "options",
					     NULL };
	const struct config_node *node = config_child(root, "keyboard");

	*names = (struct layout_names){ .layout = "us" };
	if (!node)
		return true;
	config_check_known(node, known);
	return read_name(node, "layout", &names->layout) &&
	       read_name(node, "variant", &names->variant) &&
	       read_name(node, "options", &names->options);
}

/* The whole file with a NUL behind it; NULL: there is none that is usable.
 * Takes `fd` over, which may be -1. */
static char *read_file(int fd, size_t *bytes)
{
	struct stat stat;
	char *text = NULL;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &stat) && stat.st_size > 0 &&
	    stat.st_size <= LAYOUT_FILE_MAX) {
		*bytes = (size_t)stat.st_size;
		text = xcalloc(1, *bytes + 1);
		if (pread(fd, text, *bytes, 0) != stat.st_size) {
			free(text);
			text = NULL;
		}
	}
	close(fd);
	return text;
}

static struct xkb_keymap *load_compiled(struct xkb_context *context,
					struct parent *parent,
					const struct layout_names *names)
{
	struct xkb_keymap *keymap;
	char *file, *text;
	size_t bytes;

	if (*names->options)
		return NULL;
	file = xasprintf("keymap/%s%s%s.xkb", names->layout,
			 *names->variant ? "-" : "", names->variant);
	text = read_file(parent ? parent_file(parent, file, NULL) : -1, &bytes);
	free(file);
	if (!text)
		return NULL;
	keymap = xkb_keymap_new_from_string(context, text,
					    XKB_KEYMAP_FORMAT_TEXT_V1,
					    XKB_KEYMAP_COMPILE_NO_FLAGS);
	free(text);
	return keymap;
}

struct xkb_keymap *layout_load(struct xkb_context *context,
			       struct parent *parent,
			       const struct layout_names *names)
{
	struct xkb_keymap *keymap = load_compiled(context, parent, names);
	const struct xkb_rule_names rules = {
		.rules = "evdev",
		.model = "pc105",
		.layout = names->layout,
		.variant = names->variant,
		.options = names->options,
	};

	return keymap ? keymap
		      : xkb_keymap_new_from_names(context, &rules,
						  XKB_KEYMAP_COMPILE_NO_FLAGS);
}

/* As setlocale would choose it, without making the process depend on one. */
static const char *locale_name(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < array_size(variables); i++) {
		const char *value = getenv(variables[i]);

		if (value && *value)
			return value;
	}
	return "C";
}

int layout_compose_file(struct parent *parent)
{
	return parent ? parent_file(parent, "keymap/compose", NULL) : -1;
}

struct xkb_compose_table *layout_compose(struct xkb_context *context, int fd)
{
	struct xkb_compose_table *table = NULL;
	size_t bytes;
	char *text = read_file(fd, &bytes);

	if (text)
		table = xkb_compose_table_new_from_buffer(
			context, text, bytes, locale_name(),
			XKB_COMPOSE_FORMAT_TEXT_V1,
			XKB_COMPOSE_COMPILE_NO_FLAGS);
	free(text);
	/* C knows no dead keys, and their keys are there all the same. */
	const char *locale = locale_name();
	if (!strcmp(locale, "C") || !strcmp(locale, "POSIX") ||
	    !strcmp(locale, "C.UTF-8"))
		locale = "en_US.UTF-8";
	return table ? table
		     : xkb_compose_table_new_from_locale(
			       context, locale, XKB_COMPOSE_COMPILE_NO_FLAGS);
}
