/*
 * installed: the .desktop files of the host.
 *
 * Folders are those of the Desktop Menu and Base Directory Specifications:
 * applications/ below $XDG_DATA_HOME and each of $XDG_DATA_DIRS, and what
 * Flatpak and Snap export. The first file of an id (its path below the folder,
 * '/' written as '-') counts, also when it hides the program.
 *
 * Reading thousands of them takes its time, so it's done in steps.
 */
#ifndef CATALOGUE_INSTALLED_H
#define CATALOGUE_INSTALLED_H

#include "base/loop.h"
#include "desktop_entry.h"

enum {
	INSTALLED_MAX = 4096, /* files that are read */
	INSTALLED_DEPTH = 4, /* of folders in folders */
	INSTALLED_ID_MAX = 200, /* bytes */
};

struct installed;

struct installed_handler {
	/* A program that can be shown; *entry is the handler's from here. */
	void (*found)(void *user, const char *id, struct desktop_entry *entry);
	/* All were read. */
	void (*done)(void *user);
	/* Files came, went or changed: installed_read would find others. */
	void (*changed)(void *user);
};

/* Reads nothing yet. `folders` (ends with NULL) are those of `applications`,
 * most important first; NULL: those that the environment says. */
struct installed *installed_create(struct loop *loop,
				   const char *const *folders,
				   const struct installed_handler *handler,
				   void *user);
void installed_destroy(struct installed *installed); /* NULL is fine */

/* Begins anew; `found` and `done` are called out of the loop. A malformed
 * file is told in one line, once for each time it is changed. */
void installed_read(struct installed *installed);

/* Malformed files of the latest reading. */
unsigned installed_problems(const struct installed *installed);

#endif
