/*
 * Composition: what is damaged is painted from front to back, so that each
 * opaque pixel is written once, straight into the output. What blends is noted
 * on the way and painted afterwards, from back to front, in strips that stay
 * in the cache.
 */
#include "core.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"

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

static const enum blit_format blit_formats[] = {
	[FORMAT_XRGB8888] = BLIT_XRGB8888,
	[FORMAT_ARGB8888] = BLIT_ARGB8888,
	[FORMAT_RGB565] = BLIT_RGB565,
};

/* ---- pixels of a buffer ---- */

static uint32_t half(uint32_t color)
{
	return color >> 1 & 0x7f7f7f;
}

/* Views of others look dimmed in X-ray: the mark of the focused one is that it
 * doesn't. */
static bool is_mixed(const struct view *view)
{
	const struct core *core = view->session->core;

	return core->xray && core->focus != view->session;
}

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

static void copy(struct painter *painter, const struct view *view,
		 struct rect r)
{
	const struct buffer *buffer = &view->session->buffer;
	struct blit_surface from = {
		.pixels = buffer->pixels,
		.stride = buffer->stride,
		.width = (int)buffer->w,
		.height = (int)buffer->h,
		.format = blit_formats[buffer->format],
	};
	struct blit_area area = {
		r.x,
		r.y,
		r.w,
		r.h,
		r.x - view->place.x - view->offset.x,
		r.y - view->place.y - view->offset.y,
	};

	if (is_mixed(view))
		blit_mix(&painter->to, &from, area, half(view->session->color));
	else
		blit_copy(&painter->to, &from, area);
	painter->core->written += (uint64_t)rect_area(r);
}

/*
 * A client may punch holes into its buffer. Reading a hole through the mapping
 * is safe, and its new pages are within what the session donated (the server
 * made and paid all pages in the first place), but each costs a page fault. So
 * the kernel is asked once a frame whether the rows to be read are all there;
 * only where they aren't, row by row. Missing rows are black.
 */
static bool has_hole(const struct buffer *buffer, int32_t y, int32_t h)
{
	off_t from = (off_t)y * buffer->stride;
	off_t to = from + (off_t)h * buffer->stride;

	if (buffer->fd < 0)
		return false;

	off_t hole = lseek(buffer->fd, from, SEEK_HOLE);

	return hole >= 0 && hole < to;
}

static void paint_buffer(struct painter *painter, const struct view *view,
			 struct rect r)
{
	const struct buffer *buffer = &view->session->buffer;
	int32_t top = view->place.y + view->offset.y;
	uint32_t dark = is_mixed(view) ? half(half(view->session->color)) : 0;

	if (!buffer->holed) {
		copy(painter, view, r);
		return;
	}
	for (int32_t y = r.y; y < r.y + r.h; y++) {
		struct rect row = { r.x, y, r.w, 1 };

		if (has_hole(buffer, y - top, 1))
			fill(painter, row, dark);
		else
			copy(painter, view, row);
	}
}

/* Where the buffer lies on the output. */
static struct rect buffer_rect(const struct view *view)
{
	const struct buffer *buffer = &view->session->buffer;

	if (!buffer->pixels)
		return (struct rect){ 0 };
	return (struct rect){ view->place.x + view->offset.x,
			      view->place.y + view->offset.y,
			      (int32_t)buffer->w, (int32_t)buffer->h };
}

/* r: inside the view. Beyond the buffer it is black. */
static void paint_content(struct painter *painter, const struct view *view,
			  struct rect r)
{
	struct rect in = rect_intersect(r, buffer_rect(view));
	uint32_t dark = is_mixed(view) ? half(half(view->session->color)) : 0;

	if (!rect_is_empty(in))
		paint_buffer(painter, view, in);
	fill_around(painter, r, in, dark);
}

static void paint_opaque(struct painter *painter, const struct view *view,
			 struct rect clip)
{
	struct rect content = rect_intersect(
		clip, painter->core->xray ? view_content(view) : view->place);

