/*
 * X-ray: what is whose. Each view gets a frame outside its content and a
 * floating label, a pill with the session's label and the view's title. A label
 * stands in what is visible of its view, so that no view covers it, and labels
 * don't cover each other.
 */
#include "core.h"

#include "session/label.h"

/* Logical pixels. */
enum { PILL_HEIGHT = 20, PILL_TEXT = 12, PILL_PADDING = 10 };

static const uint32_t INK = 0xff10161d;

void core_set_xray(struct core *core, bool on)
{
	core->xray = on;
	core_reset_labels(core);
	core_damage_all(core);
}

void core_reset_labels(struct core *core)
{
	struct session *s;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link))
		for (uint32_t i = 0; i < s->view_count; i++)
			s->views[i]->label = (struct rect){ 0 };
}

int xray_frame(const struct view *view)
{
	const struct core *core = view->session->core;
	if (!view_framed(view))
		return 0;
	return scaled(core,
		      core->focus == view->session ? FRAME_FOCUSED : FRAME);
}

/* Black, colour, black; the part inside clip and outside the content. */
void xray_paint_frame(const struct blit_surface *to, const struct view *view,
		      struct rect clip)
{
	struct rect content = view_content(view);
	int frame = xray_frame(view), line = scaled(view->session->core, 1);
	struct rect rings[] = { content, rect_grown(content, line),
				rect_grown(content, frame - line), clip };
	for (int i = 0; i < 3; i++) {
		uint32_t color = i == 1 ? view->session->color : 0;
		struct rect part[4];
		rect_split_around(part, rect_intersect(clip, rings[i + 1]),
				  rings[i]);
		for (int k = 0; k < 4; k++)
			blit_fill(to, part[k].x, part[k].y, part[k].w,
				  part[k].h, 0xff000000 | color);
	}
}

struct pill {
	char label[LABEL_TEXT_MAX];
	struct font font;
	int height, padding; /* pixels */
	int label_width, width; /* of the label's part; of all */
};

static void measure(const struct view *view, struct pill *pill)
{
	const struct core *core = view->session->core;
	label_display(view->session->label, pill->label, sizeof(pill->label));
	pill->font = font_of_size(scaled(core, PILL_TEXT));
	pill->height = scaled(core, PILL_HEIGHT);
	pill->padding = scaled(core, PILL_PADDING);
	pill->label_width = font_width(&pill->font, pill->label) +
			    2 * pill->padding;
	pill->width = pill->label_width;
	if (*view->title)
		pill->width += font_width(&pill->font, view->title) +
			       2 * pill->padding;
}

/*
 * Where the label of a view stands, {0}: nowhere. On the upper edge of its
 * content if that place is free; else in the first part of what is visible that
 * takes it whole, else in the widest one, where its end is cut.
 */
static struct rect find_place(const struct view *view,
			      const struct region *left, struct region *visible)
{
	struct rect content = view_content(view), edge, room;
	struct pill pill;
	measure(view, &pill);
	edge = (struct rect){ content.x + (content.w - pill.width) / 2,
			      content.y - pill.height / 2 -
				      xray_frame(view) / 2,
			      pill.width, pill.height };
	region_clip(visible, left, edge);
	if (pill.width <= content.w && region_area(visible) == rect_area(edge))
		return edge;
	region_clip(visible, left, view_outline(view));
	room = region_find_room(visible, pill.width, pill.height);
	return room.w < pill.height ? (struct rect){ 0 } : room;
}

void xray_place_labels(struct core *core)
{
	struct region *left = &core->left, visible;
	struct view *v;
	if (!core_marks(core) && !core->policy.marks)
		return;
	region_init(&visible);
	region_clear(left);
	region_add(left, core->screen);
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link)) {
		struct rect place = { 0 };
		if (v->visible && view_framed(v))
			place = find_place(v, left, &visible);
		if (!rect_equal(v->label, place)) {
			core_damage(core, v->label);
			core_damage(core, place);
			v->label = place;
		}
		region_subtract(left, place);
		region_subtract(left, view_outline(v));
	}
	region_finish(&visible);
}

static void paint_label(struct core *core, const struct blit_surface *to,
			const struct view *view, struct rect clip)
{
	struct pill pill;
	struct rect all = view->label, in, first;
	int line = scaled(core, 1), baseline;
	measure(view, &pill);
	baseline = all.y + (pill.height + pill.font.size * 73 / 100) / 2;
	in = first = rect_grown(all, -line);
	clip = rect_intersect(clip, all);
	if (first.w > pill.label_width - line)
		first.w = pill.label_width - line;
	/* A dark edge; the label on its colour; the title, which the client
	 * chose, in the colour, so that none looks like the other. */
	figure_pill(to, clip, all, INK);
	figure_pill(to, rect_intersect(clip, first), in, view->session->color);
	font_draw(&pill.font, to,
		  rect_intersect(clip, rect_grown(first, -line)),
		  all.x + pill.padding, baseline, pill.label, INK);
	font_draw(&pill.font, to,
		  rect_intersect(clip, rect_grown(in, -pill.padding / 4)),
		  all.x + pill.label_width + pill.padding, baseline,
		  view->title, 0xff000000 | view->session->color);
}

void xray_paint_labels(struct core *core, const struct blit_surface *to,
		       struct rect clip)
{
	const struct view *v;
	if (!core_marks(core) && !core->policy.marks)
		return;
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		if (!rect_is_empty(rect_intersect(v->label, clip)))
			paint_label(core, to, v, clip);
}
