/*
 * X-ray: what is whose. Each view gets a frame outside its content and a
 * floating label, a pill with the session's label and the view's title. A label
 * stands in what is visible of its view, so that no view covers it, and labels
 * don't cover each other.
 */
#include "core.h"

#include "session/label.h"

void core_set_xray(struct core *core, bool on)
{
	core->xray = on;
	core_mark_anew(core);
}

void core_mark_anew(struct core *core)
{
	struct session *s;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link))
		for (uint32_t i = 0; i < s->view_count; i++)
			s->views[i]->label = (struct rect){ 0 };
	core_damage_all(core);
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

/* `text` gets the label. */
static struct figure_badge badge_of(const struct view *view,
				    char text[LABEL_TEXT_MAX])
{
	label_display(view->session->label, text, LABEL_TEXT_MAX);
	return (struct figure_badge){ text, view->title, view->session->color,
				      view->session->core->scale };
}

/*
 * Where the label of a view stands, {0}: nowhere. On the upper edge of its
 * content if that place is free; else in the first part of what is visible that
 * takes it whole, else in the widest one, where its end is cut.
 */
static struct rect find_place(const struct view *view,
			      const struct region *left, struct region *visible)
{
	char text[LABEL_TEXT_MAX];
	struct figure_badge badge = badge_of(view, text);
	struct rect content = view_content(view), room;
	struct rect edge = figure_badge_rect(&badge);
	int w = edge.w, h = edge.h;
	edge.x = content.x + (content.w - w) / 2;
	edge.y = content.y - h / 2 - xray_frame(view) / 2;
	region_clip(visible, left, edge);
	if (w <= content.w && region_area(visible) == rect_area(edge))
		return edge;
	region_clip(visible, left, view_outline(view));
	room = region_find_room(visible, w, h);
	return room.w < h ? (struct rect){ 0 } : room;
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

void xray_paint_labels(struct core *core, const struct blit_surface *to,
		       struct rect clip)
{
	char text[LABEL_TEXT_MAX];
	const struct view *v;
	if (!core_marks(core) && !core->policy.marks)
		return;
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link)) {
		struct figure_badge badge;
		if (rect_is_empty(rect_intersect(v->label, clip)))
			continue;
		badge = badge_of(v, text);
		figure_badge_draw(&badge, to, clip, v->label);
	}
}
