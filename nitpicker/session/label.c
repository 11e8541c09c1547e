/*
 * Labels: who a session belongs to.
 */
#include <ctype.h>
#include <string.h>

#include "session/label.h"

static size_t element_length(const char *label)
{
	const char *end = strstr(label, " -> ");
	return end ? (size_t)(end - label) : strlen(label);
}

/* "scout" also means "scout.2". */
static bool element_match(const char *pattern, size_t p, const char *element,
			  size_t length)
{
	if (length < p || memcmp(pattern, element, p))
		return false;
	if (length > p && (element[p] != '.' || length == p + 1))
		return false;
	for (size_t i = p + 1; i < length; i++)
		if (!isdigit((unsigned char)element[i]))
			return false;
	return true;
}

unsigned label_match(const char *pattern, const char *label)
{
	for (unsigned count = 1;; count++) {
		size_t p = element_length(pattern), l = element_length(label);
		if (!element_match(pattern, p, label, l))
			return 0;
		if (!pattern[p])
			return count;
		if (!label[l])
			return 0;
		pattern += p + 4;
		label += l + 4;
	}
}

bool label_is_below(const char *label, const char *above)
{
	size_t length = strlen(above);
	return !strncmp(label, above, length) &&
	       !strncmp(label + length, " -> ", 4);
}
