#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scene.h"

void naive_init(struct naive *naive)
{
	*naive = (struct naive){ 0 };
}

void naive_finish(struct naive *naive)
{
	free(naive->pixels);
	free(naive->layers);
	free(naive->still);
	naive_init(naive);
}

static uint64_t hash(uint64_t seed, uint64_t value)
{
	uint64_t x = (seed ^ value) * UINT64_C(0x9e3779b97f4a7c15) + value;

	return (x ^ x >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
}

static uint64_t hash_text(uint64_t seed, const char *text)
{
	while (*text)
		seed = hash(seed, (uint8_t)*text++);
	return seed;
}

/* ---- pixels ---- */

/* An rgb565 value as 0xffRRGGBB, and what of a colour is left in rgb565. */
static uint32_t from_565(uint32_t v)
{
	uint32_t r = v >> 11, g = v >> 5 & 63, b = v & 31;

	r = r << 3 | r >> 2;
	g = g << 2 | g >> 4;
	b = b << 3 | b >> 2;
	return 0xff000000 | r << 16 | g << 8 | b;
}

static uint32_t to_565(uint32_t c)
{
	return (c >> 19 & 31) << 11 | (c >> 10 & 63) << 5 | (c >> 3 & 31);
}

/* What pixel (x,y) of a buffer holds; its alpha means something for argb8888
 * only. */
static uint32_t buffer_pixel(const struct buffer *buffer, int x, int y)
{
	const char *row = (const char *)buffer->pixels +
			  (size_t)y * buffer->stride;

	if (buffer->format == FORMAT_RGB565)
		return from_565(((const uint16_t *)row)[x]);
	return ((const uint32_t *)row)[x];
}

static uint32_t div255(uint32_t x)
{
	return (x + 128 + ((x + 128) >> 8)) >> 8;
}

static uint32_t over(uint32_t below, uint32_t above)
{
	uint32_t left = 255 - (above >> 24), out = 0xff000000;

	for (int shift = 0; shift < 24; shift += 8) {
		uint32_t sum = (above >> shift & 255) +
			       div255((below >> shift & 255) * left);
		out |= (sum > 255 ? 255 : sum) << shift;
	}
	return out;
}

static uint32_t mixed(uint32_t pixel, uint32_t color)
{
	uint32_t out = 0;

	for (int shift = 0; shift < 24; shift += 8)
		out |= ((pixel >> shift & 255) + (color >> shift & 255) + 1) >>
		       1 << shift;
	return out;
}

static void put(struct naive *naive, int x, int y, uint32_t color,
		uint64_t layer)
{
	size_t i = (size_t)y * (size_t)naive->w + (size_t)x;

	naive->pixels[i] = naive->format == BLIT_RGB565
				   ? from_565(to_565(color))
				   : 0xff000000 | color;
	naive->layers[i] = layer;
}

/* ---- views ---- */

/* From the geometry of it and its parents alone. */
static struct rect place(const struct view *view)
{
	struct point origin = view->session->origin;
	struct rect r = { origin.x, origin.y, view->geometry.w,
			  view->geometry.h };

	for (; view; view = view->parent) {
		r.x += view->geometry.x;
		r.y += view->geometry.y;
	}
	return r;
}

static bool is_shown(const struct view *view)
{
	if (session_hidden(view->session))
		return false;
	for (; view; view = view->parent)
		if (!view->stacked)
			return false;
	return true;
}

/* What is not marked in any way keeps its alpha channel. */
static bool blends(const struct view *view)
{
	return view->session->buffer.format == FORMAT_ARGB8888 &&
	       !core_marks(view->session->core) &&
	       !view->session->domain->tinted;
}

/* Relative to the view, with the view's size. */
static struct rect content_of(const struct view *view)
{
	struct rect all = { 0, 0, view->geometry.w, view->geometry.h };

	if (view->has_content)
		return rect_intersect(all, view->content);
	return blends(view) ? (struct rect){ 0 } : all;
}

static const uint32_t RED = 0xffff0000; /* of kill mode */

/* 0: as it is. */
static uint32_t tint(const struct view *view)
{
	const struct core *core = view->session->core;
	const struct session *session = view->session, *focus = core->focus;

	if (core->kill)
		return RED;
	if (core->xray && focus == session)
		return 0;
	if (!core->xray && (!session->domain->tinted ||
			    (focus && focus->domain == session->domain)))
		return 0;
	return 0xff000000 | (view->session->color >> 1 & 0x7f7f7f);
}

/* The ring around the content that (x,y) is in, in a frame of `frame` pixels:
 * its colour. */
static uint32_t frame_color(const struct view *view, struct rect content, int x,
			    int y, int frame)
{
	int line = scaled(view->session->core, 1);
	bool inner = rect_has_point(rect_grown(content, line), x, y);
	bool middle = rect_has_point(rect_grown(content, frame - line), x, y);

	return middle && !inner ? view->session->color & 0xffffff : 0;
}

/* Its frame, pixels; 0: none. */
static int frame_of(const struct view *view)
{
	const struct core *core = view->session->core;

	if (view->background ||
	    (!core_marks(core) && !view->session->domain->label))
		return 0;
	return scaled(core,
		      core->focus == view->session ? FRAME_FOCUSED : FRAME);
}

/* What is to be painted of a view, on the output. */
struct shape {
	struct rect all, solid, outer; /* outer: with the frame */
	int frame;
	bool blends; /* around that */
};

static struct shape shape_of(const struct view *view)
{
	const struct core *core = view->session->core;
	bool argb = view->session->buffer.format == FORMAT_ARGB8888;
	struct shape shape = { .all = place(view), .frame = frame_of(view) };
	bool cut = core_marks(core) || argb ||
		   (view->session->domain->label && !view->background);

	shape.blends = blends(view);
	shape.solid = shape.all;
	if (cut)
		shape.solid = rect_moved(content_of(view), shape.all.x,
					 shape.all.y);
	if (!rect_is_empty(shape.solid))
		shape.outer = rect_grown(shape.solid, shape.frame);
	return shape;
}

static void paint_pixel(struct naive *naive, const struct view *view, int x,
			int y, const struct shape *shape)
{
	const struct buffer *buffer = &view->session->buffer;
	int bx = x - shape->all.x - view->offset.x;
	int by = y - shape->all.y - view->offset.y;
	bool has = buffer->pixels && bx >= 0 && by >= 0 &&
		   bx < (int)buffer->w && by < (int)buffer->h;
	size_t i = (size_t)y * (size_t)naive->w + (size_t)x;
	uint32_t pixel = has ? buffer_pixel(buffer, bx, by) : 0;
	uint32_t mix = tint(view), color;
	uint64_t layer = hash(hash((uintptr_t)view->session, pixel),
			      (uint64_t)bx << 32 | (uint32_t)by);

	if (!has)
		layer = 1;
	if (rect_has_point(shape->solid, x, y)) {
		color = !mix  ? pixel
			: has ? mixed(pixel, mix)
			      : mix >> 1 & 0x7f7f7f;
		put(naive, x, y, color, hash(layer, mix));
	} else if (rect_has_point(shape->outer, x, y)) {
		color = frame_color(view, shape->solid, x, y, shape->frame);
		put(naive, x, y, color, hash(2, color));
	} else if (has && shape->blends && rect_has_point(shape->all, x, y)) {
		put(naive, x, y, over(naive->pixels[i], pixel),
		    hash(naive->layers[i], layer));
	}
}

static void paint_view(struct naive *naive, const struct view *view)
{
	struct shape shape = shape_of(view);
	struct rect r = rect_intersect(rect_bounds(shape.all, shape.outer),
				       view->session->core->screen);

	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			paint_pixel(naive, view, x, y, &shape);
}

/* ---- what stands above: as the server paints it, at once ---- */

static void resize(struct naive *naive, const struct core *core)
{
	size_t count = (size_t)core->output.width * (size_t)core->output.height;
	uint32_t color = COLOR_BACKGROUND;

	if (core->kill)
		color = figure_between(color, RED, 1, 2);
	naive->w = core->output.width;
	naive->h = core->output.height;
	naive->format = core->output.format;
	naive->pixels = xreallocarray(naive->pixels, count, sizeof(uint32_t));
	naive->layers = xreallocarray(naive->layers, count, sizeof(uint64_t));
	naive->still = xreallocarray(naive->still, count, sizeof(uint32_t));
	for (int y = 0; y < naive->h; y++)
		for (int x = 0; x < naive->w; x++)
			put(naive, x, y, color, color);
}

static void note_layers(struct naive *naive, struct rect r, uint64_t layer)
{
	r = rect_intersect(r, (struct rect){ 0, 0, naive->w, naive->h });
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++) {
			size_t i = (size_t)y * (size_t)naive->w + (size_t)x;
			uint64_t at = (uint64_t)(x - r.x) << 32 |
				      (uint32_t)(y - r.y);

			naive->layers[i] = hash(naive->layers[i],
						hash(layer, at));
		}
}

