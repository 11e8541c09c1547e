/*
 * The client: `virtual_drv send PATH COMMAND...`.
 */
#ifndef DRIVER_VIRTUAL_SEND_H
#define DRIVER_VIRTUAL_SEND_H

/*
 * Sends one command to the control socket `path` and prints the answer. A file
 * that the command names is opened here, so that its name is relative to this
 * process and its rights count. Returns the exit code: 0 for "ok", else 1.
 */
int send_command(const char *path, char **words, int count);

#endif
