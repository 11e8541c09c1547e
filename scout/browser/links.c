/*
 * What the page asks for: following links, copying, pictures.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "browser.h"

static void started(void *user, enum wire_status status)
{
	struct browser *browser = user;
	char *title;

	if (status != WIRE_OK) {
		title = xasprintf("%s was not started", browser->asked);
		browser_say(browser, title,
			    status == WIRE_DENIED
				    ? "It was refused. Programs can be started "
				      "in Launchpad."
			    : status == WIRE_NO_SERVICE
				    ? "There is no entry of that name."
				    : wire_status_name(status));
		free(title);
	}
	free(browser->asked);
	browser->asked = NULL;
}

/* The parent is asked, which asks the user: one at a time. */
static void start(struct browser *browser, const char *entry)
{
	char *title;

	if (browser->asked) {
		title = xasprintf("%s was not started", entry);
		browser_say(browser, title,
			    "Another program is about to be started. Answer "
			    "that first.");
		free(title);
		return;
	}
	browser->asked = xstrdup(entry);
	parent_start_later(browser->component.parent, entry, started, browser);
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool has_scheme(const char *address)
{
	size_t length = strcspn(address, ":/#");

	return length > 1 && address[length] == ':';
}

static void follow(void *user, const char *address, uint32_t line)
{
	struct browser *browser = user;
	const char *anchor = strchr(address, '#');
	char *copy = xstrdup(address), *file, *full;

	/* The document, and with it the address, may go. */
	if (begins(copy, "exec:")) {
		start(browser, copy + 5);
	} else if (has_scheme(copy) && strcmp(copy, ADDRESS_CONTENTS) &&
		   strcmp(copy, ADDRESS_HELP)) {
		browser_say(browser, "This leads out of the book", copy);
	} else {
		file = has_scheme(copy) ? xstrdup(copy)
					: book_resolve(browser->address, copy);
		full = xasprintf("%s%s", file, anchor ? anchor : "");
		if (!browser_go(browser, full) && line)
			log_warning("%s:%u: link to %s leads nowhere",
				    browser->address, line, copy);
		free(full);
		free(file);
	}
	free(copy);
}

static void copy_text(void *user, const char *text, size_t bytes)
{
	struct browser *browser = user;
	enum wire_status status = window_copy(browser->window, text, bytes);

	if (status == WIRE_OK)
		return;
	browser_say(browser, "Not copied",
		    status == WIRE_DENIED
			    ? "This desktop gives the clipboard to nobody yet."
			    : wire_status_name(status));
}

static void look(void *user)
{
	struct browser *browser = user;

	pictures_look(&browser->pictures);
}

static const struct page_picture *get_picture(void *user, const char *address,
					      uint32_t room)
{
	struct browser *browser = user;
	char *file = book_resolve(browser->address, address);
	char *path = book_path(&browser->book, file);
	const struct page_picture *picture = pictures_get(&browser->pictures,
							  path, room);

	free(path);
	free(file);
	return picture;
}

static const struct image *get_pixels(void *user,
				      const struct page_picture *picture,
				      uint32_t w, uint32_t h)
{
	struct browser *browser = user;

	return pictures_pixels(&browser->pictures, picture, w, h);
}

const struct view_handler browser_view_handler = {
	.command = browser_command,
	.page = {
		.follow = follow,
		.copy = copy_text,
		.look = look,
		.picture = get_picture,
		.pixels = get_pixels,
	},
};
