/* Where layouts come from: files that the parent serves, or xkb-data. */
#ifndef DRIVER_KEYMAP_LAYOUT_H
#define DRIVER_KEYMAP_LAYOUT_H

#include <xkbcommon/xkbcommon-compose.h>
#include <xkbcommon/xkbcommon.h>

#include "session/parent.h"

enum { LAYOUT_FILE_MAX = 1 << 20 }; /* bytes; a keymap has 70,000 */

struct layout_names {
	char layout[65], variant[65], options[65];
};

/* What the config says; malformed names are complained about and the whole is
 * refused (false). */
bool layout_names_read(const struct config_node *root,
		       struct layout_names *names);

/* NULL: there is no such layout. `parent` may be NULL. */
struct xkb_keymap *layout_load(struct xkb_context *context,
			       struct parent *parent,
			       const struct layout_names *names);

/* A descriptor of the parent's file of sequences; -1: it has none. */
int layout_compose_file(struct parent *parent);

/* The sequences of that file (taken over), else (-1) of the locale. NULL:
 * nothing is composed here. */
struct xkb_compose_table *layout_compose(struct xkb_context *context, int fd);

#endif
