/*
 * What the user set, kept from one run to the next: entries of their own,
 * quotas, how often something was started.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "launchpad.h"

#define STORED "launchpad-programs"

enum { PAUSE_MS = 500 };

/* ---- reading ---- */

static char *read_all(int fd, size_t *bytes)
{
	char *text = xcalloc(CONFIG_MAX_BYTES + 1, 1);
	ssize_t got;

	*bytes = 0;
	while (*bytes < CONFIG_MAX_BYTES &&
	       (got = read(fd, text + *bytes, CONFIG_MAX_BYTES - *bytes)) > 0)
		*bytes += (size_t)got;
	return text;
}

static void keep(struct launchpad *launchpad, const char *text, size_t bytes)
{
	char *error = NULL;
	struct config *config = config_parse(text, bytes, STORED, 1, 1, &error);

	if (!config) {
		log_warning("%s", error);
		free(error);
		return;
	}
	config_destroy(launchpad->stored);
	launchpad->stored = config;
}

void stored_load(struct launchpad *launchpad)
{
	int fd = parent_file(launchpad->component.parent, STORED, NULL);
	size_t bytes;
	char *text;

	if (fd < 0)
		return;
	text = read_all(fd, &bytes);
	close(fd);
	keep(launchpad, text, bytes);
	free(text);
}

const struct config_node *stored_entries(const struct launchpad *launchpad)
{
	return launchpad->stored ? config_child(config_root(launchpad->stored),
						"launcher")
				 : NULL;
}

static const struct config_node *find(const struct launchpad *launchpad,
				      const char *id)
{
	const struct config_node *node =
		launchpad->stored ? config_child(config_root(launchpad->stored),
						 "program")
				  : NULL;

	for (; node; node = config_next(node, "program")) {
		const char *of = config_value(node, "id");

		if (of && strcmp(of, id) == 0)
			return node;
	}
	return NULL;
}

void stored_apply(const struct launchpad *launchpad, struct program *program)
{
	const struct config_node *node = find(launchpad, program->id);
	int64_t uses = 0;

	if (!node)
		return;
	config_get_bytes(node, "ram_quota", &program->quota);
	if (config_get_int(node, "uses", 0, INT32_MAX, &uses))
		program->uses = (unsigned)uses;
}

/* ---- writing ---- */

static void write_value(FILE *out, const char *format, const char *value)
{
	char *escaped = config_escape(value);

	fprintf(out, format, escaped);
	free(escaped);
}

static void write_program(FILE *out, const struct program *program)
{
	const struct entry *entry = program->entry;

	if (program->origin == PROGRAM_USER) {
		write_value(out, "\t<launcher name=\"%s\"", entry->name);
		write_value(out, " filename=\"%s\">", entry->filename);
		for (struct entry_pair *p = entry->args; p; p = p->next)
			write_value(out, "<arg value=\"%s\"/>", p->value);
		fprintf(out, "</launcher>\n");
	}
	if (program->quota == program->standard && !program->uses)
		return;
	write_value(out, "\t<program id=\"%s\"", program->id);
	if (program->quota != program->standard)
		fprintf(out, " ram_quota=\"%llu\"",
			(unsigned long long)program->quota);
	fprintf(out, " uses=\"%u\"/>\n", program->uses);
}

/* What isn't there at the moment keeps what was set for it. */
static void write_others(FILE *out, struct launchpad *launchpad)
{
	const struct config_node *node =
		launchpad->stored ? config_child(config_root(launchpad->stored),
						 "program")
				  : NULL;

	for (; node; node = config_next(node, "program")) {
		const char *id = config_value(node, "id");
		size_t length;
		const char *source = config_source(node, &length);

		if (id && !program_find(launchpad, id))
			fprintf(out, "\t%.*s\n", (int)length, source);
	}
}

void stored_save(void *user)
{
	struct launchpad *launchpad = user;
	enum wire_status status;
	size_t bytes = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &bytes);

	timer_cancel(&launchpad->save);
	launchpad->unsaved = false;
	if (!out)
		return;
	fprintf(out, "<config>\n");
	for (struct program *p = launchpad->programs; p; p = p->next)
		write_program(out, p);
	write_others(out, launchpad);
	fprintf(out, "</config>\n");
	fclose(out);
	status = parent_store(launchpad->component.parent, STORED, text, bytes);
	if (status != WIRE_OK && !launchpad->cannot_save) {
		log_warning("settings are not kept: %s",
			    wire_status_name(status));
		launchpad->cannot_save = true;
	}
	keep(launchpad, text, bytes);
	free(text);
}

void stored_changed(struct launchpad *launchpad)
{
	launchpad->unsaved = true;
	timer_set_in(&launchpad->save, (uint64_t)PAUSE_MS * 1000000);
}

void stored_finish(struct launchpad *launchpad)
{
	if (launchpad->unsaved)
		stored_save(launchpad);
}
