/*
 * Complex scripts: FriBidi says in which direction each character runs,
 * HarfBuzz which glyphs stand for it.
 *
 * Both are loaded when the first such text appears, not at the start: with
 * what they bring along they are larger than the rest of a program, and most
 * programs never need them. They stay loaded, for some of what they bring along
 * can't be unloaded.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <hb-ft.h>
#include <hb-ot.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"
#include "scout/text/complex.h"

/* ---- loading ---- */

static bool load(struct complex *lib)
{
	void *harfbuzz = dlopen("libharfbuzz.so.0", RTLD_NOW | RTLD_LOCAL);
	void *fribidi = dlopen("libfribidi.so.0", RTLD_NOW | RTLD_LOCAL);
	bool all = harfbuzz && fribidi;

#define FROM_HARFBUZZ(NAME) \
	all = all && (*(void **)&lib->NAME = dlsym(harfbuzz, #NAME)) != NULL;
#define FROM_FRIBIDI(NAME) \
	all = all && (*(void **)&lib->NAME = dlsym(fribidi, #NAME)) != NULL;
	OF_HARFBUZZ(FROM_HARFBUZZ)
	OF_FRIBIDI(FROM_FRIBIDI)
	if (!all)
		log_warning(
			"libharfbuzz0b or libfribidi0 is missing: text that "
			"joins or runs to the left is not shown right");
	return all;
}

struct complex *complex_of(struct text *text)
{
	struct complex *lib = text->complex;

	if (lib)
		return lib;
	text->complex = lib = xcalloc(1, sizeof(*lib));
	lib->works = load(lib);
	if (lib->works)
		lib->buffer = lib->hb_buffer_create();
	return lib;
}

bool text_can_shape(struct text *text)
{
	return complex_of(text)->works;
}

void shape_close(struct text *text)
{
	struct complex *lib = text->complex;

	if (!lib)
		return;
	for (int weight = 0; weight < TEXT_WEIGHTS; weight++)
		for (int i = 0; i < FACES_PER_WEIGHT; i++)
			if (text->faces[weight][i].shaper)
				lib->hb_font_destroy(
					text->faces[weight][i].shaper);
	if (lib->works)
		lib->hb_buffer_destroy(lib->buffer);
	free(lib);
	text->complex = NULL;
}

static hb_font_t *font_of(const struct complex *lib, struct face *face)
{
	hb_face_t *of;

	if (face->shaper)
		return face->shaper;
	of = lib->hb_ft_face_create_referenced(face->ft);
	face->shaper = lib->hb_font_create(of);
	lib->hb_face_destroy(of);
	return face->shaper;
}

/* ---- the line, character by character ---- */

struct line {
	struct text *text;
	const struct complex *lib;
	struct shaped *shaped;
	size_t count;
	uint32_t *codes;
	FriBidiLevel *levels;
	struct face **faces;
	hb_script_t *scripts;
	int *left, *advance; /* of the cluster that begins here */
	bool *begins; /* a cluster */
	size_t *run_end; /* where the run of this character ends */
};

static void decode(struct line *line)
{
	struct shaped *shaped = line->shaped;
	size_t bytes = shaped->bytes, length;

	shaped->chars = xcalloc(bytes + 1, sizeof(*shaped->chars));
	line->codes = xcalloc(bytes + 1, sizeof(*line->codes));
	for (size_t at = 0; at < bytes; at += length) {
		uint32_t *code = &line->codes[line->count];

		length = utf8_decode(shaped->string + at, bytes - at, code);
		if (!length) {
			*code = 0xfffd;
			length = 1;
		}
		shaped->chars[line->count++].start = at;
	}
	shaped->char_count = line->count;
}

/* Invisible, and nothing that a face has to have. */
static bool is_ignorable(uint32_t code)
{
	return (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) ||
	       (code >= 0xfe00 && code <= 0xfe0f);
}

/* What has no script of its own goes with what is before it. */
static void find_faces(struct line *line)
{
	const struct complex *lib = line->lib;
	hb_unicode_funcs_t *unicode = lib->hb_unicode_funcs_get_default();
	enum text_weight weight = line->shaped->style.weight;

	line->faces = xcalloc(line->count, sizeof(struct face *));
	line->scripts = xcalloc(line->count, sizeof(*line->scripts));
	for (size_t i = 0; i < line->count; i++) {
		uint32_t code = line->codes[i];
		struct face *before = i ? line->faces[i - 1] : NULL;
		hb_script_t script = lib->hb_unicode_script(unicode, code);

		if ((script == HB_SCRIPT_COMMON ||
		     script == HB_SCRIPT_INHERITED) &&
		    i)
			script = line->scripts[i - 1];
		line->scripts[i] = script;
		if (before && (is_ignorable(code) ||
			       (code_is_mark(code) &&
				FT_Get_Char_Index(before->ft, code))))
			line->faces[i] = before;
		else
			line->faces[i] =
				face_find(line->text, weight, code)->face;
	}
}

/* ---- runs: what is shaped together ---- */

static bool same_run(const struct line *line, size_t a, size_t b)
{
	return line->levels[a] == line->levels[b] &&
	       line->faces[a] == line->faces[b] &&
	       line->scripts[a] == line->scripts[b];
}

/* Shapes [from, to), whose left end is at x; returns the right end. */
static int shape_run(struct line *line, size_t from, size_t to, int x)
{
	const struct complex *lib = line->lib;
	struct shaped *shaped = line->shaped;
	struct face *face = line->faces[from];
	hb_font_t *font = font_of(lib, face);
	int size = shaped->style.size;
	unsigned count;

	lib->hb_font_set_scale(font, size, size);
	lib->hb_buffer_clear_contents(lib->buffer);
	lib->hb_buffer_add_codepoints(lib->buffer, line->codes,
				      (int)line->count, (unsigned)from,
				      (int)(to - from));
	lib->hb_buffer_set_direction(lib->buffer, line->levels[from] & 1
							  ? HB_DIRECTION_RTL
							  : HB_DIRECTION_LTR);
	lib->hb_buffer_set_script(lib->buffer, line->scripts[from]);
	lib->hb_buffer_set_language(lib->buffer,
				    lib->hb_language_get_default());
	lib->hb_shape(font, lib->buffer, NULL, 0);

	const hb_glyph_info_t *info = lib->hb_buffer_get_glyph_infos(
		lib->buffer, &count);
	const hb_glyph_position_t *place = lib->hb_buffer_get_glyph_positions(
		lib->buffer, &count);

	shaped->glyphs = xreallocarray(shaped->glyphs,
				       shaped->glyph_count + count + 1,
				       sizeof(*shaped->glyphs));
	for (unsigned i = 0; i < count; i++) {
		size_t cluster = info[i].cluster;

		shaped->glyphs[shaped->glyph_count++] = (struct shaped_glyph){
			.face = face,
			.index = info[i].codepoint,
			.x = x + place[i].x_offset,
			.lift = place[i].y_offset,
		};
		if (!line->begins[cluster])
			line->left[cluster] = x;
		line->begins[cluster] = true;
		line->advance[cluster] += place[i].x_advance;
		x += place[i].x_advance;
	}
	return x;
}

/* The characters of a cluster share its width evenly, but for marks. */
static void share(struct line *line, size_t from, size_t to)
{
	struct shaped_char *chars = line->shaped->chars;
	int whole = line->advance[from], parts = 0, done = 0;
	bool rtl = line->levels[from] & 1;

	for (size_t i = from; i < to; i++)
		parts += i == from || !code_is_mark(line->codes[i]);
	for (size_t i = from; i < to; i++) {
		bool own = i == from || !code_is_mark(line->codes[i]);
		int begin = whole * done / parts, end;

		done += own;
		end = own ? whole * done / parts : begin;
		chars[i].rtl = rtl;
		chars[i].advance = end - begin;
		chars[i].left = line->left[from] + (rtl ? whole - end : begin);
	}
}

static void place_chars(struct line *line)
{
	for (size_t from = 0, to; from < line->count; from = to) {
		size_t end = line->run_end[from];

		for (to = from + 1; to < end && !line->begins[to]; to++)
			;
		share(line, from, to);
	}
}

struct run {
	size_t from, to;
	FriBidiLevel level;
};

/* Rule L2: from the highest level down, what is at least of it turns round. */
static void reorder(struct run *runs, size_t count)
{
	FriBidiLevel most = 0;

	for (size_t i = 0; i < count; i++)
		most = runs[i].level > most ? runs[i].level : most;
	for (; most > 0; most--)
		for (size_t from = 0, to; from < count; from = to + 1) {
			for (to = from; to < count && runs[to].level >= most;)
				to++;
			for (size_t a = from, b = to; a + 1 < b; a++) {
				struct run swap = runs[--b];

				runs[b] = runs[a];
				runs[a] = swap;
			}
		}
}

static void shape_runs(struct line *line)
{
	struct run *runs = xcalloc(line->count, sizeof(*runs));
	size_t count = 0;
	int x = 0;

	for (size_t i = 0; i < line->count; i++) {
		if (!i || !same_run(line, i - 1, i))
			runs[count++] = (struct run){
				.from = i,
				.level = line->levels[i],
			};
		runs[count - 1].to = i + 1;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t c = runs[i].from; c < runs[i].to; c++)
			line->run_end[c] = runs[i].to;
	reorder(runs, count);
	for (size_t i = 0; i < count; i++)
		x = shape_run(line, runs[i].from, runs[i].to, x);
	line->shaped->width = x;
	free(runs);
}

bool shape_fill(struct text *text, struct shaped *shaped)
{
	const struct complex *lib = complex_of(text);
	struct line line = { .text = text, .lib = lib, .shaped = shaped };
	bool good;

	if (!lib->works)
		return false;
	decode(&line);
	line.left = xcalloc(line.count, sizeof(int));
	line.advance = xcalloc(line.count, sizeof(int));
	line.begins = xcalloc(line.count, sizeof(bool));
	line.run_end = xcalloc(line.count, sizeof(size_t));
	line.levels = xcalloc(line.count, sizeof(*line.levels));
	shaped->rtl = shaped->style.rtl;
	good = bidi_find_levels(lib, line.codes, line.count, &shaped->rtl,
				line.levels);
	if (good) {
		find_faces(&line);
		shape_runs(&line);
		place_chars(&line);
	}
	free(line.codes);
	free(line.levels);
	free(line.faces);
	free(line.scripts);
	free(line.left);
	free(line.advance);
	free(line.begins);
	free(line.run_end);
	return good;
}
