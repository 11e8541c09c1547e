#include <stdlib.h>
#include <string.h>

#include "family.h"

const char *memo_get(const struct memo *list, const char *key)
{
	for (; list; list = list->next)
		if (!strcmp(list->key, key))
			return list->value;
	return NULL;
}

void memo_set(struct memo **list, const char *key, const char *value)
{
	struct memo *memo = *list;

	while (memo && strcmp(memo->key, key))
		memo = memo->next;
	if (!memo) {
		memo = xcalloc(1, sizeof(*memo));
		memo->key = xstrdup(key);
		memo->next = *list;
		*list = memo;
	}
	free(memo->value);
	memo->value = xstrdup(value);
}

void memos_destroy(struct memo **list)
{
	while (*list) {
		struct memo *next = (*list)->next;

		free((*list)->key);
		free((*list)->value);
		free(*list);
		*list = next;
	}
}
