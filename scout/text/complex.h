/*
 * complex: what is used of HarfBuzz and FriBidi, both loaded at run time.
 */
#ifndef SCOUT_TEXT_COMPLEX_H
#define SCOUT_TEXT_COMPLEX_H

#include <fribidi.h>
#include <hb-ft.h>

#include "scout/text/text_private.h"

#define OF_HARFBUZZ(X) \
	X(hb_buffer_create) \
	X(hb_buffer_destroy) \
	X(hb_buffer_clear_contents) \
	X(hb_buffer_add_codepoints) \
	X(hb_buffer_set_direction) \
	X(hb_buffer_set_script) \
	X(hb_buffer_set_language) \
	X(hb_buffer_get_glyph_infos) \
	X(hb_buffer_get_glyph_positions) \
	X(hb_face_destroy) \
	X(hb_font_create) \
	X(hb_font_destroy) \
	X(hb_font_set_scale) \
	X(hb_ft_face_create_referenced) \
	X(hb_language_get_default) \
	X(hb_shape) \
	X(hb_unicode_funcs_get_default) \
	X(hb_unicode_script)
#define OF_FRIBIDI(X) \
	X(fribidi_get_bidi_types) \
	X(fribidi_get_bracket_types) \
	X(fribidi_get_par_embedding_levels_ex)
#define POINTER(NAME) __typeof__(NAME) *NAME;

struct complex {
	bool works;
	OF_HARFBUZZ(POINTER)
	OF_FRIBIDI(POINTER)
	hb_buffer_t *buffer;
};

/* Loaded at the first call; never NULL, but it may not work. */
struct complex *complex_of(struct text *text);

/* The level of each character of a paragraph. That runs to the left where *rtl
 * says so, else as its first strong character does, and *rtl tells. False:
 * memory is short. */
bool bidi_find_levels(const struct complex *lib, const uint32_t *codes,
		      size_t count, bool *rtl, FriBidiLevel *levels);

#endif
