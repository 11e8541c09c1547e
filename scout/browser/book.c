#include "book.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

/* ---- names ---- */

static bool ends_with(const char *text, const char *end)
{
	size_t a = strlen(text), b = strlen(end);

	return a >= b && !strcmp(text + a - b, end);
}

/* Up to and with the last slash. */
static char *folder_of(const char *name)
{
	const char *slash = strrchr(name, '/');

	return xstrndup(name, slash ? (size_t)(slash + 1 - name) : 0);
}

/* Takes "." and ".." out; what leads above the folder stays there. */
static void normalize(char *path)
{
	char *out = path, *at = path;

	while (*at) {
		size_t length = strcspn(at, "/");

		if (length == 2 && at[0] == '.' && at[1] == '.') {
			if (out > path)
				out--;
			while (out > path && out[-1] != '/')
				out--;
		} else if (length && !(length == 1 && at[0] == '.')) {
			memmove(out, at, length);
			out += length;
			if (at[length])
				*out++ = '/';
		}
		at += length + (at[length] == '/');
	}
	*out = 0;
}

/* "%20" and the like, as links have them. */
static void decode(char *text)
{
	char *out = text;

	for (; *text; text++) {
		char digits[3] = { text[0] == '%' ? text[1] : 0,
				   text[0] == '%' && text[1] ? text[2] : 0, 0 };
		char *end;
		long code = strtol(digits, &end, 16);

		if (digits[0] && end == digits + 2 && code > 0) {
			*out++ = (char)code;
			text += 2;
		} else {
			*out++ = *text;
		}
	}
	*out = 0;
}

char *book_resolve(const char *from, const char *to)
{
	size_t length = strcspn(to, "#");
	char *folder, *name, *path;

	if (!length)
		return xstrdup(from);
	name = xstrndup(to, length);
	decode(name);
	folder = folder_of(from);
	path = xasprintf("%s%s", name[0] == '/' ? "" : folder, name);
	free(folder);
	free(name);
	normalize(path);
	return path;
}

char *book_path(const struct book *book, const char *file)
{
	return xasprintf("%s%s", book->folder, file);
}

/* ---- reading ---- */

static void add(struct book *book, const char *file, const char *title)
{
	if (book->count == CHAPTERS_MAX)
		return;
	book->chapters = xreallocarray(book->chapters, book->count + 1,
				       sizeof(*book->chapters));
	book->chapters[book->count++] = (struct chapter){
		.file = xstrdup(file), .title = xstrdup(title)
	};
}

static void read_nodes(struct book *book, const struct config_node *node)
{
	static const char *const known[] = { "title", "chapter", "picture",
					     NULL };
	static const char *const known_in_chapter[] = { "file", "title", NULL };
	const struct config_node *chapter;

	config_check_known(node, known);
	book->title = xstrdup(config_value(node, "title"));
	for (chapter = config_child(node, "chapter"); chapter;
	     chapter = config_next(chapter, "chapter")) {
		const char *file = config_value(chapter, "file");

		config_check_known(chapter, known_in_chapter);
		if (file)
			add(book, file, config_value(chapter, "title"));
		else
			config_complain(chapter, "has no file");
	}
}

static void read_xml(struct book *book, const char *name)
{
	size_t bytes;
	char *text = source_read(book->source, name, BOOK_BYTES_MAX, &bytes);
	char *error = NULL;
	struct config *config;

	if (!text) {
		log_warning("%s: can't be read", name);
		return;
	}
	config = config_parse(text, bytes, name, 1, 1, &error);
	if (config)
		read_nodes(book, config_root(config));
	else
		log_warning("%s", error);
	free(error);
	config_destroy(config);
	free(text);
}

static void read_folder(struct book *book)
{
	char **names = source_list(book->folder);

	for (size_t i = 0; names[i]; i++) {
		add(book, names[i], NULL);
		free(names[i]);
	}
	free(names);
}

