/*
 * Reports: handed up to the root, which writes them to files.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "measure.h"
#include "store.h"

/* What a parent below us may hand on, beside its own. */
enum { REPORTS_OF_PARENT = LIMIT_REPORTS * LIMIT_CHILD_SESSIONS };

static char *report_folder(const struct family *family)
{
	return xasprintf("%s/report", family->runtime);
}

/* A report of `label`, or its end if it is empty. */
static void deliver(struct family *family, const char *label, const char *name,
		    const char *xml, size_t bytes)
{
	char *folder, *file;

	if (family->parent) {
		/* Of ours those are that a child of ours told. */
		if (*label && !strcmp(name, "children") &&
		    family->handler.report)
			family->handler.report(family->user, label, name, xml,
					       bytes);
		if (parent_report_wanted(family->parent, name))
			parent_report(family->parent, label, name, xml);
		return;
	}
	if (bytes && family->handler.report)
		family->handler.report(family->user, label, name, xml, bytes);
	if (!family->write_reports || !family->runtime)
		return;
	folder = report_folder(family);
	file = xasprintf("%s.xml", name);
	if (!bytes)
		store_remove(folder, label, file);
	else if (!store_write(folder, label, file, xml, bytes, 0))
		log_warning("report %s of %s: %s", name, label,
			    strerror(errno));
	free(file);
	free(folder);
}

static struct sent_report **find_report(struct child *child, const char *label,
					const char *name)
{
	struct sent_report **at = &child->reports;

	while (*at &&
	       (strcmp((*at)->label, label) || strcmp((*at)->name, name)))
		at = &(*at)->next;
	return at;
}

static void forget_report(struct child *child, struct sent_report **at)
{
	struct sent_report *report = *at;

	*at = report->next;
	free(report->label);
	free(report->name);
	free(report);
	child->report_count--;
}

/* False when that would be one too many. */
static bool note_report(struct child *child, const char *label,
			const char *name)
{
	struct sent_report **at = find_report(child, label, name);
	const unsigned max = child->is_parent ? REPORTS_OF_PARENT
					      : LIMIT_REPORTS;

	if (*at)
		return true;
	if (child->report_count == max)
		return false;
	*at = xcalloc(1, sizeof(**at));
	(*at)->label = xstrdup(label);
	(*at)->name = xstrdup(name);
	child->report_count++;
	return true;
}

/* ---- pids ---- */

/* Looks for a descendant by its number in the namespace of a child. */
struct search {
	pid_t inner, found;
	unsigned depth;
};

enum { SEARCH_DEPTH = 32 };

static void search_one(void *user, pid_t pid)
{
	struct search *search = user;

	if (search->found || search->depth == SEARCH_DEPTH)
		return;
	if (measure_inner_pid(pid) == search->inner) {
		search->found = pid;
		return;
	}
	search->depth++;
	measure_children(pid, search_one, search);
	search->depth--;
}

/*
 * An isolated parent names its children by the numbers of its own pid
 * namespace. On each level upwards they become those of the namespace above,
 * so that in the end they are the reader's.
 */
static char *translate_pids(const struct child *sender, char *xml,
			    size_t *bytes)
{
	static const char key[] = " pid=\"";
	const char *rest = xml, *at;
	char *text = NULL;
	FILE *out = open_memstream(&text, bytes);

	if (!out)
		return xml;
	while ((at = strstr(rest, key))) {
		struct search search = { .found = 0 };
		char *end;

		at += strlen(key);
		fwrite(rest, 1, (size_t)(at - rest), out);
		search.inner = (pid_t)strtol(at, &end, 10);
		if (search.inner > 0)
			measure_children(sender->pid, search_one, &search);
		fprintf(out, "%d", (int)search.found);
		rest = end;
	}
	fputs(rest, out);
	fclose(out);
	free(xml);
	return text;
}

enum wire_status family_report(struct child *sender, const char *label,
			       const char *name, int fd)
{
	char full[LABEL_MAX + 1];
	struct sent_report **known;
	size_t bytes = 0;
	char *xml;

	if (!label_is_valid(label) || !child_name_is_valid(name) ||
	    !label_join(full, sender->label, label))
		return WIRE_INVALID;
	if (!sender->is_parent && label_depth(label) > 1)
		return WIRE_INVALID;
	xml = memory_read_blob(fd, LIMIT_REPORT, &bytes);
	if (!xml)
		return WIRE_INVALID;
	known = find_report(sender, label, name);
	if (!bytes && *known)
		forget_report(sender, known);
	else if (bytes && !note_report(sender, label, name)) {
		free(xml);
		return WIRE_DENIED;
	}
	if (bytes && sender->isolated && !strcmp(name, "children"))
		xml = translate_pids(sender, xml, &bytes);
	deliver(sender->family, full, name, xml, bytes);
	free(xml);
	return WIRE_OK;
}

void family_withdraw_reports(struct child *child)
{
	char full[LABEL_MAX + 1];

	while (child->reports) {
		if (label_join(full, child->label, child->reports->label))
			deliver(child->family, full, child->reports->name, "",
				0);
		forget_report(child, &child->reports);
	}
}

static void describe_child(FILE *out, struct child *child)
{
	char *reason = config_escape(child->reason);

	fprintf(out,
		"\t<child name=\"%s\" pid=\"%d\" state=\"%s\" reason=\"%s\" "
		"quota=\"%llu\" used=\"%llu\"/>\n",
		child->name, (int)child_program_pid(child),
		child_state_name(child->state), reason,
		(unsigned long long)child->account->assigned,
		(unsigned long long)child_used(child));
	free(reason);
}

uint64_t family_returning(const struct family *family)
{
	uint64_t bytes = family->pool.assigned - host_quota(family);
	const struct child *child;

	for (child = family->first; child; child = child->next)
		bytes -= child->account->assigned;
	return bytes;
}

void family_report_children(struct family *family)
{
	struct child *child;
	char *xml = NULL;
	size_t bytes = 0;
	FILE *out;

	if (family->parent ? !parent_report_wanted(family->parent, "children")
			   : !family->write_reports)
		return;
	out = open_memstream(&xml, &bytes);
	if (!out)
		return;
	fprintf(out,
		"<children total=\"%llu\" reserve=\"%llu\" host=\"%llu\" "
		"returning=\"%llu\" left=\"%llu\">\n",
		(unsigned long long)family->pool.total,
		(unsigned long long)family->pool.reserve,
		(unsigned long long)host_quota(family),
		(unsigned long long)family_returning(family),
		(unsigned long long)quota_left(&family->pool));
	for (child = family->first; child; child = child->next)
		describe_child(out, child);
	fprintf(out, "</children>\n");
	fclose(out);
	deliver(family, "", "children", xml, bytes);
	free(xml);
}

void family_prepare_reports(struct family *family)
{
	char *folder;

	if (family->parent || !family->runtime)
		return;
	/* What a desktop that was killed left there. */
	folder = report_folder(family);
	store_remove_tree(folder);
	free(folder);
}
