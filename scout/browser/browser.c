/*
 * Which document is shown, and how one gets to others.
 */
#include "browser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"

enum { FIRST_PART = 256 << 10, LARGE = 1 << 20, REST_NS = 50000000 };

extern const char _binary_help_md_start[];
extern const char _binary_help_md_end[];

static struct page *page_of(struct browser *browser)
{
	return view_page(browser->view);
}

void browser_say(struct browser *browser, const char *title, const char *text)
{
	window_message(browser->window, title, text);
}

/* ---- documents ---- */

static char *path_of(struct browser *browser, const char *address)
{
	return book_path(&browser->book, address);
}

/* Bytes that are enough for the first page of a large document. */
static size_t first_part(const char *text, size_t bytes)
{
	const char *end;

	if (bytes < LARGE)
		return bytes;
	end = memmem(text + FIRST_PART, bytes - FIRST_PART, "\n\n", 2);
	return end && end - text < LARGE ? (size_t)(end + 1 - text) : bytes;
}

static struct document *read_file(struct browser *browser, const char *address)
{
	char *path = path_of(browser, address);
	size_t bytes = 0, part, memory = browser->source.memory;
	char *text = source_read(
		&browser->source, path,
		memory < DOCUMENT_BYTES_MAX ? memory : DOCUMENT_BYTES_MAX,
		&bytes);
	struct document *document = NULL;

	browser->too_large = !text && errno == EFBIG;
	if (text) {
		part = browser->hurry ? first_part(text, bytes) : bytes;
		document = document_parse_within(text, part, 0, memory);
		browser->too_large = !document;
		if (part < bytes)
			timer_set_in(&browser->rest, REST_NS);
	}
	free(text);
	free(path);
	return document;
}

static struct document *read_document(struct browser *browser,
				      const char *address)
{
	const char *begin = _binary_help_md_start;
	struct document *document;
	size_t bytes;
	char *text;

	if (!strcmp(address, ADDRESS_HELP))
		return document_parse(begin,
				      (size_t)(_binary_help_md_end - begin), 0);
	if (strcmp(address, ADDRESS_CONTENTS))
		return read_file(browser, address);
	text = book_contents(&browser->book, &bytes);
	document = text ? document_parse(text, bytes, 0) : NULL;
	free(text);
	return document;
}

/* ---- around the page ---- */

static void update_buttons(struct browser *browser)
{
	const char *address = browser->address ? browser->address : "";
	const char *home = browser->book.count ? browser->book.chapters[0].file
					       : "";
	enum view_command mark = VIEW_COMMANDS;

	if (!strcmp(address, ADDRESS_CONTENTS))
		mark = VIEW_CONTENTS;
	else if (!strcmp(address, ADDRESS_HELP))
		mark = VIEW_HELP;
	else if (!strcmp(address, home))
		mark = VIEW_HOME;
	view_mark(browser->view, mark);
	view_enable(browser->view, VIEW_BACK,
		    history_can(&browser->history, -1));
	view_enable(browser->view, VIEW_FORWARD,
		    history_can(&browser->history, 1));
}

static void update_title(struct browser *browser,
			 const struct document *document)
{
	char *title = document_title(document);
	const char *shown = title                 ? title
			    : browser->book.title ? browser->book.title
						  : browser->address;

	window_set_title(browser->window, *shown ? shown : "Scout");
	free(title);
}

static struct page_way way_to(struct browser *browser, int chapter)
{
	if (chapter < 0 || (size_t)chapter >= browser->book.count)
		return (struct page_way){ NULL, NULL };
	return (struct page_way){
		.title = book_chapter_title(&browser->book, (size_t)chapter),
		.address = browser->book.chapters[chapter].file,
	};
}

static void reload(void *user);

static void watch(struct browser *browser)
{
	char *path = path_of(browser, browser->address);

	source_watch_destroy(browser->watch);
	browser->watch = NULL;
	if (!strchr(browser->address, ':'))
		browser->watch = source_watch_create(&browser->source, path,
						     reload, browser);
	free(path);
}

static void show_document(struct browser *browser, struct document *document,
			  const char *address)
{
	int chapter = book_find(&browser->book, address);
	struct page_way none = { NULL, NULL };
	bool again = browser->address && !strcmp(browser->address, address);
	char *copy = xstrdup(address);

	free(browser->address);
	browser->address = copy;
	if (again)
		pictures_check(&browser->pictures);
	else
		pictures_forget(&browser->pictures);
	update_title(browser, document);
	page_show(page_of(browser), document,
		  chapter < 0 ? none : way_to(browser, chapter - 1),
		  chapter < 0 ? none : way_to(browser, chapter + 1));
	view_document_changed(browser->view);
}

static void go_anchor(struct browser *browser, const char *anchor)
{
	const struct document *document = page_document(page_of(browser));
	uint32_t block;

	if (!*anchor) {
		page_go_text(page_of(browser), 0, true);
		return;
	}
	block = document_find_anchor(document, anchor);
	if (block)
		page_go_block(page_of(browser), block);
	else
		log_warning("%s: no heading #%s", browser->address, anchor);
}

static void say_unread(struct browser *browser, const char *file)
{
	bool quota = browser->too_large && browser->quota;
	char *problem;

	if (quota)
		problem = xasprintf("%s is too large for the memory that this "
				    "browser has, %llu MiB. Start it with "
				    "more.",
				    file,
				    (unsigned long long)browser->quota >> 20);
	else
		problem = xasprintf("%s %s.", file,
				    browser->too_large ? "is too large"
						       : "can't be read");
	log_warning("%s %s", file,
		    browser->too_large ? "is too large" : "can't be read");
	browser_say(browser, browser->too_large ? "Too large" : "Not found",
		    problem);
	free(problem);
}

