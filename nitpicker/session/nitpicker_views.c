/*
 * libnitpicker: views. Each command is recorded for the next execute, and kept
 * as the state of its view, which a new server is told.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/nitpicker_private.h"

/* ---- the batch ---- */

static void send_batch(struct nitpicker *nitpicker)
{
	struct nitpicker_batch *batch = &nitpicker->batch;

	/* A server that is slow slows us down; nothing gets lost. */
	if (batch->count && nitpicker->wire && !nitpicker->resuming &&
	    wire_wait_space(nitpicker->wire, 1)) {
		wire_post(nitpicker->wire, OP_nitpicker_execute, NULL,
			  batch->bytes,
			  batch->length / sizeof(struct record_half), -1);
		nitpicker_swapped(nitpicker);
	}
	batch->count = 0;
	batch->length = 0;
}

static void add(struct nitpicker *nitpicker, uint16_t op, uint32_t view,
		const void *fields, size_t size)
{
	struct nitpicker_batch *batch = &nitpicker->batch;
	struct record_header header = {
		.op = op,
		.size = (uint16_t)(sizeof(header) + size),
		.view = view,
	};

	if (batch->count == LIMIT_RECORDS ||
	    batch->length + header.size > sizeof(batch->bytes))
		send_batch(nitpicker);
	memcpy(batch->bytes + batch->length, &header, sizeof(header));
	if (size)
		memcpy(batch->bytes + batch->length + sizeof(header), fields,
		       size);
	batch->length += header.size;
	batch->count++;
}

void nitpicker_execute(struct nitpicker *nitpicker)
{
	send_batch(nitpicker);
}

/* ---- the model ---- */

static struct nitpicker_view *find(struct nitpicker *nitpicker, uint32_t id)
{
	struct nitpicker_view *view = nitpicker->views.first;

	while (view && view->id != id)
		view = view->next;
	return view;
}

static void unstack(struct nitpicker_views *views, struct nitpicker_view *view)
{
	if (!view->stacked)
		return;
	if (view->above)
		view->above->below = view->below;
	else
		views->front = view->below;
	if (view->below)
		view->below->above = view->above;
	else
		views->back = view->above;
	view->above = view->below = NULL;
	view->stacked = false;
}

/* Directly behind `above`; NULL: in front of all. */
static void stack(struct nitpicker_views *views, struct nitpicker_view *view,
		  struct nitpicker_view *above)
{
	view->above = above;
	view->below = above ? above->below : views->front;
	if (view->below)
		view->below->above = view;
	else
		views->back = view;
	if (above)
		above->below = view;
	else
		views->front = view;
	view->stacked = true;
	views->any_stacked = true;
}

void nitpicker_view_create(struct nitpicker *nitpicker, uint32_t id,
			   uint32_t parent)
{
	struct view_create fields = { .parent = parent };
	struct nitpicker_view **link = &nitpicker->views.first;
	struct nitpicker_view *view;

	if (!id || find(nitpicker, id)) {
		log_error("view %u: not a new number", id);
		return;
	}
	while (*link)
		link = &(*link)->next;
	view = xcalloc(1, sizeof(*view));
	view->id = id;
	view->parent = parent;
	*link = view;
	add(nitpicker, OP_view_create, id, &fields, sizeof(fields));
}

static void forget(struct nitpicker *nitpicker, struct nitpicker_view *view)
{
	struct nitpicker_view **link = &nitpicker->views.first;

	unstack(&nitpicker->views, view);
	while (*link != view)
		link = &(*link)->next;
	*link = view->next;
	free(view);
}

/* The server destroys a view with all its children, so do we. */
static void forget_children(struct nitpicker *nitpicker, uint32_t parent,
			    unsigned depth)
{
	struct nitpicker_view *view = nitpicker->views.first;

	while (view) {
		uint32_t id = view->id;

		if (view->parent != parent) {
			view = view->next;
			continue;
		}
		forget(nitpicker, view);
		if (depth)
			forget_children(nitpicker, id, depth - 1);
		view = nitpicker->views.first;
	}
}

void nitpicker_view_destroy(struct nitpicker *nitpicker, uint32_t id)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	forget(nitpicker, view);
	forget_children(nitpicker, id, LIMIT_VIEW_DEPTH);
	add(nitpicker, OP_view_destroy, id, NULL, 0);
}

static int32_t coordinate(int32_t value)
{
	return value > COORD_MAX ? COORD_MAX
				 : (value < -COORD_MAX ? -COORD_MAX : value);
}

static uint32_t extent(int32_t value)
{
	return value > 0 ? (uint32_t)coordinate(value) : 0;
}

