/*
 * Small files in folders of labels: reports and settings.
 */
#ifndef CHILD_STORE_H
#define CHILD_STORE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes FOLDER/LABEL/NAME (LABEL as folders, made as needed, 0700) by rename,
 * so that a reader sees the old content or the new. At most `max_names` files
 * in one folder (0: any). False with errno.
 */
bool store_write(const char *folder, const char *label, const char *name,
		 const void *data, size_t bytes, unsigned max_names);

/* Opens it for reading; -1 with errno. */
int store_open(const char *folder, const char *label, const char *name);

/* Removes the file, and folders of the label that are empty then. */
void store_remove(const char *folder, const char *label, const char *name);

/* Removes a folder with all in it; never follows a link. */
void store_remove_tree(const char *folder);

#endif