	if (!rect_is_empty(content))
		paint_content(painter, view, content);
	if (!rect_equal(content, clip)) {
		xray_paint_frame(painter->core, &painter->to, view, clip);
		painter->core->written += (uint64_t)(rect_area(clip) -
						     rect_area(content));
	}
}

/* ---- what blends ---- */

static bool blends(const struct view *view)
{
	return !view->session->core->xray &&
	       view->session->buffer.format == FORMAT_ARGB8888;
}

static void note_blend(struct painter *painter, const struct view *view,
		       struct rect clip)
{
	clip = rect_intersect(clip, buffer_rect(view));
	if (rect_is_empty(clip))
		return;
	if (painter->blend_count == painter->blend_capacity) {
		painter->blend_capacity += 64 + painter->blend_capacity / 2;
		painter->blends = xreallocarray(painter->blends,
						painter->blend_capacity,
						sizeof(*painter->blends));
	}
	painter->blends[painter->blend_count++] = (struct blend){ view, clip };
}

/* The part of clip around the opaque content. */
static void note_decoration(struct painter *painter, const struct view *view,
			    struct rect clip)
{
	struct rect part[4];

	rect_split_around(part, clip, view_opaque(view));
	for (int i = 0; i < 4; i++)
		note_blend(painter, view, part[i]);
}

static void paint_blend(struct painter *painter, const struct blend *blend)
{
	const struct view *view = blend->view;
	const struct buffer *buffer = &view->session->buffer;
	struct blit_surface from = {
		.pixels = buffer->pixels,
		.stride = buffer->stride,
		.width = (int)buffer->w,
		.height = (int)buffer->h,
		.format = BLIT_ARGB8888,
	};
	int32_t left = view->place.x + view->offset.x;
	int32_t top = view->place.y + view->offset.y;
	struct rect r = blend->clip;
	int32_t rows = buffer->holed ? 1 : r.h;

	for (int32_t y = r.y; y < r.y + r.h; y += rows)
		if (!buffer->holed || !has_hole(buffer, y - top, 1))
			blit_over(&painter->to, &from,
				  (struct blit_area){ r.x, y, r.w, rows,
						      r.x - left, y - top });
}

/* ---- front to back ---- */

static void paint_from(struct painter *painter, const struct view *view,
		       struct region *left);

/* Goes on behind a view. Where its shape cuts the region into more pieces than
 * a region can have, each half goes on for itself. */
static void paint_behind(struct painter *painter, const struct view *view,
			 struct region *left)
{
	if (region_subtract(left, view_opaque(view))) {
		paint_from(painter, view->next, left);
		return;
	}

	struct rect a = left->bounds, b = left->bounds;
	struct region part;

	if (a.h > 1) {
		a.h /= 2;
		b.y += a.h;
		b.h -= a.h;
	} else {
		a.w /= 2;
		b.x += a.w;
		b.w -= a.w;
	}
	region_init(&part);
	region_clip(&part, left, a);
	paint_behind(painter, view, &part);
	region_clip(&part, left, b);
	paint_behind(painter, view, &part);
	region_finish(&part);
}

