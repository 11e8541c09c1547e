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
	static const char *const motions[] = { "full", "reduced", NULL };
	static const char *const known[] = { "mode", "motion", "text", NULL };
	const struct config_node *theme = config_child(config, "theme");
	int mode = THEME_LIGHT, motion = 0;
	int64_t text = 100;

	if (theme) {
		config_check_known(theme, known);
		config_get_choice(theme, "mode", theme_mode_names, &mode);
		config_get_choice(theme, "motion", motions, &motion);
		config_get_int(theme, "text", 100, 200, &text);
	}
	look->theme = theme_get((enum theme_mode)mode);
	look->scale = scale;
	look->text_percent = (int)text;
	look->reduced = motion == 1;
	drop_shadows(look);
	for (int i = 0; i < 2; i++)
		shadow_init(&look->shadows[i], look->theme, scale, i == 1);
	look->has_shadows = true;
}
