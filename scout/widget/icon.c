/*
 * Signs of programs, drawn from a few shapes at the size that is needed.
 */
#include <string.h>

#include "scout/widget/gfx.h"
#include "scout/widget/gfx_private.h"

struct tile {
	struct gfx *gfx;
	float x, y, unit; /* unit: 1/24 of the side */
};

/* Shapes in units of the tile, white. */
static void box(const struct tile *t, float x, float y, float w, float h,
		float radius, int alpha)
{
	struct frect r = { t->x + x * t->unit, t->y + y * t->unit, w * t->unit,
			   h * t->unit };

	gfx_round(t->gfx, r, radius * t->unit, 0xffffff, 0xffffff, alpha);
}

static void frame(const struct tile *t, float x, float y, float w, float h,
		  float radius, float width)
{
	struct frect r = { t->x + x * t->unit, t->y + y * t->unit, w * t->unit,
			   h * t->unit };

	gfx_ring(t->gfx, r, radius * t->unit, width * t->unit, 0xffffff, 235);
}

static void sign_testnit(const struct tile *t)
{
	frame(t, 5, 5, 14, 14, 7, 2);
	box(t, 10, 10, 4, 4, 2, 235);
}

static void sign_scout(const struct tile *t)
{
	for (int i = 0; i < 4; i++)
		box(t, 6, 6 + (float)i * 3.4f, i == 3 ? 7 : 12, 1.6f, 0.8f,
		    235);
}

static void sign_launchpad(const struct tile *t)
{
	box(t, 6, 6, 5, 5, 1.5f, 235);
	box(t, 13, 6, 5, 5, 1.5f, 235);
	box(t, 6, 13, 5, 5, 1.5f, 235);
	box(t, 13, 13, 5, 5, 1.5f, 160);
}

static void sign_nitlog(const struct tile *t)
{
	gfx_arrow(t->gfx, t->x + 7 * t->unit, t->y + 7 * t->unit, 8 * t->unit,
		  0xffffff, 235);
	box(t, 12, 15, 6, 2, 1, 235);
}

static void sign_liquid_fb(const struct tile *t)
{
	frame(t, 5, 6, 14, 11, 2.5f, 1.7f);
	box(t, 9, 18, 6, 1.6f, 0.8f, 235);
}

static void sign_nitpicker(const struct tile *t)
{
	frame(t, 5, 5, 11, 10, 2, 1.6f);
	box(t, 9, 9, 10, 9, 2, 215);
}

static void sign_console(const struct tile *t)
{
	float x = t->x, y = t->y, u = t->unit;

	for (int i = 0; i < 2; i++)
		gfx_line(t->gfx, x + 6 * u, y + (i ? 17 : 7) * u, x + 11 * u,
			 y + 12 * u, 2 * u, 0xffffff, 235);
	box(t, 12, 16, 7, 2, 1, 235);
}

static const struct sign {
	const char *program;
	uint32_t top, bottom;
	void (*paint)(const struct tile *);
} signs[] = {
	{ "testnit", 0x6aa8e8, 0x2f6fb8, sign_testnit },
	{ "scout", 0xe7b95a, 0xb5822a, sign_scout },
	{ "launchpad", 0x9a86e0, 0x6350b0, sign_launchpad },
	{ "nitlog", 0x7fc59a, 0x3f8f63, sign_nitlog },
	{ "liquid_fb", 0x5fc0cf, 0x2b8797, sign_liquid_fb },
	{ "nitpicker", 0xe0837f, 0xb04a46, sign_nitpicker },
	{ "console", 0x6b7785, 0x343d48, sign_console },
};
/* The gray of the last is nobody else's. */
enum { SIGNS = sizeof(signs) / sizeof(signs[0]), HUES = SIGNS - 1 };

/* Programs that are not of the suite get the hue of one of it. */
static const struct sign *hue_of(const char *program)
{
	uint32_t hash = 5381;

	for (const char *c = program; *c; c++)
		hash = hash * 33 ^ (uint8_t)*c;
	return &signs[hash % HUES];
}

static void letter(const struct tile *t, const char *program)
{
	struct text_style style = { .weight = TEXT_SEMIBOLD,
				    .size = (int)(14 * 64 * t->unit) };
	const char *slash = strrchr(program, '/');
	char text[2] = { slash ? slash[1] : program[0], 0 };
	int width;

	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	else if (text[0] & 0x80 || text[0] < ' ')
		text[0] = '?';
	width = text_width(t->gfx->text, style, text, 1);
	gfx_text(t->gfx, style, (int)((t->x + 12 * t->unit) * 64) - width / 2,
		 (int)(t->y + 17 * t->unit + 0.5f), text, 0xffffff);
}

void gfx_program_icon(struct gfx *gfx, float x, float y, float size,
		      const char *program)
{
	struct tile tile = { gfx, x, y, size / 24 };
	const struct sign *sign = NULL;
	float u = tile.unit;

	for (int i = 0; i < SIGNS && !sign; i++)
		if (strcmp(signs[i].program, program) == 0)
			sign = &signs[i];
	const struct sign *hue = sign ? sign : hue_of(program);

	gfx_round(gfx, (struct frect){ x, y, size, size }, 6 * u, hue->top,
		  hue->bottom, 255);
	gfx_round(gfx, (struct frect){ x + u, y + u, size - 2 * u, 10 * u },
		  5 * u, 0xffffff, 0xffffff, 50);
	gfx_ring(gfx, (struct frect){ x, y, size, size }, 6 * u, u, 0x000000,
		 70);
	if (sign)
		sign->paint(&tile);
	else
		letter(&tile, program);
}
