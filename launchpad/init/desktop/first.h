/*
 * Being the first process of a machine.
 */
#ifndef DESKTOP_FIRST_H
#define DESKTOP_FIRST_H

#include <stdbool.h>

/* True for process 1 of the machine (of a container, too). */
bool first_is_us(void);

/* Mounts what is not mounted yet: proc, sys, dev, pts, shm, run, tmp, control
 * groups; loads the modules that /etc/nitpicker/modules lists, one file a line;
 * leaves the session of the kernel. */
void first_begin(void);

/* Ends all other processes, unmounts, and switches off, or starts again. Does
 * not return where the kernel allows that. */
void first_end(bool again);

#endif
