/*
 * secret: passwords, kept as what crypt(3) makes of them.
 */
#ifndef NITLOCK_SECRET_H
#define NITLOCK_SECRET_H

#include <stdbool.h>

enum { SECRET_HASH_MAX = 1024 /* bytes of a hash that is read */ };

/* The hash of a new password, with salt of its own; owned by the caller, NULL
 * where the library can't. Takes 4 MiB meanwhile, and some milliseconds. */
char *secret_make(const char *password);

/* True for what some password may fit: "$method$...". */
bool secret_is_hash(const char *text);

/* True if that hash, by any method that crypt(3) knows, is the password's. */
bool secret_fits(const char *hash, const char *password);

#endif
