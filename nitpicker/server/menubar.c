#include "core.h"

#include <stdio.h>

/* Logical pixels. */
enum { BAR_HEIGHT = 16, BAR_TEXT = 11, BAR_GAP = 6, BAR_MARGIN = 8 };

static const uint32_t WHITE = 0xffffffff, GREY = 0xffb3bcc8, AMBER = 0xffffd27a;

int scaled(const struct core *core, int value)
{
	return (int)((uint32_t)value * core->scale + 50) / 100;
}

int32_t menubar_height(const struct core *core)
{
	int32_t height = scaled(core, BAR_HEIGHT);

	return height < core->output.height ? height : core->output.height;
}

static uint32_t between(uint32_t a, uint32_t b, int part, int whole)
{
	uint32_t color = 0;

	for (int shift = 0; shift < 24; shift += 8) {
		int from = a >> shift & 0xff, to = b >> shift & 0xff;

		color |= (uint32_t)(from + (to - from) * part / whole) << shift;
	}
	return 0xff000000 | color;
}

static uint32_t row_color(const struct core *core, int y)
{
	int last = core->screen.y - 1;
	uint32_t top = core->xray ? 0x6468a8 : 0x5a616b;
	uint32_t bottom = core->xray ? 0x34356a : 0x2b3037;

	if (y == 0) /* a highlight, and a shadow at the other end */
		return between(top, 0xffffff, 1, 5);
	if (y == last)
		return between(bottom, 0, 4, 5);
	return between(top, bottom, y, last > 0 ? last : 1);
}

void menubar_paint(const struct core *core, const struct blit_surface *to,
		   struct rect clip)
{
	struct font font = font_of_size(scaled(core, BAR_TEXT));
	int baseline = (core->screen.y + font.size * 73 / 100) / 2;
	int gap = scaled(core, BAR_GAP), margin = scaled(core, BAR_MARGIN);
	int width = core->output.width, left = margin, right = width - margin;
	char text[LABEL_TEXT_MAX], next[64], xray[64];

	for (int y = clip.y; y < clip.y + clip.h; y++)
		blit_fill(to, clip.x, y, clip.w, 1, row_color(core, y));

	if (core->xray)
		left = font_draw(&font, to, clip, margin, baseline, "X-RAY",
				 AMBER) +
		       gap;
	policy_key_text(&core->policy, MODE_NEXT, next, sizeof(next));
	policy_key_text(&core->policy, MODE_XRAY, xray, sizeof(xray));
	snprintf(text, sizeof(text), "%s%s%s%s%s", *next ? "Switch " : "", next,
		 *next ? "   " : "", *xray ? "X-ray " : "", xray);

	int hint = right - font_width(&font, text);

	if (core->focus) {
		const struct view *view = session_title_view(core->focus);
		const char *title = view ? view->title : "";
		char label[LABEL_TEXT_MAX];

		label_text(core->focus->label, label);

		int dot = font.size / 2;
		int label_width = dot + gap + font_width(&font, label);
		int all = label_width;
		int x;

		if (*title)
			all += gap + font_width(&font, title);
		x = (width - all) / 2;
		if (x < left)
			x = left;
		if (x + all + 2 * gap > hint)
			hint = width;
		figure_pill(to, clip,
			   (struct rect){ x, (core->screen.y - dot) / 2, dot,
					  dot },
			   core->focus->color);
		x = font_draw(&font, to, clip, x + dot + gap, baseline, label,
			      WHITE);
		font_draw(&font, to, clip, x + gap, baseline, title,
			  0xff000000 | core->focus->color);
	}
	if (hint > width / 2 && hint < width)
		font_draw(&font, to, clip, hint, baseline, text, GREY);
}
