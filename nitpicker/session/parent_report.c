/*
 * Reports: the latest text of each name counts, so a slow parent gets only
 * that.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "session/parent_private.h"

/* Those of children that pass through us included. */
enum { REPORTS_WAITING_MAX = LIMIT_REPORTS * LIMIT_CHILD_SESSIONS };

void parent_init_reports(struct parent *parent)
{
	parent->reports_wanted = xstrdup(getenv("NITPICKER_REPORTS"));
}

bool parent_report_wanted(const struct parent *parent, const char *name)
{
	const char *at = parent->reports_wanted;
	size_t length = strlen(name);

	if (!at)
		return false;
	if (!strcmp(at, "all"))
		return true;
	while (*at) {
		size_t word = strcspn(at, " ");

		if (word == length && !memcmp(at, name, length))
			return true;
		at += word;
		at += strspn(at, " ");
	}
	return false;
}

static bool send_report(struct parent *parent, const struct parent_report *body,
			int fd)
{
	return wire_post(parent->wire, OP_parent_report, body, NULL, 0, fd);
}

static void free_report(struct parent_waiting_report *report)
{
	close(report->fd);
	free(report);
}

void parent_send_reports(struct parent *parent)
{
	while (parent->reports && wire_space(parent->wire) == WIRE_QUEUE_MAX) {
		struct parent_waiting_report *report = parent->reports;

		parent->reports = report->next;
		send_report(parent, &report->body, report->fd);
		free_report(report);
	}
}

/* Takes `fd` over; replaces a text of the same name. */
static void keep_report(struct parent *parent, const struct parent_report *body,
			int fd)
{
	struct parent_waiting_report **link = &parent->reports;
	struct parent_waiting_report *report;
	unsigned count = 0;

	while (*link && memcmp(&(*link)->body, body, sizeof(*body))) {
		link = &(*link)->next;
		count++;
	}
	if (*link) {
		close((*link)->fd);
		(*link)->fd = fd;
		return;
	}
	if (count == REPORTS_WAITING_MAX) {
		close(fd);
		return;
	}
	report = xcalloc(1, sizeof(*report));
	report->body = *body;
	report->fd = fd;
	*link = report;
}

void parent_report(struct parent *parent, const char *label, const char *name,
		   const char *xml)
{
	struct parent_report body = { 0 };
	size_t bytes = strlen(xml);
	int fd;

	if (!parent_report_wanted(parent, name))
		return;
	if (bytes > LIMIT_REPORT) {
		log_warning("report %s: longer than %d bytes", name,
			    LIMIT_REPORT);
		return;
	}
	fd = memory_create_blob(name, xml, bytes);
	if (fd < 0)
		return;
	wire_set(&body.name, name);
	wire_set(&body.label, label);
	if (!parent->reports && wire_space(parent->wire) == WIRE_QUEUE_MAX) {
		send_report(parent, &body, fd);
		close(fd);
	} else {
		keep_report(parent, &body, fd);
	}
}

void parent_finish_reports(struct parent *parent)
{
	while (parent->reports) {
		struct parent_waiting_report *next = parent->reports->next;

		free_report(parent->reports);
		parent->reports = next;
	}
	free(parent->reports_wanted);
}

bool parent_report_changed(struct parent *parent, const char *name, char *text,
			   char **last)
{
	const bool changed = !*last || strcmp(*last, text);

	if (changed)
		parent_report(parent, "", name, text);
	free(*last);
	*last = text;
	return changed;
}
