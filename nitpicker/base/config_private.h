/*
 * What the parts of config share: the document and its memory.
 */
#ifndef BASE_CONFIG_PRIVATE_H
#define BASE_CONFIG_PRIVATE_H

#include "base/config.h"

/* Strings and nodes live as long as their document, in a few large pieces. */
struct config_chunk {
	struct config_chunk *next;
	size_t used, size; /* bytes of data */
	char data[];
};

struct config {
	char *file;
	char *source;
	size_t source_length;
	struct config_chunk *chunks;
	struct config_node *root;
};

#endif