bool browser_show(struct browser *browser, const char *address)
{
	char *file = xstrndup(address, strcspn(address, "#"));
	const char *anchor = strchr(address, '#');
	bool same = browser->address && !strcmp(browser->address, file);
	struct document *document = same ? NULL : read_document(browser, file);

	if (!same && !document) {
		say_unread(browser, file);
		free(file);
		return false;
	}
	if (!same) {
		show_document(browser, document, file);
		watch(browser);
	}
	free(file);
	if (anchor || same)
		go_anchor(browser, anchor ? anchor + 1 : "");
	return true;
}

static void keep_place(struct browser *browser)
{
	history_keep(&browser->history, page_place_now(page_of(browser)));
}

bool browser_go(struct browser *browser, const char *address)
{
	keep_place(browser);
	if (!browser_show(browser, address))
		return false;
	history_add(&browser->history, browser->address);
	update_buttons(browser);
	return true;
}

/* The file changed: the same place of what it is now. */
static void reload(void *user)
{
	struct browser *browser = user;
	struct page_place place = page_place_now(page_of(browser));
	struct document *document;

	if (!browser->address)
		return;
	document = read_document(browser, browser->address);
	if (!document) {
		if (browser->too_large)
			say_unread(browser, browser->address);
		else
			log_warning("%s can't be read now", browser->address);
		return;
	}
	show_document(browser, document, browser->address);
	page_go(page_of(browser), place);
	watch(browser);
}

static void step(struct browser *browser, int direction)
{
	const struct history_entry *entry;

	keep_place(browser);
	entry = history_step(&browser->history, direction);
	if (!entry)
		return;
	if (browser_show(browser, entry->address))
		page_go(page_of(browser), entry->place);
	update_buttons(browser);
}

static void go_chapter(struct browser *browser, int direction)
{
	int chapter = book_find(&browser->book, browser->address);
	int to = chapter + direction;

	if (chapter >= 0 && to >= 0 && to < (int)browser->book.count)
		browser_go(browser, browser->book.chapters[to].file);
}

void browser_command(void *user, enum view_command command)
{
	struct browser *browser = user;

	if (!browser->address)
		return;
	switch (command) {
	case VIEW_HOME:
		if (browser->book.count)
			browser_go(browser, browser->book.chapters[0].file);
		break;
	case VIEW_BACK:
	case VIEW_FORWARD:
		step(browser, command == VIEW_BACK ? -1 : 1);
		break;
	case VIEW_CONTENTS:
		browser_go(browser, ADDRESS_CONTENTS);
		break;
	case VIEW_HELP:
		browser_go(browser, ADDRESS_HELP);
		break;
	case VIEW_PREVIOUS:
	case VIEW_NEXT:
		go_chapter(browser, command == VIEW_NEXT ? 1 : -1);
		break;
	default:
		reload(browser);
	}
}

/* ---- begin and end ---- */

static void open_book(struct browser *browser)
{
	const struct config_node *root = parent_config(
		browser->component.parent);
	const struct config_node *node = config_child(root, "book");
	const char *file = config_value(root, "file");
	char *data;

	if (browser->argument) {
		book_open(&browser->book, &browser->source, browser->argument);
	} else if (node && config_child(node, "chapter")) {
		book_read(&browser->book, &browser->source, node);
	} else if (node && *node->text) {
		book_open(&browser->book, &browser->source, node->text);
	} else if (file) {
		book_open(&browser->book, &browser->source, file);
	} else {
		data = source_data(&browser->source, "book/book.xml");
		book_open(&browser->book, &browser->source, data);
		free(data);
	}
}

static void pictures_arrived(void *user, bool size)
{
	page_pictures_changed(page_of(user), size);
}

void browser_begin(struct browser *browser)
{
	history_finish(&browser->history);
	book_finish(&browser->book);
	free(browser->address);
	browser->address = NULL;
	browser->hurry = true;
	open_book(browser);
	if (!browser->book.count)
		browser_say(browser, "Nothing to read",
			    "There is no chapter in this book.");
	if (!browser->book.count ||
	    !browser_go(browser, browser->book.chapters[0].file))
		browser_go(browser, ADDRESS_HELP);
	browser->hurry = false;
}

void browser_set_quota(struct browser *browser, uint64_t bytes)
{
	browser->quota = bytes;
	/* Another document is still there while one is read, and its layout
	 * takes some, too. */
	browser->source.memory = bytes ? bytes / 4 : SIZE_MAX;
	pictures_set_quota(&browser->pictures, bytes);
}

void browser_init(struct browser *browser)
{
	timer_init(&browser->rest, browser->component.loop, reload, browser);
	pictures_init(&browser->pictures, &browser->source, pictures_arrived,
		      browser);
	browser_set_quota(browser, parent_quota(browser->component.parent));
}

void browser_finish(struct browser *browser)
{
	timer_finish(&browser->rest);
	parent_forget_open(browser->component.parent, browser);
	free(browser->asked);
	source_watch_destroy(browser->watch);
	pictures_finish(&browser->pictures);
	history_finish(&browser->history);
	book_finish(&browser->book);
	free(browser->address);
}