void nitpicker_view_geometry(struct nitpicker *nitpicker, uint32_t id,
			     struct rect geometry)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	view->geometry = (struct view_geometry){
		.x = coordinate(geometry.x),
		.y = coordinate(geometry.y),
		.w = extent(geometry.w),
		.h = extent(geometry.h),
	};
	add(nitpicker, OP_view_geometry, id, &view->geometry,
	    sizeof(view->geometry));
}

void nitpicker_view_offset(struct nitpicker *nitpicker, uint32_t id, int32_t x,
			   int32_t y)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	view->offset = (struct view_offset){
		.x = coordinate(x),
		.y = coordinate(y),
	};
	add(nitpicker, OP_view_offset, id, &view->offset, sizeof(view->offset));
}

void nitpicker_view_content(struct nitpicker *nitpicker, uint32_t id,
			    struct rect content)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	view->has_content = true;
	view->content = (struct view_content){
		.x = coordinate(content.x),
		.y = coordinate(content.y),
		.w = extent(content.w),
		.h = extent(content.h),
	};
	add(nitpicker, OP_view_content, id, &view->content,
	    sizeof(view->content));
}

void nitpicker_view_front(struct nitpicker *nitpicker, uint32_t id)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	unstack(&nitpicker->views, view);
	stack(&nitpicker->views, view, NULL);
	add(nitpicker, OP_view_front, id, NULL, 0);
}

void nitpicker_view_back(struct nitpicker *nitpicker, uint32_t id)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	unstack(&nitpicker->views, view);
	stack(&nitpicker->views, view, nitpicker->views.back);
	add(nitpicker, OP_view_back, id, NULL, 0);
}

void nitpicker_view_front_of(struct nitpicker *nitpicker, uint32_t id,
			     uint32_t neighbour)
{
	struct view_front_of fields = { .neighbour = neighbour };
	struct nitpicker_view *view = find(nitpicker, id);
	struct nitpicker_view *below = find(nitpicker, neighbour);

	if (!view || !below || view == below || !below->stacked)
		return;
	unstack(&nitpicker->views, view);
	stack(&nitpicker->views, view, below->above);
	add(nitpicker, OP_view_front_of, id, &fields, sizeof(fields));
}

void nitpicker_view_behind_of(struct nitpicker *nitpicker, uint32_t id,
			      uint32_t neighbour)
{
	struct view_behind_of fields = { .neighbour = neighbour };
	struct nitpicker_view *view = find(nitpicker, id);
	struct nitpicker_view *above = find(nitpicker, neighbour);

	if (!view || !above || view == above || !above->stacked)
		return;
	unstack(&nitpicker->views, view);
	stack(&nitpicker->views, view, above);
	add(nitpicker, OP_view_behind_of, id, &fields, sizeof(fields));
}

void nitpicker_view_title(struct nitpicker *nitpicker, uint32_t id,
			  const char *title)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	wire_set(&view->title.title, title);
	add(nitpicker, OP_view_title, id, &view->title, sizeof(view->title));
}

void nitpicker_view_background(struct nitpicker *nitpicker, uint32_t id)
{
	struct nitpicker_view *view = find(nitpicker, id);

	if (!view)
		return;
	view->background = true;
	add(nitpicker, OP_view_background, id, NULL, 0);
}

void nitpicker_stack_first_view(struct nitpicker *nitpicker)
{
	struct nitpicker_view *view = nitpicker->views.first;

	if (!view || nitpicker->views.any_stacked)
		return;
	nitpicker_view_front(nitpicker, view->id);
	nitpicker_execute(nitpicker);
}

/* ---- a new server ---- */

static void replay(struct nitpicker *nitpicker,
		   const struct nitpicker_view *view)
{
	struct view_create create = { .parent = view->parent };

	add(nitpicker, OP_view_create, view->id, &create, sizeof(create));
	add(nitpicker, OP_view_geometry, view->id, &view->geometry,
	    sizeof(view->geometry));
	add(nitpicker, OP_view_offset, view->id, &view->offset,
	    sizeof(view->offset));
	if (view->has_content)
		add(nitpicker, OP_view_content, view->id, &view->content,
		    sizeof(view->content));
	if (view->title.title.length)
		add(nitpicker, OP_view_title, view->id, &view->title,
		    sizeof(view->title));
	if (view->background)
		add(nitpicker, OP_view_background, view->id, NULL, 0);
}

void nitpicker_replay_views(struct nitpicker *nitpicker)
{
	nitpicker->batch.count = 0;
	nitpicker->batch.length = 0;
	for (struct nitpicker_view *view = nitpicker->views.first; view;
	     view = view->next)
		replay(nitpicker, view);
	for (struct nitpicker_view *view = nitpicker->views.back; view;
	     view = view->above)
		add(nitpicker, OP_view_front, view->id, NULL, 0);
	send_batch(nitpicker);
}

void nitpicker_free_views(struct nitpicker *nitpicker)
{
	while (nitpicker->views.first)
		forget(nitpicker, nitpicker->views.first);
}
