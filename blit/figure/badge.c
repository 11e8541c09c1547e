#include "blit/figure/figure.h"

/* Pixels at scale 100. */
enum { BADGE_HEIGHT = 20, BADGE_TEXT = 12, BADGE_PADDING = 10 };

static const uint32_t ink = 0xff10161d;

struct measures {
	struct font font;
	int line, padding;
	int name_width, width, height; /* of the name's part; of all */
};

static struct measures measure(const struct figure_badge *badge)
{
	int scale = (int)badge->scale;
	struct measures m = {
		.font = font_of_size((BADGE_TEXT * scale + 50) / 100),
		.line = (scale + 50) / 100,
		.padding = (BADGE_PADDING * scale + 50) / 100,
		.height = (BADGE_HEIGHT * scale + 50) / 100,
	};

	m.name_width = font_width(&m.font, badge->name) + 2 * m.padding;
	m.width = m.name_width;
	if (*badge->title)
		m.width += font_width(&m.font, badge->title) + 2 * m.padding;
	return m;
}

struct rect figure_badge_rect(const struct figure_badge *badge)
{
	struct measures m = measure(badge);

	return (struct rect){ 0, 0, m.width, m.height };
}

void figure_badge_draw(const struct figure_badge *badge,
		       const struct blit_surface *to, struct rect clip,
		       struct rect all)
{
	struct measures m = measure(badge);
	int baseline = all.y + (m.height + m.font.size * 73 / 100) / 2;
	struct rect in = rect_grown(all, -m.line), first = in;

	clip = rect_intersect(clip, all);
	if (first.w > m.name_width - m.line)
		first.w = m.name_width - m.line;
	figure_pill(to, clip, all, ink);
	figure_pill(to, rect_intersect(clip, first), in, badge->color);
	font_draw(&m.font, to, rect_intersect(clip, rect_grown(first, -m.line)),
		  all.x + m.padding, baseline, badge->name, ink);
	font_draw(&m.font, to,
		  rect_intersect(clip, rect_grown(in, -m.padding / 4)),
		  all.x + m.name_width + m.padding, baseline, badge->title,
		  0xff000000 | badge->color);
}
