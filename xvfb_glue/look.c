#include "look.h"

#include <stdlib.h>

bool look_init(struct look *look)
{
	*look = (struct look){ .scale = 100, .text_percent = 100 };
	look->text = text_create();
	return look->text != NULL;
}

static void drop_shadows(struct look *look)
{
	if (!look->has_shadows)
		return;
	for (int i = 0; i < 2; i++)
		shadow_finish(&look->shadows[i]);
	look->has_shadows = false;
}

void look_finish(struct look *look)
{
	drop_shadows(look);
	text_destroy(look->text);
}

void look_configure(struct look *look, const struct config_node *config,
		    int scale)
{
	struct theme_choice choice = theme_read(config);

	look->theme = choice.theme;
	look->scale = scale;
	look->text_percent = choice.text_percent;
	look->reduced = choice.reduced;
	drop_shadows(look);
	for (int i = 0; i < 2; i++)
		shadow_init(&look->shadows[i], look->theme, scale, i == 1);
	look->has_shadows = true;
}
