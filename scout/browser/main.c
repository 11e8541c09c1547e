/*
 * scout: shows documents that refer to each other.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "browser.h"

enum { X = 256, Y = 80, W = 560, H = 620, MIN_W = 360, MIN_H = 300 };

/* Bytes beside the window: 3 MiB with the manual at scale 1, 5 at 3. */
enum { OWN_MEMORY = 6 << 20 };

static const struct component_info info = {
	.name = "scout",
	.summary = "Shows Markdown documents; without one, the manual.",
	.options =
		"  FILE.md | FOLDER | BOOK.xml   what to show\n"
		"  --dump-html FILE   prints a document as HTML (-: standard "
		"input)\n"
		"  --commonmark       with --dump-html: without additions to "
		"CommonMark\n",
};

/* ---- as a filter ---- */

static char *read_all(FILE *file, size_t *bytes)
{
	size_t room = 1 << 16, got;
	char *text = malloc(room);

	*bytes = 0;
	while (text && (got = fread(text + *bytes, 1, room - *bytes, file))) {
		char *larger;

		*bytes += got;
		if (*bytes < room)
			continue;
		room *= 2;
		larger = *bytes > DOCUMENT_BYTES_MAX ? NULL
						     : realloc(text, room);
		if (!larger)
			free(text);
		text = larger;
	}
	return text;
}

static int dump_html(const char *name, unsigned flags)
{
	FILE *file = strcmp(name, "-") ? fopen(name, "re") : stdin;
	struct document *document = NULL;
	size_t bytes;
	char *text = file ? read_all(file, &bytes) : NULL;
	int code = 1;

	if (text)
		document = document_parse(text, bytes, flags);
	if (document) {
		document_print_html(document, stdout);
		code = fflush(stdout) != 0;
	} else {
		fprintf(stderr, "scout: %s: %s\n", name,
			file ? "too large" : strerror(errno));
	}
	document_destroy(document);
	free(text);
	if (file && file != stdin)
		fclose(file);
	return code;
}

/* What is not an option; NULL: nothing. Exits where --dump-html is asked. */
static const char *read_options(int argc, char **argv)
{
	const char *argument = NULL;
	unsigned flags = 0;
	bool dump = false, only_names = false;

	component_options(&info, argc, argv);
	for (int i = 1; i < argc; i++) {
		if (only_names || argv[i][0] != '-' || !argv[i][1]) {
			if (argument)
				component_usage(&info, "one document");
			argument = argv[i];
		} else if (!strcmp(argv[i], "--")) {
			only_names = true;
		} else if (!strcmp(argv[i], "--dump-html")) {
			dump = true;
		} else if (!strcmp(argv[i], "--commonmark")) {
			flags |= DOCUMENT_PLAIN;
		} else {
			component_usage(&info, "[FILE.md | FOLDER | BOOK.xml]");
		}
	}
	if (dump && !argument)
		component_usage(&info, "--dump-html FILE");
	if (dump)
		exit(dump_html(argument, flags));
	return argument;
}

/* ---- as a component ---- */

static const char *const known[] = { "book",  "file",     "xpos",
				     "ypos",  "width",    "height",
				     "theme", "keyboard", NULL };

static void on_config(void *user, const struct config_node *root)
{
	struct browser *browser = user;

	if (!browser->view)
		return;
	config_check_known(root, known);
	window_configure(browser->window, root);
	browser_begin(browser);
}

static void on_resource(void *user, uint64_t quota, uint64_t used)
{
	struct browser *browser = user;

	(void)used;
	/* The first one comes while the component begins. */
	if (browser->view)
		browser_set_quota(browser, quota);
}

static void get_pixels(const struct config_node *root, const char *name,
		       int64_t min, int32_t *value)
{
	int64_t wide = *value;

	config_get_int(root, name, min, LIMIT_SIDE, &wide);
	*value = (int32_t)wide;
}

static void on_close(void *user)
{
	struct browser *browser = user;

	loop_stop(browser->component.loop, 0);
}

static bool on_key(void *user, const struct ui_event *event)
{
	struct browser *browser = user;

	return browser->view && view_key(browser->view, event);
}

static bool create_window(struct browser *browser)
{
	static const struct window_handler handler = { .close = on_close,
						       .key = on_key };
	const struct config_node *root = parent_config(
		browser->component.parent);
	struct window_options options = {
		.title = "Scout",
		.place = { X, Y, W, H },
		.min_w = MIN_W,
		.min_h = MIN_H,
		.reserve = OWN_MEMORY,
	};

	get_pixels(root, "xpos", -LIMIT_SIDE, &options.place.x);
	get_pixels(root, "ypos", -LIMIT_SIDE, &options.place.y);
	get_pixels(root, "width", MIN_W, &options.place.w);
	get_pixels(root, "height", MIN_H, &options.place.h);
	config_check_known(root, known);
	browser->window = window_create(browser->component.loop,
					browser->component.parent, &options,
					&handler, browser);
	if (!browser->window)
		return false;
	browser->view = view_create(window_ui(browser->window),
				    window_body(browser->window),
				    &browser_view_handler, browser);
	return true;
}

/* The parent is found by the number of a descriptor: we are a child. */
static bool is_child(void)
{
	const char *parent = getenv("NITPICKER_PARENT");

	return parent && *parent &&
	       strspn(parent, "0123456789") == strlen(parent);
}

int main(int argc, char **argv)
{
	static const struct parent_handler handler = {
		.config = on_config,
		.resource = on_resource,
	};
	struct browser browser = { .argument = read_options(argc, argv) };
	bool child = is_child();
	int code = 1;

	component_init(&browser.component, &info, argc, argv, &handler,
		       &browser);
	browser.source = (struct source){
		.loop = browser.component.loop,
		.parent = browser.component.parent,
		.child = child,
	};
	browser_init(&browser);
	if (create_window(&browser)) {
		browser_begin(&browser);
		window_show(browser.window);
		code = loop_run(browser.component.loop);
	}
	browser_finish(&browser);
	window_destroy(browser.window);
	component_finish(&browser.component);
	return code;
}
