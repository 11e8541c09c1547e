#include <stdio.h>
#include <string.h>

#include "child.h"
#include "label.h"

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("._+-", c));
}

bool child_name_is_valid(const char *name)
{
	return wire_name_is_valid(name);
}

/* Copies the first name of a label; returns what follows it ("" at the end),
 * NULL if that is no valid label. */
static const char *next_name(const char *label, char out[CHILD_NAME_MAX + 1])
{
	const char *end = strstr(label, LABEL_JOINT);
	const size_t length = end ? (size_t)(end - label) : strlen(label);

	if (length > CHILD_NAME_MAX)
		return NULL;
	memcpy(out, label, length);
	out[length] = '\0';
	if (!child_name_is_valid(out))
		return NULL;
	if (!end)
		return label + length;
	end += strlen(LABEL_JOINT);
	return *end ? end : NULL;
}

bool label_is_valid(const char *label)
{
	char name[CHILD_NAME_MAX + 1];

	if (strlen(label) > LABEL_MAX)
		return false;
	while (label && *label)
		label = next_name(label, name);
	return label != NULL;
}

unsigned label_depth(const char *label)
{
	unsigned depth = label[0] ? 1 : 0;

	for (label = strstr(label, LABEL_JOINT); label;
	     label = strstr(label + 1, LABEL_JOINT))
		depth++;
	return depth;
}

bool label_join(char *out, const char *first, const char *rest)
{
	const int length = snprintf(out, LABEL_MAX + 1, "%s%s%s", first,
				    first[0] && rest[0] ? LABEL_JOINT : "",
				    rest);

	return length <= LABEL_MAX;
}

bool label_to_path(const char *label, char *out, size_t size)
{
	char name[CHILD_NAME_MAX + 1];
	size_t used = 0;

	if (!size)
		return false;
	out[0] = '\0';
	while (label && *label) {
		int length;

		label = next_name(label, name);
		if (!label)
			return false;
		length = snprintf(out + used, size - used, "%s%s",
				  used ? "/" : "", name);
		if (length < 0 || (size_t)length >= size - used)
			return false;
		used += (size_t)length;
	}
	return label != NULL;
}

void label_clean_name(char *out, const char *text)
{
	size_t i;

	for (i = 0; text[i] && i < CHILD_NAME_MAX; i++)
		out[i] = is_name_char(text[i]) ? text[i] : '_';
	out[i] = '\0';
	if (out[0] == '.')
		out[0] = '_';
	if (!out[0])
		strcpy(out, "_");
}

void label_instance_name(char *out, const char *base, unsigned n)
{
	char suffix[16] = "";

	if (n > 1)
		snprintf(suffix, sizeof(suffix), ".%u", n);
	snprintf(out, CHILD_NAME_MAX + 1, "%.*s%s",
		 CHILD_NAME_MAX - (int)strlen(suffix), base, suffix);
}
