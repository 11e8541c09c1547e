/*
 * A control group of our own from the user's service manager.
 */
#ifndef DESKTOP_SCOPE_H
#define DESKTOP_SCOPE_H

/*
 * On a login whose groups we can't write: executes this program once more, in a
 * scope that is delegated to us ("systemd-run --user --scope"), if a user
 * manager answers. Returns where that is not needed, or can't be. To be called
 * before anything else, from a process with one thread.
 */
void scope_enter(char **argv);

#endif