/* A surface like the output with the picture in it; it is the caller's. */
static struct blit_surface to_surface(const struct naive *naive)
{
	size_t bytes = naive->format == BLIT_RGB565 ? 2 : 4;
	size_t count = (size_t)naive->w * (size_t)naive->h;
	struct blit_surface to = { xcalloc(count, bytes),
				   naive->w * (int)bytes,
				   naive->w,
				   naive->h,
				   naive->format,
				   false };

	for (size_t i = 0; i < count; i++)
		if (bytes == 2)
			((uint16_t *)to.pixels)[i] = (uint16_t)to_565(
				naive->pixels[i]);
		else
			((uint32_t *)to.pixels)[i] = naive->pixels[i];
	return to;
}

static void from_surface(uint32_t *pixels, const struct blit_surface *from)
{
	size_t count = (size_t)from->width * (size_t)from->height;

	for (size_t i = 0; i < count; i++)
		pixels[i] = from->format == BLIT_RGB565
				    ? from_565(((uint16_t *)from->pixels)[i])
				    : 0xff000000 |
					      ((uint32_t *)from->pixels)[i];
}

static void paint_above(struct naive *naive, struct core *core)
{
	struct blit_surface to = to_surface(naive);
	struct rect all = { 0, 0, naive->w, naive->h };
	uint64_t bar = 4;

	if (core->bar.h)
		menubar_paint(core, &to, core->bar);
	xray_paint_labels(core, &to, all);
	from_surface(naive->pixels, &to);
	free(to.pixels);
	for (size_t i = 0; i < (size_t)rect_area(core->bar); i++)
		bar = hash(bar, naive->pixels[i]);

	/* The menubar is one figure, so is each label. */
	note_layers(naive, core->bar, bar);
	for (const struct view *v = TAILQ_FIRST(&core->stack); v;
	     v = TAILQ_NEXT(v, link))
		if (!rect_is_empty(v->label))
			note_layers(naive, v->label,
				    hash_text(hash_text(v->session->color,
							v->session->label),
					      v->title));
}

static void paint_pointer(struct naive *naive, struct core *core)
{
	struct blit_surface to = to_surface(naive);

	pointer_paint(core, &to, (struct rect){ 0, 0, naive->w, naive->h });
	from_surface(naive->pixels, &to);
	free(to.pixels);
	note_layers(naive, pointer_rect(core), 5);
}

void naive_paint(struct naive *naive, struct core *core, const uint32_t *still)
{
	size_t bytes;
	struct view *v;

	resize(naive, core);
	if (core->background && is_shown(core->background))
		paint_view(naive, core->background);
	for (v = TAILQ_LAST(&core->stack, view_stack); v;
	     v = TAILQ_PREV(v, view_stack, link))
		if (is_shown(v))
			paint_view(naive, v);
	paint_above(naive, core);
	bytes = (size_t)naive->w * (size_t)naive->h * sizeof(uint32_t);
	if (still)
		memcpy(naive->pixels, still, bytes);
	memcpy(naive->still, naive->pixels, bytes);
	paint_pointer(naive, core);
}