static void paint_view(struct painter *painter, const struct view *view,
		       const struct region *left)
{
	struct rect outline = view_outline(view), opaque = view_opaque(view);
	bool decorated = blends(view);

	for (size_t i = 0; i < left->count; i++) {
		struct rect r = rect_intersect(left->rects[i], outline);

		if (rect_is_empty(r))
			continue;
		if (decorated)
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

	for (; view && !region_is_empty(left); view = view->next) {
		if (!view->visible ||
		    !region_overlaps(left, view_outline(view)))
			continue;
		paint_view(painter, view, left);
		if (!region_subtract(left, view_opaque(view))) {
			paint_behind(painter, view, left);
			return;
		}
	}
	if (background && region_overlaps(left, view_outline(background))) {
		paint_view(painter, background, left);
		for (size_t i = 0; i < left->count; i++)
			fill_around(painter, left->rects[i],
				    view_opaque(background), COLOR_BACKGROUND);
		return;
	}
	for (size_t i = 0; i < left->count; i++)
		fill(painter, left->rects[i], COLOR_BACKGROUND);
}

/* ---- a frame ---- */

static void paint_part(struct painter *painter, const struct rect *strip)
{
	struct core *core = painter->core;
	struct region *left = &core->left;
	struct rect bar = { 0, 0, core->output.width, core->screen.y };

	region_clip(left, &core->damage, *strip);
	if (region_is_empty(left))
		return;
	for (size_t i = 0; i < left->count; i++) {
		struct rect r = rect_intersect(left->rects[i], bar);

		if (rect_is_empty(r))
			continue;
		menubar_paint(core, &painter->to, r);
		core->written += (uint64_t)rect_area(r);
	}
	region_intersect(left, core->screen);
	painter->blend_count = 0;
	paint_from(painter, core->front, left);
	for (size_t i = painter->blend_count; i-- > 0;)
		paint_blend(painter, &painter->blends[i]);

	/* What floats above all, on the pixels that are new. */
	region_clip(left, &core->damage, *strip);
	for (size_t i = 0; i < left->count; i++) {
		xray_paint_labels(core, &painter->to, left->rects[i]);
		pointer_paint(core, &painter->to, left->rects[i]);
	}
}

static void find_holes(struct core *core)
{
	for (struct session *s = core->sessions; s; s = s->next) {
		int32_t top = INT32_MAX, bottom = 0;

		for (uint32_t i = 0; i < s->view_count; i++) {
			const struct view *v = s->views[i];
			struct rect buffer = buffer_rect(v);
			struct rect read = rect_intersect(buffer,
							  view_outline(v));

			read = rect_intersect(read, core->damage.bounds);
			if (!v->visible ||
			    !region_overlaps(&core->damage, read))
				continue;
			if (read.y - buffer.y < top)
				top = read.y - buffer.y;
			if (read.y + read.h - buffer.y > bottom)
				bottom = read.y + read.h - buffer.y;
		}
		s->buffer.holed = top < bottom &&
				  has_hole(&s->buffer, top, bottom - top);
	}
}

static bool anything_blends(const struct core *core)
{
	for (const struct view *v = core->front; v; v = v->next)
		if (v->visible && blends(v) &&
		    region_overlaps(&core->damage, v->place))
			return true;
	return false;
}

static bool overlays_blend(const struct core *core)
{
	struct rect bar = { 0, 0, core->output.width, core->screen.y };

	return core->xray || region_overlaps(&core->damage, bar) ||
	       region_overlaps(&core->damage, core->pointer_drawn);
}

static void copy_strip(const struct core *core, const struct blit_surface *from,
		       struct rect strip)
{
	for (size_t i = 0; i < core->damage.count; i++) {
		struct rect r = rect_intersect(core->damage.rects[i], strip);

		blit_copy(&core->output, from,
			  (struct blit_area){ r.x, r.y, r.w, r.h, r.x, r.y });
	}
}

bool core_compose(struct core *core, struct region *painted)
{
	struct painter painter = { .core = core, .to = core->output };
	struct rect bounds = core->damage.bounds, strip = bounds;
	bool slow = core->output.slow_read;
	void *back = NULL;

	if (!core->output.pixels || region_is_empty(&core->damage))
		return false;
	core->painted += (uint64_t)region_area(&core->damage);
	find_holes(core);
	if (anything_blends(core) || (slow && overlays_blend(core))) {
		int32_t stride = (int32_t)abs((int)core->output.stride);

		strip.h = STRIP_BYTES / (stride ? stride : 1) + 1;
		if (slow) {
			back = xcalloc((size_t)strip.h, (size_t)stride);
			painter.to.stride = stride;
		}
	}
	for (; strip.y < bounds.y + bounds.h; strip.y += strip.h) {
		if (back)
			painter.to.pixels = (char *)back -
					    (ptrdiff_t)strip.y *
						    painter.to.stride;
		paint_part(&painter, &strip);
		if (back)
			copy_strip(core, &painter.to, strip);
	}
	free(back);
	free(painter.blends);
	region_swap(painted, &core->damage);
	region_clear(&core->damage);
	return true;
}
