#include "base/config_private.h"

#include <errno.h>
#include <expat.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

enum { CHUNK_BYTES = 4096 - sizeof(struct config_chunk) };

/* Text of an element that is still open. */
struct text {
	char *data;
	size_t length, capacity;
};

struct reader {
	struct config *config;
	XML_Parser expat;
	unsigned first_line, first_column; /* where the text stood */
	struct config_node *open; /* innermost open element */
	struct config_node *last[CONFIG_MAX_DEPTH + 1]; /* newest, by depth */
	struct text text[CONFIG_MAX_DEPTH + 1];
	unsigned depth, node_count;
	char *error;
};

static void *take(struct config *config, size_t bytes)
{
	size_t rounded = (bytes + alignof(max_align_t) - 1) &
			 ~(alignof(max_align_t) - 1);
	struct config_chunk *chunk = config->chunks;

	if (!chunk || chunk->size - chunk->used < rounded) {
		size_t size = rounded > CHUNK_BYTES ? rounded : CHUNK_BYTES;

		chunk = xcalloc(1, sizeof(*chunk) + size);
		chunk->size = size;
		chunk->next = config->chunks;
		config->chunks = chunk;
	}

	void *memory = chunk->data + chunk->used;

	chunk->used += rounded;
	return memory;
}

static const char *take_text(struct config *config, const char *text,
			     size_t length)
{
	char *copy = take(config, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

/* ---- reading ---- */

/* Where expat stands now, in the file that the text was taken from. */
static void get_place(const struct reader *reader, unsigned *line,
		      unsigned *column)
{
	XML_Size l = XML_GetCurrentLineNumber(reader->expat);
	XML_Size c = XML_GetCurrentColumnNumber(reader->expat);

	*line = (unsigned)l - 1 + reader->first_line;
	*column = (unsigned)c + (l == 1 ? reader->first_column : 1);
}

/* Ends the parsing; the first reason counts. */
static void refuse(struct reader *reader, const char *reason)
{
	unsigned line, column;

	if (reader->error)
		return;
	get_place(reader, &line, &column);
	reader->error = xasprintf("%s:%u:%u: %s", reader->config->file, line,
				  column, reason);
	XML_StopParser(reader->expat, XML_FALSE);
}

static void on_doctype(void *user, const XML_Char *name, const XML_Char *system,
		       const XML_Char *public, int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	refuse(user, "DOCTYPE is not allowed in a config");
}

static struct config_attribute *take_attributes(struct config *config,
						const XML_Char **list)
{
	struct config_attribute *first = NULL, **link = &first;

	for (; list[0]; list += 2) {
		struct config_attribute *attribute = take(config,
							  sizeof(*attribute));

		*attribute = (struct config_attribute){
			.name = take_text(config, list[0], strlen(list[0])),
			.value = take_text(config, list[1], strlen(list[1])),
		};
		*link = attribute;
		link = &attribute->next;
	}
	return first;
}

static void on_start(void *user, const XML_Char *name, const XML_Char **list)
{
	struct reader *reader = user;
	struct config *config = reader->config;
	struct config_node *parent = reader->open;

	if (reader->error)
		return;
	if (reader->depth == CONFIG_MAX_DEPTH) {
		refuse(reader, "elements are nested too deeply");
		return;
	}
	if (reader->node_count == CONFIG_MAX_NODES) {
		refuse(reader, "too many elements");
		return;
	}

	struct config_node *node = take(config, sizeof(*node));

	*node = (struct config_node){
		.name = take_text(config, name, strlen(name)),
		.text = "",
		.offset = (size_t)XML_GetCurrentByteIndex(reader->expat),
		.attributes = take_attributes(config, list),
		.parent = parent,
		.document = config,
	};
	get_place(reader, &node->line, &node->column);

	unsigned depth = ++reader->depth;
	struct config_node *sibling = reader->last[depth];

	if (!parent)
		config->root = node;
	else if (sibling && sibling->parent == parent)
		sibling->next = node;
	else
		parent->children = node;
	reader->last[depth] = node;
	reader->open = node;
	reader->text[depth].length = 0;
	reader->node_count++;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void on_end(void *user, const XML_Char *name)
{
	struct reader *reader = user;
	struct config_node *node = reader->open;

	(void)name;
	if (reader->error)
		return;

	const struct text *text = &reader->text[reader->depth];
	size_t begin = 0, end = text->length;

	while (begin < end && is_space(text->data[begin]))
		begin++;
	while (end > begin && is_space(text->data[end - 1]))
		end--;
	if (end > begin)
		node->text = take_text(reader->config, text->data + begin,
				       end - begin);
	node->length = (size_t)XML_GetCurrentByteIndex(reader->expat) +
		       (size_t)XML_GetCurrentByteCount(reader->expat) -
		       node->offset;
	reader->open = node->parent;
	reader->depth--;
}

static void on_text(void *user, const XML_Char *data, int length)
{
	struct reader *reader = user;
	struct text *text = &reader->text[reader->depth];
	size_t needed = text->length + (size_t)length;

	if (reader->error)
		return;
	if (needed > text->capacity) {
		text->capacity = needed + needed / 2 + 64;
		text->data = xreallocarray(text->data, text->capacity, 1);
	}
	memcpy(text->data + text->length, data, (size_t)length);
	text->length = needed;
}

/*
 * What expat mixes into its hashes, so that no document is made to be slow; not
 * 0. It would ask for randomness itself, and early in a machine's life wait a
 * second or more for it.
 */
static unsigned long hash_salt(void)
{
	unsigned long salt = 0;

	/* Before Linux 5.6 there is only that which isn't waited for. */
	if (getrandom(&salt, sizeof(salt), GRND_INSECURE) < 0 &&
	    getrandom(&salt, sizeof(salt), GRND_NONBLOCK) < 0)
		salt = (uintptr_t)&salt;
	return salt ? salt : 1;
}

static void read_document(struct reader *reader)
{
	struct config *config = reader->config;

	/* The protocol's encoding: a declaration can't make expat decode with
	 * another one, so offsets are those of the source. */
	reader->expat = XML_ParserCreate("UTF-8");
	if (!reader->expat) {
		reader->error = xasprintf("%s: out of memory", config->file);
		return;
	}
	XML_SetHashSalt(reader->expat, hash_salt());
	XML_SetUserData(reader->expat, reader);
	XML_SetElementHandler(reader->expat, on_start, on_end);
	XML_SetCharacterDataHandler(reader->expat, on_text);
	XML_SetStartDoctypeDeclHandler(reader->expat, on_doctype);
	if (XML_Parse(reader->expat, config->source, (int)config->source_length,
		      XML_TRUE) != XML_STATUS_OK)
		refuse(reader,
		       XML_ErrorString(XML_GetErrorCode(reader->expat)));
	XML_ParserFree(reader->expat);
	for (size_t i = 0; i < array_size(reader->text); i++)
		free(reader->text[i].data);
}

static void set_error(char **error, char *text)
{
	if (error)
		*error = text;
	else
		free(text);
}

struct config *config_parse(const char *text, size_t length, const char *file,
			    unsigned line, unsigned column, char **error)
{
	set_error(error, NULL);
	if (length > CONFIG_MAX_BYTES) {
		set_error(error,
			  xasprintf("%s:%u:%u: larger than %d bytes", file,
				    line, column, CONFIG_MAX_BYTES));
		return NULL;
	}

	struct config *config = xcalloc(1, sizeof(*config));
	struct reader reader = {
		.config = config,
		.first_line = line,
		.first_column = column,
	};

	config->file = xstrdup(file);
	config->source = xcalloc(length + 1, 1);
	memcpy(config->source, text, length);
	config->source_length = length;
	read_document(&reader);
	if (reader.error) {
		config_destroy(config);
		set_error(error, reader.error);
		return NULL;
	}
	return config;
}

/* Bytes read, at most max; -1 with errno. */
static ssize_t read_file(const char *path, char *data, size_t max)
{
	struct stat stat;
	size_t done = 0;
	ssize_t n = 0;
	/* Non-blocking: a FIFO must not stop the program. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return -1;
	if (fstat(fd, &stat) == 0 && !S_ISREG(stat.st_mode)) {
		close(fd);
		errno = S_ISDIR(stat.st_mode) ? EISDIR : EINVAL;
		return -1;
	}
	while (done < max) {
		n = read(fd, data + done, max - done);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0)
			done += (size_t)n;
	}

	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return n < 0 ? -1 : (ssize_t)done;
}

struct config *config_load(const char *path, char **error)
{
	/* One byte more than allowed shows that there is more. */
	char *text = xcalloc(1, CONFIG_MAX_BYTES + 1);
	ssize_t length = read_file(path, text, CONFIG_MAX_BYTES + 1);
	struct config *config = NULL;

	if (length < 0)
		set_error(error, xasprintf("%s: can't be read: %s", path,
					   strerror(errno)));
	else
		config = config_parse(text, (size_t)length, path, 1, 1, error);
	free(text);
	return config;
}

void config_destroy(struct config *config)
{
	if (!config)
		return;
	while (config->chunks) {
		struct config_chunk *chunk = config->chunks;

		config->chunks = chunk->next;
		free(chunk);
	}
	free(config->source);
	free(config->file);
	free(config);
}

/* ---- the tree ---- */

const struct config_node *config_root(const struct config *config)
{
	return config->root;
}

const char *config_file(const struct config *config)
{
	return config->file;
}

const char *config_source(const struct config_node *node, size_t *length)
{
	*length = node->length;
	return node->document->source + node->offset;
}

static const struct config_node *find(const struct config_node *node,
				      const char *name)
{
	while (node && name && strcmp(node->name, name) != 0)
		node = node->next;
	return node;
}

const struct config_node *config_child(const struct config_node *node,
				       const char *name)
{
	return find(node->children, name);
}

const struct config_node *config_next(const struct config_node *node,
				      const char *name)
{
	return find(node->next, name);
}

const char *config_attribute(const struct config_node *node, const char *name)
{
	const struct config_attribute *attribute = node->attributes;

	while (attribute && strcmp(attribute->name, name) != 0)
		attribute = attribute->next;
	return attribute ? attribute->value : NULL;
}

const char *config_value(const struct config_node *node, const char *name)
{
	const char *value = config_attribute(node, name);
	const struct config_node *child;

	if (value)
		return value;
	child = config_child(node, name);
	return child ? child->text : NULL;
}
