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

uint32_t label_color(const char *label)
{
	static const uint32_t hues[] = {
		0xf2a33a, 0x55b6f0, 0x7ed07e, 0xe078c8,
		0xf26d6d, 0xc9b458, 0x8f8ff0, 0x4fd1c5
	};
	uint32_t hash = 2166136261u;

	for (const char *c = label; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	return hues[(hash ^ hash >> 15) % (sizeof(hues) / sizeof(*hues))];
}

void label_display(const char *label, char *out, size_t size)
{
	size_t at = 0;

	while (*label && at + sizeof(" › ") < size) {
		if (!strncmp(label, " -> ", 4)) {
			memcpy(out + at, " › ", sizeof(" › ") - 1);
			at += sizeof(" › ") - 1;
			label += 4;
		} else {
			out[at++] = *label++;
		}
	}
	out[at] = '\0';
}
