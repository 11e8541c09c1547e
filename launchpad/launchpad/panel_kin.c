/*
 * The children of a child: rows to look at, below its own.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "panel_private.h"

enum { DEPTH_SHOWN = 5 };

static void add_row(struct panel *panel, struct widget *list,
		    const struct panel_kin *kin)
{
	/* Em spaces: below the name above, each generation further right. */
	static const char spaces[] =
		"\u2003\u2003\u2003\u2003\u2003\u2003\u2003";
	unsigned depth = kin->depth < DEPTH_SHOWN ? kin->depth : DEPTH_SHOWN;
	struct ui *ui = panel->ui;
	struct widget *row = (struct widget *)row_create(ui, list, ROLE_ROW,
							 kin->label);
	/* Three bytes each. */
	char *text = xasprintf("%.*s%s", 3 * (int)(2 + depth), spaces,
			       kin->name);
	char *bar_name = xasprintf("%s use", kin->label);

	panel_cell(label_create(ui, row, ALIGN_LEFT, text), ROW_NAME);
	if (*kin->note) {
		struct label *note = label_create(ui, row, ALIGN_LEFT,
						  kin->note);

		label_set_minor(note, true);
		panel_cell(note, ROW_BAR);
	} else {
		struct bar *bar = bar_create(ui, row, BAR_USE, bar_name);

		panel_bar(bar, kin->used < kin->quota ? kin->used : kin->quota,
			  kin->quota, kin->quota);
		panel_cell(bar, ROW_BAR);
	}
	free(bar_name);
	free(text);
}

void panel_show_kin(struct panel *panel, struct box *box,
		    const struct panel_kin *list, size_t count)
{
	size_t i;

	widget_destroy_children(&box->widget);
	for (i = 0; i < count; i++)
		add_row(panel, &box->widget, &list[i]);
}
