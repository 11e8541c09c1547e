/*
 * Faces: the built-in ones first, then what is installed, opened when a
 * character needs it.
 */
#include "scout/text/text_private.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"

#define BUILTIN(NAME) \
	extern const uint8_t _binary_scout_sans_##NAME##_otf_start[]; \
	extern const uint8_t _binary_scout_sans_##NAME##_otf_end[];
BUILTIN(regular)
BUILTIN(semibold)

/* Below one of these folders, in this order. */
static const char *const folders[] = { "/usr/local/share/fonts",
				       "/usr/share/fonts" };

static const char *const fallbacks[TEXT_WEIGHTS][FACES_PER_WEIGHT - 1] = {
	[TEXT_REGULAR] = { "opentype/inter/Inter-Regular.otf",
			   "truetype/dejavu/DejaVuSans.ttf",
			   "truetype/noto/NotoSans-Regular.ttf",
			   "truetype/noto/NotoSansSymbols-Regular.ttf",
			   "opentype/unifont/unifont.otf" },
	[TEXT_SEMIBOLD] = { "opentype/inter/Inter-SemiBold.otf",
			    "truetype/dejavu/DejaVuSans-Bold.ttf",
			    "truetype/noto/NotoSans-Bold.ttf",
			    "truetype/noto/NotoSansSymbols-Bold.ttf",
			    "opentype/unifont/unifont.otf" },
	[TEXT_MONO] = { "truetype/dejavu/DejaVuSans.ttf",
			"truetype/noto/NotoSansMono-Regular.ttf",
			"opentype/unifont/unifont.otf" },
};

/* The first of TEXT_MONO; without any, its letters are those of the rest. */
static const char *const monospaced[] = {
	"truetype/dejavu/DejaVuSansMono.ttf",
	"truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
	"truetype/noto/NotoSansMono-Regular.ttf",
	"truetype/liberation/LiberationMono-Regular.ttf",
};

static bool open_builtin(struct text *text, enum text_weight weight,
			 struct face *face)
{
	const uint8_t *start[] = { _binary_scout_sans_regular_otf_start,
				   _binary_scout_sans_semibold_otf_start };
	const uint8_t *end[] = { _binary_scout_sans_regular_otf_end,
				 _binary_scout_sans_semibold_otf_end };

	face->tried = true;
	return !FT_New_Memory_Face(text->library, start[weight],
				   end[weight] - start[weight], 0, &face->ft);
}

bool face_open_builtin(struct text *text)
{
	for (int weight = 0; weight <= TEXT_SEMIBOLD; weight++)
		if (!open_builtin(text, (enum text_weight)weight,
				  &text->faces[weight][0]))
			return false;
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

static void open_monospaced(struct text *text, struct face *face)
{
	for (size_t i = 0; i < array_size(monospaced) && !face->ft; i++)
		open_fallback(text, face, monospaced[i]);
	if (!face->ft && !open_builtin(text, TEXT_REGULAR, face)) {
		*face = text->faces[TEXT_REGULAR][0];
		FT_Reference_Face(face->ft);
	}
	face->tried = true;
}

struct face *face_first(struct text *text, enum text_weight weight)
{
	struct face *face = &text->faces[weight][0];

	if (!face->tried)
		open_monospaced(text, face);
	return face;
}

struct face *face_find(struct text *text, enum text_weight weight,
		       uint32_t code, uint32_t *index)
{
	struct face *faces = text->faces[weight];

	*index = 0;
	face_first(text, weight);
	for (int i = 0; i < FACES_PER_WEIGHT; i++) {
		if (!faces[i].tried)
			open_fallback(text, &faces[i],
				      fallbacks[weight][i - 1]);
		if (faces[i].ft)
			*index = FT_Get_Char_Index(faces[i].ft, code);
		if (*index)
			return &faces[i];
	}
	*index = FT_Get_Char_Index(faces[0].ft, 0xfffd);
	return &faces[0];
}

void face_set_size(struct face *face, int size)
{
	if (face->size == size)
		return;
	face->size = size;
	FT_Set_Char_Size(face->ft, 0, size, 72, 72);
}
