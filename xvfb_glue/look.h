/*
 * look: what all frames have in common: theme, text, shadows.
 */
#ifndef XVFB_GLUE_LOOK_H
#define XVFB_GLUE_LOOK_H

#include "base/config.h"
#include "scout/text/text.h"
#include "scout/widget/gfx.h"

struct look {
	struct text *text;
	const struct theme *theme;
	int scale, text_percent;
	bool reduced; /* no motion */
	struct shadow shadows[2]; /* idle, focused */
	bool has_shadows;
};

/* False with one log line when there is no text. */
bool look_init(struct look *look);
void look_finish(struct look *look);
/* Reads <theme>; `scale` in percent. */
void look_configure(struct look *look, const struct config_node *config,
		    int scale);

#endif
