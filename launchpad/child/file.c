/*
 * Files and settings of children.
 *
 * `file` reads, in this order: what the child itself stored under that name;
 * a file that the child's config names, from the folder of the file that holds
 * the config, or where the absolute path says; the suite's data. A path never
 * leaves these folders through "..", and only names that stand in the config
 * reach the config's folder.
 *
 * A family that is not the root asks its own parent. There "@NAME" means only
 * what is stored and "=NAME" all but that; a child's setting is stored as
 * CHILD.+.NAME, which no child that isn't a parent can name itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "family.h"
#include "serio.h"
#include "store.h"

#define STORE_JOINT ".+."
#define SERIO "serio/" /* ports, for drivers of them */

enum {
	SETTINGS_MAX = 16, /* names that one child can store */
	SETTINGS_OF_PARENT = SETTINGS_MAX * LIMIT_CHILD_SESSIONS,
};

/* ---- configs ---- */

static bool node_names(const struct config_node *node, const char *value)
{
	const struct config_attribute *attribute;
	const struct config_node *below;

	if (!strcmp(node->text, value))
		return true;
	for (attribute = node->attributes; attribute;
	     attribute = attribute->next)
		if (!strcmp(attribute->value, value))
			return true;
	for (below = config_child(node, NULL); below;
	     below = config_next(below, NULL))
		if (node_names(below, value))
			return true;
	return false;
}

bool config_names(const char *text, const char *value)
{
	struct config *config;
	bool named;

	if (!text)
		return false;
	config = config_parse(text, strlen(text), "", 1, 1, NULL);
	named = config && node_names(config_root(config), value);
	config_destroy(config);
	return named;
}

/* `text` with `more` in front of the end of its root element. */
static char *insert_last(const char *text, const char *more)
{
	const char *end = text + strlen(text);
	const char *tag = NULL, *at;

	for (at = text; (at = strstr(at, "</")); at++)
		tag = at;
	if (tag)
		return xasprintf("%.*s%s%s", (int)(tag - text), text, more,
				 tag);
	/* <config/> or <config attributes/> */
	while (end > text && end[-1] != '>')
		end--;
	if (end - text < 2 || end[-2] != '/')
		return xstrdup(text);
	return xasprintf("%.*s>%s</config>", (int)(end - text) - 2, text, more);
}

char *config_text(const struct family *family, const struct entry *entry)
{
	const char *own = entry->config.text ? entry->config.text : "<config/>";
	struct config *config;
	const struct config_node *root;
	bool add_theme, add_keyboard;
	char *more, *text;

	config = config_parse(own, strlen(own), "", 1, 1, NULL);
	if (!config)
		return xstrdup(own);
	root = config_root(config);
	add_theme = family->theme && !config_child(root, "theme");
	add_keyboard = family->keyboard && !config_child(root, "keyboard");
	config_destroy(config);
	if (!add_theme && !add_keyboard)
		return xstrdup(own);
	more = xasprintf("%s%s", add_theme ? family->theme : "",
			 add_keyboard ? family->keyboard : "");
	text = insert_last(own, more);
	free(more);
	return text;
}

/* ---- files ---- */

/* A path below a folder: no "..", no hidden names, no empty ones. */
static bool is_below(const char *name)
{
	while (*name) {
		const size_t length = strcspn(name, "/");

		if (!length || name[0] == '.')
			return false;
		name += length;
		if (*name == '/' && !*++name)
			return false;
	}
	return true;
}

/* Only regular files; the opener gets no chance to hang us. */
static int open_regular(int folder, const char *path)
{
	struct stat st;
	const int fd = openat(folder, path,
			      O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

static int open_below(const char *folder, const char *name)
{
	const int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd;

	if (dir < 0)
		return -1;
	fd = open_regular(dir, name);
	close(dir);
	return fd;
}

static int open_beside_config(const struct child *asker, const char *name)
{
	const char *file = asker->entry->config.file;
	char *copy, *folder;
	int fd;

	if (!file)
		return -1;
	copy = xstrdup(file);
	folder = dirname(copy);
	fd = open_below(folder, name);
	free(copy);
	return fd;
}

static int open_stored(const struct child *asker, const char *name)
{
	const struct family *family = asker->family;
	char *outer;
	int fd = -1;

	if (asker->is_host || !child_name_is_valid(name))
		return -1;
	if (!asker->is_parent && strstr(name, STORE_JOINT))
		return -1;
	if (!family->parent)
		return family->store
			       ? store_open(family->store, asker->label, name)
			       : -1;
	outer = xasprintf("@%s" STORE_JOINT "%s", asker->label, name);
	fd = parent_file(family->parent, outer, NULL);
	free(outer);
	return fd;
}

/* A file that the config names. */
static int open_named(const struct child *asker, const char *name)
{
	const struct family *family = asker->family;
	char *outer;
	int fd;

	if (family->parent) {
		outer = xasprintf("=%s", name);
		fd = parent_file(family->parent, outer, NULL);
		free(outer);
		return fd;
	}
	if (name[0] == '/')
		return open_regular(AT_FDCWD, name);
	return open_beside_config(asker, name);
}

int family_open_file(struct child *asker, const char *name,
		     enum wire_status *status)
{
	bool stored = true, other = true, named;
	int fd = -1;

	if (asker->is_parent && (name[0] == '@' || name[0] == '=')) {
		stored = name[0] == '@';
		other = name[0] == '=';
		name++;
	}
	*status = WIRE_DENIED;
	if (asker->has_serio && !strncmp(name, SERIO, strlen(SERIO))) {
		fd = serio_open(&serio_paths, name + strlen(SERIO));
		*status = fd < 0 ? WIRE_GONE : WIRE_OK;
		return fd;
	}
	if (stored)
		fd = open_stored(asker, name);
	if (fd >= 0)
		return fd;
	if (!other) {
		*status = WIRE_GONE;
		return -1;
	}
	named = asker->entry && config_names(asker->entry->config.text, name);
	if (name[0] == '/' ? !named : !is_below(name)) {
		log_warning("%s may not read %s", asker->label, name);
		return -1;
	}
	if (named)
		fd = open_named(asker, name);
	if (fd < 0 && name[0] != '/')
		fd = open_below(asker->family->data, name);
	*status = fd < 0 ? WIRE_GONE : WIRE_OK;
	return fd;
}

/* ---- settings ---- */

enum wire_status family_store(struct child *asker, const char *name, int fd)
{
	const struct family *family = asker->family;
	enum wire_status status = WIRE_OK;
	size_t bytes;
	char *data, *outer;

	if (asker->is_host)
		return WIRE_DENIED;
	if (!child_name_is_valid(name) ||
	    (!asker->is_parent && strstr(name, STORE_JOINT)))
		return WIRE_INVALID;
	data = memory_read_blob(fd, BLOB_MAX, &bytes);
	if (!data)
		return WIRE_INVALID;
	if (family->parent) {
		outer = xasprintf("%s" STORE_JOINT "%s", asker->label, name);
		status = parent_store(family->parent, outer, data, bytes);
		free(outer);
	} else if (!family->store) {
		status = WIRE_DENIED;
	} else if (!store_write(family->store, asker->label, name, data, bytes,
				asker->is_parent ? SETTINGS_OF_PARENT
						 : SETTINGS_MAX)) {
		log_warning("can't store %s of %s: %s", name, asker->label,
			    strerror(errno));
		status = WIRE_DENIED;
	}
	free(data);
	return status;
}