void book_open(struct book *book, struct source *source, const char *name)
{
	*book = (struct book){ .source = source };
	if (source_is_folder(name)) {
		book->folder = xasprintf("%s%s", name,
					 ends_with(name, "/") ? "" : "/");
		char *index = xasprintf("%sbook.xml", book->folder);
		int fd = source_open(source, index);

		if (fd >= 0) {
			close(fd);
			read_xml(book, index);
		} else {
			read_folder(book);
		}
		free(index);
		return;
	}
	book->folder = folder_of(name);
	if (ends_with(name, ".xml"))
		read_xml(book, name);
	else
		add(book, name + strlen(book->folder), NULL);
}

void book_read(struct book *book, struct source *source,
	       const struct config_node *node)
{
	*book = (struct book){ .source = source, .folder = xstrdup("") };
	read_nodes(book, node);
}

void book_finish(struct book *book)
{
	for (size_t i = 0; i < book->count; i++) {
		free(book->chapters[i].file);
		free(book->chapters[i].title);
	}
	free(book->chapters);
	free(book->folder);
	free(book->title);
	*book = (struct book){ 0 };
}

int book_find(const struct book *book, const char *file)
{
	for (size_t i = 0; i < book->count; i++)
		if (!strcmp(book->chapters[i].file, file))
			return (int)i;
	return -1;
}

static struct document *read_chapter(struct book *book, size_t chapter)
{
	char *path = book_path(book, book->chapters[chapter].file);
	size_t bytes;
	size_t memory = book->source->memory;
	char *text = source_read(
		book->source, path,
		memory < DOCUMENT_BYTES_MAX ? memory : DOCUMENT_BYTES_MAX,
		&bytes);
	struct document *document = text ? document_parse_within(text, bytes, 0,
								 memory)
					 : NULL;

	free(text);
	free(path);
	return document;
}

const char *book_chapter_title(struct book *book, size_t number)
{
	struct chapter *chapter = &book->chapters[number];
	struct document *document;

	if (chapter->title)
		return chapter->title;
	document = read_chapter(book, number);
	if (document)
		chapter->title = document_title(document);
	if (!chapter->title)
		chapter->title = xstrdup(chapter->file);
	document_destroy(document);
	return chapter->title;
}

/* ---- contents ---- */

/* Words as they are, in Markdown. */
static void print_words(FILE *file, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_{}[]()#+-.!<>&|~", *text))
			fputc('\\', file);
		fputc(*text, file);
	}
}

static void print_headings(FILE *file, const struct document *document,
			   const char *address, unsigned level,
			   const char *indent)
{
	struct anchors *anchors = anchors_create(document);

	for (uint32_t i = 1; i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];
		char *words, *anchor;

		if (block->kind != BLOCK_HEADING)
			continue;
		anchor = anchors_next(anchors, i);
		if (block->detail == level) {
			words = document_words(document, block);
			fprintf(file, "%s- [", indent);
			print_words(file, words);
			fprintf(file, "](<%s#%s>)\n", address, anchor);
			free(words);
		}
		free(anchor);
	}
	anchors_destroy(anchors);
}

static void print_chapter(FILE *file, struct book *book, size_t number)
{
	const char *address = book->chapters[number].file;
	struct document *document = read_chapter(book, number);
	bool alone = book->count == 1;

	if (!alone) {
		fprintf(file, "%zu. [", number + 1);
		print_words(file, book_chapter_title(book, number));
		fprintf(file, "](<%s>)\n", address);
	}
	if (document)
		print_headings(file, document, address, 2, alone ? "" : "   ");
	document_destroy(document);
}

char *book_contents(struct book *book, size_t *bytes)
{
	char *text = NULL;
	FILE *file = open_memstream(&text, bytes);

	if (!file)
		return NULL;
	fputs("# ", file);
	print_words(file, book->title   ? book->title
			  : book->count ? book_chapter_title(book, 0)
					: "Contents");
	fputs("\n\n", file);
	for (size_t i = 0; i < book->count; i++)
		print_chapter(file, book, i);
	if (fclose(file)) {
		free(text);
		return NULL;
	}
	return text;
}
