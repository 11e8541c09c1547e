/*
 * Themes: colours of everything, as 0xRRGGBB.
 *
 * Every text colour has a contrast of at least 4.5:1 on each ground it is put
 * on, the darkest and brightest spot of the sky included; a unit test computes
 * that.
 */
#ifndef SCOUT_WIDGET_THEME_H
#define SCOUT_WIDGET_THEME_H

#include <stdbool.h>
#include <stdint.h>

struct theme {
	const char *name;
	bool dark;
	/* window ground: top, bottom; what the sky adds and how much of it at
	 * most, of 255 */
	uint32_t ground[2];
	uint32_t sky_bright, sky_dim;
	uint8_t sky_bright_alpha, sky_dim_alpha;
	/* title bar: top, middle, bottom; the bright line above; shade of its
	 * ends */
	uint32_t metal[3], metal_edge, metal_end;
	uint32_t title_shadow; /* of the title's letters */
	uint8_t title_shadow_alpha;
	/* section bands */
	uint32_t band[2];
	uint8_t band_alpha, band_edge_alpha; /* edge: white line above */
	/* text: normal, labels, hints, links and focus ring */
	uint32_t ink, ink2, ink3, link;
	/* bars: groove (top, bottom), its inset and light below; fills: top,
	 * bottom, edge */
	uint32_t groove[2], inset;
	uint8_t inset_alpha, lip_alpha, gloss_alpha;
	uint32_t red[3], steel[3];
	/* numbers: on the groove, on red, on steel */
	uint32_t number, on_red, on_steel;
	uint32_t warn;
	uint32_t line, card, error;
	/* lists: white over the ground */
	uint8_t outline_alpha; /* of ink2: around what can be pressed */
	uint8_t hover_alpha, select_alpha, press_alpha;
	uint8_t chosen_alpha; /* the link's colour over a card */
	/* window: frame outside and inside, shadow */
	uint32_t frame, shadow;
	uint8_t frame_alpha, frame_inner_alpha;
	uint8_t shadow_alpha, shadow_idle_alpha, shadow_near_alpha;
	uint8_t fade_alpha; /* below title and bands */
};

enum theme_mode { THEME_LIGHT, THEME_DARK, THEME_HIGH_CONTRAST, THEME_MODES };

/* Words of <theme mode=>; ends with NULL. */
extern const char *const theme_mode_names[];

const struct theme *theme_get(enum theme_mode mode);

struct config_node;

/* What <theme mode= motion= text=/> asks for. */
struct theme_choice {
	const struct theme *theme;
	int text_percent; /* size of text, 100 to 200 */
	bool reduced; /* nothing moves */
};

/* Reads that node of a component's config. What is wrong in it has one log
 * line and its default: light, full motion, 100. */
struct theme_choice theme_read(const struct config_node *config);

#endif
