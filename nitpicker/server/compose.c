/*
 * Composition: what is damaged is painted from front to back, so that each
 * opaque pixel is written once, straight into the output. What blends is noted
 * on the way and painted afterwards, from back to front, in strips that stay
 * in the cache.
 */
#include "core.h"

#include <stdlib.h>

#include "base/alloc.h"

_Static_assert((int)FORMAT_XRGB8888 == (int)BLIT_XRGB8888 &&
		       (int)FORMAT_ARGB8888 == (int)BLIT_ARGB8888 &&
		       (int)FORMAT_RGB565 == (int)BLIT_RGB565,
	       "formats of the wire are those of blit");

/* In kill mode all is mixed with this. */
static const uint32_t KILL_COLOR = 0xffff0000;

struct blend {
	const struct view *view;
	struct rect clip;
};

struct painter {
	struct core *core;
	struct blit_surface to; /* the output, or a strip in front of it */
	struct blend *blends;
	size_t blend_count, blend_capacity;
};

static void fill(struct painter *painter, struct rect r, uint32_t color)
{
	if (rect_is_empty(r))
		return;
	blit_fill(&painter->to, r.x, r.y, r.w, r.h, 0xff000000 | color);
	painter->core->written += (uint64_t)rect_area(r);
}

static void fill_around(struct painter *painter, struct rect outer,
			struct rect inner, uint32_t color)
{
	struct rect part[4];
	rect_split_around(part, outer, inner);
	for (int i = 0; i < 4; i++)
		fill(painter, part[i], color);
}

/* Views of others are mixed with this in X-ray, those of the focused one not at
 * all (0): its mark. Elsewhere, those of tinted domains without the focus. */
static uint32_t mix_color(const struct view *view)
{
	const struct core *core = view->session->core;
	const struct session *session = view->session, *focus = core->focus;
	bool pure = !session->domain->tinted ||
		    (focus && focus->domain == session->domain);
	if (core->kill)
		return KILL_COLOR;
	if (core->xray ? focus == session : pure)
		return 0;
	return (view->session->color >> 1 & 0x7f7f7f) | 0xff000000;
}

/* Where the buffer lies on the output. */
static struct rect buffer_rect(const struct view *view)
{
	const struct buffer *buffer = &view->session->buffer;
	struct rect r = { view->place.x + view->offset.x,
			  view->place.y + view->offset.y, (int32_t)buffer->w,
			  (int32_t)buffer->h };
	return buffer->pixels ? r : (struct rect){ 0 };
}

static void copy(struct painter *painter, const struct view *view,
		 struct rect r, bool over)
{
	const struct buffer *buffer = &view->session->buffer;
	struct blit_surface from = {
		.pixels = buffer->pixels,
		.stride = buffer->stride,
		.width = (int)buffer->w,
		.height = (int)buffer->h,
		.format = (enum blit_format)buffer->format
	};
	struct rect all = buffer_rect(view);
	struct blit_area area = {
		r.x, r.y, r.w, r.h, r.x - all.x, r.y - all.y
	};
	uint32_t mix = mix_color(view);
	if (over)
		blit_over(&painter->to, &from, area);
	else if (mix)
		blit_mix(&painter->to, &from, area, mix & 0xffffff);
	else
		blit_copy(&painter->to, &from, area);
	if (!over)
		painter->core->written += (uint64_t)rect_area(r);
}

/* A client may punch holes into its buffer. The pages that reading makes again
 * are within what the session donated, but each costs a fault. So the kernel is
 * asked before; rows with a hole are black. */
static bool has_hole(const struct view *view, int32_t y, int32_t h)
{
	const struct buffer *buffer = &view->session->buffer;
	uint32_t row = (uint32_t)(y - buffer_rect(view).y);
	return buffer->fd >= 0 &&
	       memory_has_hole(buffer->fd, buffer->bytes,
			       (uint64_t)row * buffer->stride,
			       (uint64_t)h * buffer->stride);
}

/* r: inside the buffer. */
static void paint_buffer(struct painter *painter, const struct view *view,
			 struct rect r, bool over)
{
	int32_t end = r.y + r.h;
	if (rect_is_empty(r))
		return;
	if (!has_hole(view, r.y, r.h)) {
		copy(painter, view, r, over);
		return;
	}
	for (r.h = 1; r.y < end; r.y++) {
		if (!has_hole(view, r.y, 1))
			copy(painter, view, r, over);
		else if (!over)
			fill(painter, r, mix_color(view) >> 1 & 0x7f7f7f);
	}
}

static void paint_opaque(struct painter *painter, const struct view *view,
			 struct rect clip)
{
	struct rect content = rect_intersect(clip, view_solid(view));
	struct rect in = rect_intersect(content, buffer_rect(view));
	paint_buffer(painter, view, in, false);
	/* Beyond the buffer it is black. */
	fill_around(painter, content, in, mix_color(view) >> 1 & 0x7f7f7f);
	if (rect_equal(content, clip))
		return;
	xray_paint_frame(&painter->to, view, clip);
	painter->core->written += (uint64_t)(rect_area(clip) -
					     rect_area(content));
}

