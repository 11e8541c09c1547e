/*
 * Starting programs, and telling the user what didn't go as wished.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad.h"

enum { CASCADE_MAX = 16 };

/* ---- matters ---- */

static void forget(struct matter *matter)
{
	struct matter **at = &matter->launchpad->matters;

	while (*at != matter)
		at = &(*at)->next;
	*at = matter->next;
	free(matter->child);
	free(matter->program);
	free(matter);
}

/* The bar that decides: of the child, else of what it is made of. */
static void go_to_quota(const struct matter *matter)
{
	struct launchpad *launchpad = matter->launchpad;
	struct running *running = matter->child ? running_find(launchpad,
							       matter->child)
						: NULL;
	struct program *program = matter->program
					  ? program_find(launchpad,
							 matter->program)
					  : NULL;

	if (running && running->row)
		panel_focus_limit(running->row);
	else if (program && (program->found || program->row))
		panel_focus_quota(program->found ? program->found
						 : program->row);
}

static void answered(void *user, int answer)
{
	struct matter *matter = user;
	struct running *running;

	if (answer == 0)
		go_to_quota(matter);
	running = answer == 1 && matter->child
			  ? running_find(matter->launchpad, matter->child)
			  : NULL;
	if (running && running->row)
		panel_open_child(running->row, true);
	forget(matter);
}

void tell_matter(struct launchpad *launchpad, const char *title,
		 const char *text, const char *child, const char *program)
{
	static const char *const answers[] = { "Adjust\u2026", "Details",
					       NULL };
	static const char *const adjust[] = { "Adjust\u2026", NULL };
	struct ui *ui = window_ui(launchpad->window);
	struct matter *matter = xcalloc(1, sizeof(*matter));

	matter->launchpad = launchpad;
	matter->child = child ? xstrdup(child) : NULL;
	matter->program = program ? xstrdup(program) : NULL;
	matter->next = launchpad->matters;
	launchpad->matters = matter;
	matter->toast = toast_ask(ui, frame_overlay((struct frame *)ui->root),
				  title, text, child ? answers : adjust,
				  answered, matter);
}

void matters_finish(struct launchpad *launchpad)
{
	while (launchpad->matters) {
		toast_forget(launchpad->matters->toast);
		forget(launchpad->matters);
	}
}

/* ---- starting ---- */

static void say_problem(const struct program *program, const char *problem)
{
	char *title = xasprintf("%s did not start", program->name);

	tell_matter(program->launchpad, title, problem, NULL, program->id);
	free(title);
}

/* It got what was left, not what it asked for. */
static void tell_cut(const struct program *program, struct child *child)
{
	char got[QUOTA_TEXT_MAX], wanted[QUOTA_TEXT_MAX];
	struct child_info info;
	char *title, *text;

	child_get_info(child, &info);
	if (!child_is_alive(child) || info.quota >= program->quota)
		return;
	quota_format(info.quota, got);
	quota_format(program->quota, wanted);
	title = xasprintf("%s got %s", info.name, got);
	text = xasprintf("It asked for %s; that was all that was left.",
			 wanted);
	tell_matter(program->launchpad, title, text, info.name, program->id);
	free(text);
	free(title);
}

/* ---- places ---- */

static unsigned own_place(void)
{
	const char *text = getenv(WINDOW_CASCADE);

	return text ? (unsigned)strtoul(text, NULL, 10) % CASCADE_MAX : 0;
}

/* Windows of the same program don't open on each other: neither those of its
 * instances, nor a launchpad's on its own launchpad's. */
static void choose_place(struct launchpad *launchpad, struct entry *entry)
{
	struct entry_pair *pair = xcalloc(1, sizeof(*pair));
	unsigned place = 0;
	struct child_info info;

	for (struct running *r = launchpad->children; r; r = r->next) {
		child_get_info(r->child, &info);
		place += child_is_alive(r->child) &&
			 strcmp(info.filename, entry->filename) == 0;
	}
	if (strcmp(entry->filename, "launchpad") == 0)
		place += own_place() + 1;
	pair->name = xstrdup(WINDOW_CASCADE);
	pair->value = xasprintf("%u", place % CASCADE_MAX);
	pair->next = entry->env;
	entry->env = pair;
}

void program_start(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	struct program *program = tag;
	struct entry *entry;
	struct child *child;
	const char *why = "launchpad has no quota yet";
	char *problem = NULL;

	if (launchpad->family)
		entry = program->entry ? entry_copy(program->entry)
				       : linux_entry(program, &why);
	else
		entry = NULL;
	if (!entry) {
		char *title = xasprintf("%s did not start", program->name);

		window_message(launchpad->window, title, why);
		free(title);
		return;
	}
	entry->ram_quota = program->quota;
	choose_place(launchpad, entry);
	child = family_start(launchpad->family, entry, &problem);
	if (!child)
		say_problem(program, problem ? problem : "no memory left");
	else
		tell_cut(program, child);
	program->uses += child != NULL;
	stored_changed(launchpad);
	free(problem);
	entry_destroy(entry);
}
