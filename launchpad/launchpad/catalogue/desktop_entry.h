/*
 * desktop_entry: programs of the host, as their .desktop files describe them
 * (Desktop Entry Specification 1.5).
 *
 * Read strictly: what desktop-file-validate calls an error makes a file
 * invalid, with a reason. A program is never run through a shell: Exec becomes
 * arguments here.
 */
#ifndef CATALOGUE_DESKTOP_ENTRY_H
#define CATALOGUE_DESKTOP_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

enum {
	DESKTOP_FILE_MAX = 256 << 10, /* bytes */
	DESKTOP_KEYS_MAX = 4096, /* in one file, all languages */
	DESKTOP_ARGS_MAX = 64,
	DESKTOP_ACTIONS_MAX = 16, /* of an entry; more are left out */
};

/* Another way to start it: "New Window". */
struct desktop_action {
	char *id, *name;
	char **args; /* as those of the entry */
};

struct desktop_entry {
	char *name; /* in the user's language, as all texts */
	char *generic, *comment, *keywords; /* "" where there is none */
	char *icon, *path, *try_exec; /* "": none */
	char *category; /* the first main one, in words; "Other" */
	char **args; /* of Exec without files, args[0] is the program; ends
			with NULL */
	struct desktop_action *actions;
	size_t action_count;
	bool terminal; /* wants one */
	bool shown; /* not hidden, and for this desktop */
};

/* Where an entry stands, and for whom it is read. */
struct desktop_context {
	const char *file; /* absolute, for %k */
	const char *locale; /* "de_AT.UTF-8@euro"; NULL or "C": none */
	const char *desktop; /* XDG_CURRENT_DESKTOP, names separated by ':' */
};

/*
 * Reads a file's text. On success *entry is to be finished. If not, *problem
 * says why, or is NULL for what isn't a program (a link, a folder): nothing
 * to complain about. Both are the caller's.
 */
bool desktop_entry_parse(const char *text, size_t bytes,
			 const struct desktop_context *context,
			 struct desktop_entry *entry, char **problem);
void desktop_entry_finish(struct desktop_entry *entry);

/*
 * Splits a command as Exec has it, with its "double quotes"; field codes stay.
 * A list that ends with NULL, to be given to desktop_args_free; NULL and
 * *problem (static) if it is malformed.
 */
char **desktop_args_split(const char *command, const char **problem);
void desktop_args_free(char **args); /* NULL is fine */
/* The other way round; owned by the caller. */
char *desktop_args_join(char *const *args);

#endif
