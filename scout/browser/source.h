/*
 * source: where documents and pictures come from, and when they change.
 *
 * A program on the host opens paths itself. A child asks its parent for files,
 * and gets descriptors: a path would mean nothing in its sandbox. A path that
 * it was given on its command line it tries itself first, for entries that
 * share a folder with it.
 */
#ifndef SCOUT_BROWSER_SOURCE_H
#define SCOUT_BROWSER_SOURCE_H

#include "session/parent.h"

struct source {
	struct loop *loop;
	struct parent *parent;
	bool child; /* names that can't be opened are asked for */
	size_t memory; /* that one document may take, bytes */
};

/* Opens a file to read it, -1 if that can't be. */
int source_open(struct source *source, const char *name);

/* The suite's own file of that name ("book/book.xml"): as a name for
 * source_open. Owned by the caller. */
char *source_data(const struct source *source, const char *name);

/* All of it, up to `max` bytes, NUL behind; NULL if it can't be read or is
 * longer. Owned by the caller. */
char *source_read(struct source *source, const char *name, size_t max,
		  size_t *bytes);

bool source_is_folder(const char *name);
/* The Markdown files of a folder, sorted, a README or index first; ends with
 * NULL, all of it the caller's. */
char **source_list(const char *folder);

/* ---- changes ---- */

struct source_watch;
typedef void source_watch_fn(void *user);

/*
 * Calls fn when the file was written or replaced, a moment after the last
 * such event. For a file that the parent opened the descriptor is watched:
 * a file that replaces it is noticed by the old one losing its name. NULL
 * where it can't be.
 */
struct source_watch *source_watch_create(struct source *source,
					 const char *name, source_watch_fn *fn,
					 void *user);
void source_watch_destroy(struct source_watch *watch); /* NULL is fine */

#endif
