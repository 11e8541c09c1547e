/*
 * The PS/2 ports of the machine, for a driver that speaks with the devices
 * itself. The kernel hands them out as raw ports (serio_raw) instead of using
 * them for its own keyboard and mouse; a program gets descriptors of them, and
 * no other right.
 *
 * Linux: drivers/input/serio/serio.c (drvctl: the name of the driver that a
 * port shall have, or "rescan"), i8042.c (the descriptions of its ports).
 */
#ifndef CHILD_SERIO_H
#define CHILD_SERIO_H

#include <stdbool.h>

/* Where the kernel shows them: "/sys" and "/dev", but for tests. */
struct serio_paths {
	const char *sysfs, *dev;
};

extern const struct serio_paths serio_paths;

/* Makes all ports of the keyboard controller raw. False with one log line: none
 * is. */
bool serio_take(const struct serio_paths *paths);

/* The kernel drives them itself again. */
void serio_give_back(const struct serio_paths *paths);

/* A raw port: "set1" or "set2" is the keyboard's, if it says such scan codes,
 * "mouse" the other one. A descriptor to read and write; -1: there is none. */
int serio_open(const struct serio_paths *paths, const char *name);

#endif
