#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static void *checked(void *memory)
{
	if (!memory) {
		log_error("out of memory");
		exit(1);
	}
	return memory;
}

void *xcalloc(size_t count, size_t size)
{
	/* calloc(0) may be NULL without being a failure. */
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *memory, size_t count, size_t size)
{
	return checked(
		reallocarray(memory, count ? count : 1, size ? size : 1));
}

void *xgrow(void *array, size_t *capacity, size_t count, size_t more,
	    size_t size)
{
	if (count + more <= *capacity)
		return array;
	*capacity += *capacity / 2 + (more < 64 ? 64 : more);
	return xreallocarray(array, *capacity, size);
}

char *xstrdup(const char *text)
{
	return text ? checked(strdup(text)) : NULL;
}

char *xstrndup(const char *text, size_t max)
{
	return text ? checked(strndup(text, max)) : NULL;
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	return checked(text);
}
