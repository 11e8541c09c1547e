#include "scout/widget/theme.h"

#include <stddef.h>

#include "base/config.h"

const char *const theme_mode_names[] = { "light", "dark", "high-contrast",
					 NULL };

static const struct theme themes[THEME_MODES] = {
	[THEME_LIGHT] = {
		.name = "light",
		.ground = { 0xe3e5ea, 0xd5d8df },
		.sky_bright = 0xffffff,
		.sky_bright_alpha = 150,
		.sky_dim = 0x8f97a8,
		.sky_dim_alpha = 48,
		.metal = { 0xfafbfc, 0xd9dde2, 0xe9ecef },
		.metal_edge = 0xffffff,
		.metal_end = 0xa9adb1,
		.title_shadow = 0xffffff,
		.title_shadow_alpha = 190,
		.band = { 0xe9ecef, 0xd3d8dd },
		.band_alpha = 217,
		.band_edge_alpha = 170,
		.ink = 0x1e242c,
		.ink2 = 0x424a55,
		.ink3 = 0x535c68,
		.link = 0x1a46c6,
		.groove = { 0xaab1ba, 0xc3c8d0 },
		.inset = 0x5b6472,
		.inset_alpha = 40,
		.lip_alpha = 150,
		.gloss_alpha = 80,
		.red = { 0xd8463f, 0xbf2d2a, 0x8f1f1d },
		.steel = { 0x6f7b88, 0x525d69, 0x414a54 },
		.number = 0x2b323b,
		.on_red = 0xffffff,
		.on_steel = 0xffffff,
		.warn = 0xb7791f,
		.line = 0xa9b0ba,
		.card = 0xf6f7f9,
		.error = 0xc8322f,
		.outline_alpha = 185,
		.hover_alpha = 90,
		.select_alpha = 125,
		.press_alpha = 20,
		.chosen_alpha = 50,
		.frame = 0x3a424d,
		.shadow = 0x05080c,
		.frame_alpha = 150,
		.frame_inner_alpha = 110,
		.shadow_alpha = 120,
		.shadow_idle_alpha = 72,
		.shadow_near_alpha = 84,
		.fade_alpha = 40,
	},
	[THEME_DARK] = {
		.name = "dark",
		.dark = true,
		.ground = { 0x262c35, 0x1e232b },
		.sky_bright = 0xffffff,
		.sky_bright_alpha = 12,
		.sky_dim = 0x5d6b80,
		.sky_dim_alpha = 44,
		.metal = { 0x4a525d, 0x323943, 0x3a424d },
		.metal_edge = 0x7b8694,
		.metal_end = 0x20252c,
		.title_shadow = 0x000000,
		.title_shadow_alpha = 150,
		.band = { 0x363d48, 0x2a3039 },
		.band_alpha = 217,
		.band_edge_alpha = 30,
		.ink = 0xeef1f5,
		.ink2 = 0xbac3ce,
		.ink3 = 0xa3aebb,
		.link = 0x84b4ff,
		.groove = { 0x0f1216, 0x171b21 },
		.inset = 0x000000,
		.inset_alpha = 60,
		.lip_alpha = 22,
		.gloss_alpha = 80,
		.red = { 0xd8463f, 0xc4302d, 0x8f1f1d },
		.steel = { 0x93a0af, 0x647180, 0x3c4550 },
		.number = 0xb3bcc8,
		.on_red = 0xffffff,
		.on_steel = 0x000000,
		.warn = 0xecc063,
		.line = 0x0f1318,
		.card = 0x2c333d,
		.error = 0xe0524d,
		.outline_alpha = 145,
		.hover_alpha = 12,
		.select_alpha = 12,
		.press_alpha = 8,
		.chosen_alpha = 50,
		.frame = 0x000000,
		.shadow = 0x000000,
		.frame_alpha = 220,
		.frame_inner_alpha = 26,
		.shadow_alpha = 150,
		.shadow_idle_alpha = 96,
		.shadow_near_alpha = 110,
		.fade_alpha = 44,
	},
	[THEME_HIGH_CONTRAST] = {
		.name = "high-contrast",
		.dark = true,
		.ground = { 0x000000, 0x000000 },
		.sky_bright = 0x000000,
		.sky_dim = 0x000000,
		.metal = { 0x000000, 0x000000, 0x000000 },
		.metal_edge = 0xffffff,
		.metal_end = 0x000000,
		.title_shadow = 0x000000,
		.band = { 0x202020, 0x202020 },
		.band_alpha = 255,
		.band_edge_alpha = 255,
		.ink = 0xffffff,
		.ink2 = 0xffffff,
		.ink3 = 0xffffff,
		.link = 0xffee00,
		.groove = { 0x000000, 0x000000 },
		.inset = 0xffffff,
		.inset_alpha = 255,
		.red = { 0xff9a94, 0xff9a94, 0xff9a94 },
		.steel = { 0xc0d0e0, 0xc0d0e0, 0xc0d0e0 },
		.number = 0xffffff,
		.on_red = 0x000000,
		.on_steel = 0x000000,
		.warn = 0xffee00,
		.line = 0xffffff,
		.card = 0x101010,
		.error = 0xff9a94,
		.outline_alpha = 255,
		.hover_alpha = 40,
		.select_alpha = 40,
		.press_alpha = 60,
		.chosen_alpha = 60,
		.frame = 0xffffff,
		.shadow = 0x000000,
		.frame_alpha = 255,
		.shadow_alpha = 150,
		.shadow_idle_alpha = 96,
		.shadow_near_alpha = 110,
	},
};

const struct theme *theme_get(enum theme_mode mode)
{
	return &themes[mode < THEME_MODES ? mode : THEME_LIGHT];
}

struct theme_choice theme_read(const struct config_node *config)
{
	static const char *const motions[] = { "full", "reduced", NULL };
	static const char *const known[] = { "mode", "motion", "text", NULL };
	const struct config_node *node = config_child(config, "theme");
	int mode = THEME_LIGHT, motion = 0;
	int64_t text = 100;

	if (node) {
		config_check_known(node, known);
		config_get_choice(node, "mode", theme_mode_names, &mode);
		config_get_choice(node, "motion", motions, &motion);
		config_get_int(node, "text", 100, 200, &text);
	}
	return (struct theme_choice){
		.theme = theme_get((enum theme_mode)mode),
		.text_percent = (int)text,
		.reduced = motion == 1,
	};
}
