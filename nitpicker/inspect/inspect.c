/*
 * nitpicker-inspect: what a running desktop consists of, from its reports.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base.h"
#include "report.h"
#include "session/document.h"
#include "session/session.h"

static const struct component_info info = {
	.name = "nitpicker-inspect",
	.summary = "prints views, focus, sessions, widgets and children of a "
		   "running desktop",
	.options = "  views|focus|sessions|widgets|children\n"
		   "                   what to print; without it: all but "
		   "widgets\n"
		   "  --runtime DIR    folder of the desktop; default: that of "
		   "the\n"
		   "                   running desktop\n"
		   "  --protocol       prints the messages of all sessions "
		   "instead\n",
};

static const char *const subjects[] = { "views", "focus", "sessions",
					"children", "widgets" };
enum { SUBJECT_WIDGETS = 4 };

/* ---- printing ---- */

/* NAME="value" of all attributes but the ones in front. */
static void print_attributes(const struct config_node *node)
{
	for (const struct config_attribute *a = node->attributes; a;
	     a = a->next) {
		if (strcmp(a->name, "label") && strcmp(a->name, "title") &&
		    strcmp(a->name, "name") && strcmp(a->name, "role"))
			printf(" %s=%s", a->name, *a->value ? a->value : "-");
	}
}

static void print_node(const struct config_node *node, int depth)
{
	static const char *const first[] = { "role", "label", "name", "title" };

	printf("%*s", 1 + 2 * depth, "");
	for (size_t i = 0; i < array_size(first); i++) {
		const char *value = config_attribute(node, first[i]);

		if (value)
			printf(i ? " \"%s\"" : " %s", value);
	}
	print_attributes(node);
	printf("\n");
	for (const struct config_node *child = config_child(node, NULL); child;
	     child = config_next(child, NULL))
		print_node(child, depth + 1);
}

struct printing {
	const char *subject;
	bool failed;
};

static void print_report(void *user, const char *label, const char *path)
{
	struct printing *printing = user;
	char *error = NULL;
	struct config *config = config_load(path, &error);
	const struct config_node *root;

	if (!config) {
		log_error("%s", error);
		free(error);
		printing->failed = true;
		return;
	}
	root = config_root(config);
	printf("%s of %s:\n", printing->subject, *label ? label : "init");
	/* A focus is one node, the others are lists. */
	if (!config_child(root, NULL))
		print_node(root, 0);
	for (const struct config_node *node = config_child(root, NULL); node;
	     node = config_next(node, NULL))
		print_node(node, 0);
	config_destroy(config);
}

/* ---- the desktop ---- */

/* Its folder; NULL with one line. */
static char *find_desktop(const char *given)
{
	char *runtime, *path;

	if (given)
		return xstrdup(given);
	runtime = runtime_directory();
	if (!runtime)
		return NULL;
	path = xasprintf("%s/desktop", runtime);
	free(runtime);
	return path;
}

static bool exists(const char *path)
{
	struct stat stat_buffer;

	return stat(path, &stat_buffer) == 0;
}

static bool print_subject(const char *reports, size_t subject, bool asked)
{
	struct printing printing = { .subject = subjects[subject] };
	int count = report_find(reports, subjects[subject], print_report,
				&printing);

	if (count < 0) {
		log_error("%s: %s", reports, strerror(errno));
		return false;
	}
	if (!count && asked) {
		log_error("no report \"%s\" below %s", subjects[subject],
			  reports);
		return false;
	}
	return !printing.failed;
}

static int print_all(const char *desktop, int wanted)
{
	char *reports = xasprintf("%s/report", desktop);
	bool good = true;

	if (!exists(desktop)) {
		log_error("%s: no desktop there", desktop);
		good = false;
	} else if (!exists(reports)) {
		log_error("%s: this desktop writes no reports (start it with "
			  "nitpicker-desktop --reports)",
			  desktop);
		good = false;
	}
	for (size_t i = 0; good && i < array_size(subjects); i++) {
		bool asked = wanted == (int)i;

		if (asked || (wanted < 0 && i != SUBJECT_WIDGETS))
			good = print_subject(reports, i, asked);
	}
	free(reports);
	return good ? 0 : 1;
}

static int print_protocols(void)
{
	static const struct wire_protocol *const protocols[] = {
		&parent_protocol, &framebuffer_protocol,
		&input_protocol,  &nitpicker_protocol,
		&log_protocol,    &screenshot_protocol,
	};

	for (size_t i = 0; i < array_size(protocols); i++) {
		if (i)
			printf("\n");
		wire_document(stdout, protocols[i]);
	}
	return 0;
}

static int find_subject(const char *word)
{
	for (size_t i = 0; i < array_size(subjects); i++) {
		if (!strcmp(subjects[i], word))
			return (int)i;
	}
	component_usage(&info, "views, focus, sessions, widgets or children");
}

int main(int argc, char **argv)
{
	const char *runtime = NULL;
	int wanted = -1, result;
	char *desktop;

	component_options(&info, argc, argv);
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--protocol"))
			return print_protocols();
		if (strcmp(argv[i], "--runtime"))
			wanted = find_subject(argv[i]);
		else if (!(runtime = argv[++i]))
			component_usage(&info, "--runtime needs a folder");
	}
	desktop = find_desktop(runtime);
	if (!desktop)
		return 1;
	result = print_all(desktop, wanted);
	free(desktop);
	return result;
}
