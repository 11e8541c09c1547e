/*
 * Faces: the built-in ones first, then what is installed, opened when a
 * character needs it.
 */
#include "scout/text/text_private.h"

#include FT_ADVANCES_H

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"

#define BUILTIN(NAME) \
	extern const uint8_t _binary_scout_sans_##NAME##_otf_start[]; \
	extern const uint8_t _binary_scout_sans_##NAME##_otf_end[];
BUILTIN(regular)
BUILTIN(semibold)
extern const uint8_t _binary_scout_mono_ttf_start[];
extern const uint8_t _binary_scout_mono_ttf_end[];

/* Below one of these folders, in this order. */
static const char *const folders[] = { "/usr/local/share/fonts",
				       "/usr/share/fonts" };

/* Chinese, Japanese and Korean; pictures. */
#define OF_ALL \
	"truetype/droid/DroidSansFallbackFull.ttf", \
		"opentype/noto/NotoSansCJK-Regular.ttc", \
		"truetype/wqy/wqy-microhei.ttc", \
		"truetype/ancient-scripts/Symbola_hint.ttf"

static const char *const fallbacks[TEXT_WEIGHTS][FACE_FALLBACKS] = {
	[TEXT_REGULAR] = { "opentype/inter/Inter-Regular.otf",
			   "truetype/dejavu/DejaVuSans.ttf",
			   "truetype/noto/NotoSans-Regular.ttf",
			   "truetype/noto/NotoSansSymbols-Regular.ttf", OF_ALL,
			   "opentype/unifont/unifont.otf" },
	[TEXT_SEMIBOLD] = { "opentype/inter/Inter-SemiBold.otf",
			    "truetype/dejavu/DejaVuSans-Bold.ttf",
			    "truetype/noto/NotoSans-Bold.ttf",
			    "truetype/noto/NotoSansSymbols-Bold.ttf", OF_ALL,
			    "opentype/unifont/unifont.otf" },
	[TEXT_MONO] = { "truetype/dejavu/DejaVuSansMono.ttf",
			"truetype/dejavu/DejaVuSans.ttf",
			"truetype/noto/NotoSansMono-Regular.ttf", OF_ALL,
			"opentype/unifont/unifont.otf" },
};

bool face_open_builtin(struct text *text)
{
	const uint8_t *start[] = { _binary_scout_sans_regular_otf_start,
				   _binary_scout_sans_semibold_otf_start,
				   _binary_scout_mono_ttf_start };
	const uint8_t *end[] = { _binary_scout_sans_regular_otf_end,
				 _binary_scout_sans_semibold_otf_end,
				 _binary_scout_mono_ttf_end };

	for (int weight = 0; weight < TEXT_WEIGHTS; weight++) {
		struct face *face = &text->faces[weight][0];

		if (FT_New_Memory_Face(text->library, start[weight],
				       end[weight] - start[weight], 0,
				       &face->ft))
			return false;
		face->tried = true;
		text->faces[weight][1].tried = true;
	}
	return true;
}

bool text_use_font(struct text *text, enum text_weight weight, const char *path)
{
	struct face *faces = text->faces[weight];
	FT_Face ft;

	if (faces[1].ft || FT_New_Face(text->library, path, 0, &ft))
		return false;
	if (!FT_IS_SCALABLE(ft) ||
	    (weight == TEXT_MONO && !FT_IS_FIXED_WIDTH(ft))) {
		FT_Done_Face(ft);
		return false;
	}
	faces[1].ft = faces[0].ft;
	faces[0].ft = ft;
	return true;
}

void face_close_all(struct text *text)
{
	for (int weight = 0; weight < TEXT_WEIGHTS; weight++)
		for (int i = 0; i < FACES_PER_WEIGHT; i++)
			if (text->faces[weight][i].ft)
				FT_Done_Face(text->faces[weight][i].ft);
}

static void open_fallback(struct text *text, struct face *face,
			  const char *file)
{
	face->tried = true;
	for (size_t i = 0; file && i < array_size(folders); i++) {
		char *path = xasprintf("%s/%s", folders[i], file);
		bool there = access(path, R_OK) == 0;

		if (there && FT_New_Face(text->library, path, 0, &face->ft))
			face->ft = NULL;
		if (face->ft && !FT_IS_SCALABLE(face->ft)) {
			FT_Done_Face(face->ft);
			face->ft = NULL;
		}
		free(path);
		if (face->ft)
			return;
	}
}

static struct face *search(struct text *text, enum text_weight weight,
			   uint32_t code, uint32_t *index)
{
	struct face *faces = text->faces[weight];

	for (int i = 0; i < FACES_PER_WEIGHT; i++) {
		if (!faces[i].tried)
			open_fallback(text, &faces[i],
				      fallbacks[weight][i - 2]);
		*index = faces[i].ft ? FT_Get_Char_Index(faces[i].ft, code) : 0;
		if (*index)
			return &faces[i];
	}
	*index = FT_Get_Char_Index(faces[0].ft, 0xfffd);
	return &faces[0];
}

const struct found *face_find(struct text *text, enum text_weight weight,
			      uint32_t code)
{
	struct found *found = &text->found[weight][code & (FOUND_MAX - 1)];
	FT_Fixed advance = 0;

	if (found->code == code && found->face)
		return found;
	found->code = code;
	found->face = search(text, weight, code, &found->index);
	FT_Get_Advance(found->face->ft, found->index, FT_LOAD_NO_SCALE,
		       &advance);
	found->advance = (int)advance;
	return found;
}

void face_set_size(struct face *face, int size)
{
	if (face->size == size)
		return;
	face->size = size;
	FT_Set_Char_Size(face->ft, 0, size, 72, 72);
}
