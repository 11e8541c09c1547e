#include "secret.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* yescrypt, which costs who guesses as much memory as us: 4 MiB each time. */
static const char METHOD[] = "$y$";
enum { COST = 3 };

/* Owned by the caller; NULL if the setting is none. */
static char *run(const char *password, const char *setting)
{
	void *data = NULL;
	int size = 0;
	const char *out = crypt_ra(password, setting, &data, &size);
	char *hash = out && out[0] != '*' ? xstrdup(out) : NULL;

	if (data)
		explicit_bzero(data, (size_t)size);
	free(data);
	return hash;
}

char *secret_make(const char *password)
{
	char *setting = crypt_gensalt_ra(METHOD, COST, NULL, 0);
	char *hash = setting ? run(password, setting) : NULL;

	free(setting);
	return hash;
}

bool secret_is_hash(const char *text)
{
	int salt;

	/* Any two letters would be one of the oldest method. */
	if (text[0] != '$')
		return false;
	salt = crypt_checksalt(text);
	return salt != CRYPT_SALT_INVALID && salt != CRYPT_SALT_METHOD_DISABLED;
}

bool secret_fits(const char *hash, const char *password)
{
	char *own = secret_is_hash(hash) ? run(password, hash) : NULL;
	const bool fits = own && !strcmp(own, hash);

	free(own);
	return fits;
}
