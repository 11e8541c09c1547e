/*
 * Control groups as files: where ours is, reading and writing numbers.
 */
#ifndef CHILD_CGROUP_H
#define CHILD_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

/* Folder of our own group in the hierarchy (v2: `controller` NULL); NULL when
 * that hierarchy isn't there. Owned by the caller. */
char *cgroup_own_folder(const char *controller);

/* Writes text to FOLDER/FILE. False with errno. */
bool cgroup_write(const char *folder, const char *file, const char *text);
bool cgroup_write_number(const char *folder, const char *file, uint64_t number);

/* The number in the file, or behind the word `key` at the start of one of its
 * lines; 0 when there is none. */
uint64_t cgroup_read(const char *folder, const char *file, const char *key);

/* True when the file contains that word. */
bool cgroup_has_word(const char *folder, const char *file, const char *word);

/* Kills all processes of that group and of those below. True when there were
 * some. */
bool cgroup_kill(const char *folder);

/* Removes a group with all groups below. False while processes are in it. */
bool cgroup_remove(const char *folder);

#endif