/* Notes the part of clip around the opaque content. */
static void note_decoration(struct painter *painter, const struct view *view,
			    struct rect clip)
{
	struct rect part[4];
	painter->blends = xgrow(painter->blends, &painter->blend_capacity,
				painter->blend_count, 4,
				sizeof(*painter->blends));
	clip = rect_intersect(clip,
			      rect_intersect(view->place, buffer_rect(view)));
	rect_split_around(part, clip, view_opaque(view));
	for (int i = 0; i < 4; i++)
		if (!rect_is_empty(part[i]))
			painter->blends[painter->blend_count++] =
				(struct blend){ view, part[i] };
}

static void paint_from(struct painter *painter, const struct view *view,
		       struct region *left);

/* Goes on behind a view. Where its shape cuts the region into more pieces than
 * a region can have, each half goes on for itself. */
static void paint_behind(struct painter *painter, const struct view *view,
			 struct region *left)
{
	struct rect half[2] = { left->bounds, left->bounds };
	struct region part;
	if (region_subtract(left, view_opaque(view))) {
		paint_from(painter, TAILQ_NEXT(view, link), left);
		return;
	}
	if (half[0].h > 1) {
		half[0].h /= 2;
		half[1].y += half[0].h;
		half[1].h -= half[0].h;
	} else {
		half[0].w /= 2;
		half[1].x += half[0].w;
		half[1].w -= half[0].w;
	}
	region_init(&part);
	for (int i = 0; i < 2; i++) {
		region_clip(&part, left, half[i]);
		paint_behind(painter, view, &part);
	}
	region_finish(&part);
}

static void paint_view(struct painter *painter, const struct view *view,
		       const struct region *left)
{
	struct rect outline = view_outline(view), opaque = view_opaque(view);
	bool blends = view_blends(view);
	for (size_t i = 0; i < left->count; i++) {
		struct rect r = rect_intersect(left->rects[i], outline);
		if (rect_is_empty(r))
			continue;
		if (blends)
			note_decoration(painter, view, r);
		r = rect_intersect(r, opaque);
		if (!rect_is_empty(r))
			paint_opaque(painter, view, r);
	}
}

static void paint_from(struct painter *painter, const struct view *view,
		       struct region *left)
{
	const struct view *background = painter->core->background;
	uint32_t color = COLOR_BACKGROUND;
	struct rect covered = { 0 };
	for (; view && !region_is_empty(left); view = TAILQ_NEXT(view, link)) {
		if (!view->visible ||
		    !region_overlaps(left, view_outline(view)))
			continue;
		paint_view(painter, view, left);
		/* Most of the time it doesn't need the halves. */
		if (!region_subtract(left, view_opaque(view))) {
			paint_behind(painter, view, left);
			return;
		}
	}
	if (background) {
		paint_view(painter, background, left);
		covered = view_opaque(background);
	}
	if (painter->core->kill)
		color = figure_between(color, KILL_COLOR, 1, 2) & 0xffffff;
	for (size_t i = 0; i < left->count; i++)
		fill_around(painter, left->rects[i], covered, color);
}

static void paint_part(struct painter *painter, struct rect strip)
{
	struct core *core = painter->core;
	struct region *left = &core->left;
	region_clip(left, &core->damage, strip);
	for (size_t i = 0; i < left->count; i++) {
		struct rect r = rect_intersect(left->rects[i], core->bar);
		if (!rect_is_empty(r))
			menubar_paint(core, &painter->to, r);
		core->written += (uint64_t)rect_area(r);
	}
	region_intersect(left, core->screen);
	painter->blend_count = 0;
	paint_from(painter, TAILQ_FIRST(&core->stack), left);
	for (size_t i = painter->blend_count; i-- > 0;)
		paint_buffer(painter, painter->blends[i].view,
			     painter->blends[i].clip, true);
	/* What floats above all, on the pixels that are new. */
	region_clip(left, &core->damage, strip);
	for (size_t i = 0; i < left->count; i++) {
		xray_paint_labels(core, &painter->to, left->rects[i]);
		if (!core->kill)
			pointer_paint(core, &painter->to, left->rects[i]);
	}
}

static bool anything_blends(const struct core *core)
{
	const struct view *v;
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		if (v->visible && view_blends(v) &&
		    region_overlaps(&core->damage, v->place))
			return true;
	return false;
}

bool core_compose(struct core *core, struct region *painted)
{
	struct painter painter = { .core = core, .to = core->output };
	struct rect strip = core->damage.bounds;
	int32_t end = strip.y + strip.h;
	if (core->frozen.on)
		return kill_compose(core, painted);
	if (!core->output.pixels || region_is_empty(&core->damage))
		return false;
	core->painted += (uint64_t)region_area(&core->damage);
	if (anything_blends(core))
		strip.h = STRIP_BYTES / (4 * strip.w) + 1;
	for (; strip.y < end; strip.y += strip.h)
		paint_part(&painter, strip);
	free(painter.blends);
	region_swap(painted, &core->damage);
	region_clear(&core->damage);
	if (core->kill)
		kill_freeze(core);
	return true;
}
