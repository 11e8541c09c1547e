/*
 * The core against a naive painter: a model of its own that keeps views in an
 * array and paints each pixel of the whole output from back to front.
 */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

enum {
	WIDTH = 64,
	HEIGHT = 56,
	SESSIONS = 3,
	VIEWS = 4, /* of each session */
	ALL = SESSIONS * VIEWS,
	SEEDS = 500,
	STEPS = 24,
};

struct model_view {
	bool exists, stacked;
	int parent; /* index, -1: none */
	int x, y, w, h, ox, oy;
	struct rect content;
	bool has_content;
};

struct model {
	struct desk desk;
	struct session *sessions[SESSIONS];
	struct model_view views[ALL];
	int order[ALL], count; /* front to back, indices */
	uint32_t random;
};

static uint32_t below(struct model *model, uint32_t max)
{
	return desk_random(&model->random, max);
}

static void model_unstack(struct model *model, int view)
{
	int to = 0;

	for (int i = 0; i < model->count; i++)
		if (model->order[i] != view)
			model->order[to++] = model->order[i];
	model->count = to;
}

/* Puts it before position `at` of the order without it. */
static void model_stack(struct model *model, int view, int at)
{
	model_unstack(model, view);
	memmove(model->order + at + 1, model->order + at,
		sizeof(int) * (size_t)(model->count - at));
	model->order[at] = view;
	model->count++;
	model->views[view].stacked = true;
}

static int position(const struct model *model, int view)
{
	for (int i = 0; i < model->count; i++)
		if (model->order[i] == view)
			return i;
	return -1;
}

static void model_destroy(struct model *model, int view)
{
	for (int i = 0; i < ALL; i++)
		if (model->views[i].exists && model->views[i].parent == view)
			model_destroy(model, i);
	model_unstack(model, view);
	model->views[view] = (struct model_view){ 0 };
}

/* ---- the naive picture ---- */

static bool is_shown(const struct model *model, int i)
{
	for (; i >= 0; i = model->views[i].parent)
		if (!model->views[i].stacked)
			return false;
	return true;
}

static struct rect place(const struct model *model, int i)
{
	struct rect r = { 0, 16, model->views[i].w, model->views[i].h };

	for (; i >= 0; i = model->views[i].parent) {
		r.x += model->views[i].x;
		r.y += model->views[i].y;
	}
	return r;
}

static uint32_t naive_pixel(const struct model *model, int x, int y)
{
	uint32_t pixel = 0xff000000 | COLOR_BACKGROUND;
	struct blit_surface to = { &pixel, 4, 1, 1, BLIT_XRGB8888, false };

	for (int k = model->count; k-- > 0;) {
		int i = model->order[k];
		const struct model_view *view = &model->views[i];
		const struct buffer *buffer =
			&model->sessions[i / VIEWS]->buffer;
		struct rect r = place(model, i);
		int bx = x - r.x - view->ox, by = y - r.y - view->oy;
		bool argb = buffer->format == FORMAT_ARGB8888;
		bool in_buffer = bx >= 0 && by >= 0 && bx < (int)buffer->w &&
				 by < (int)buffer->h;
		bool opaque = !argb ||
			      (view->has_content &&
			       rect_has_point(view->content, x - r.x, y - r.y));
		struct blit_surface from = {
			(char *)buffer->pixels +
				(in_buffer ? (ptrdiff_t)by * buffer->stride
					   : 0),
			buffer->stride,
			(int)buffer->w,
			1,
			argb                              ? BLIT_ARGB8888
			: buffer->format == FORMAT_RGB565 ? BLIT_RGB565
							  : BLIT_XRGB8888,
			false
		};
		struct blit_area area = { 0, 0, 1, 1, bx, 0 };

		if (!is_shown(model, i) || !rect_has_point(r, x, y))
			continue;
		if (!in_buffer && opaque)
			pixel = 0xff000000;
		else if (in_buffer && opaque)
			blit_copy(&to, &from, area);
		else if (in_buffer)
			blit_over(&to, &from, area);
	}
	return pixel;
}

static void compare(struct model *model, int seed, int step)
{
	const struct desk *desk = &model->desk;

	for (int y = 16; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++) {
			uint32_t wanted = naive_pixel(model, x, y) & 0xffffff;

			if (x == WIDTH - 1 && y < 24)
				continue; /* the pointer */
			ck_assert_msg(
				desk_pixel_is(desk, x, y, wanted),
				"seed %d step %d: %d,%d is %06x, not %06x",
				seed, step, x, y,
				desk->pixels[y * WIDTH + x] & 0xffffff, wanted);
		}
}

/* ---- random commands, to both ---- */

static uint32_t name(int view)
{
	/* In another order than the array. */
	return (uint32_t)(view % VIEWS * 7 % 5 + 1);
}

static void create(struct model *model, int view, int session)
{
	struct view_create fields = { 0 };
	int parent = session * VIEWS + (int)below(model, VIEWS);

	if (parent != view && model->views[parent].exists && below(model, 2)) {
		fields.parent = name(parent);
	} else {
		parent = -1;
	}
	model->views[view] = (struct model_view){ .exists = true,
						  .parent = parent };
	desk_record(&model->desk, OP_view_create, name(view), &fields,
		    sizeof(fields));
}

static void change(struct model *model, int i)
{
	struct model_view *view = &model->views[i];
	struct desk *desk = &model->desk;

	switch (below(model, 3)) {
	case 0: {
		struct view_geometry g = { (int)below(model, 60) - 20,
					   (int)below(model, 50) - 20,
					   below(model, 40), below(model, 40) };

		view->x = g.x, view->y = g.y;
		view->w = (int)g.w, view->h = (int)g.h;
		desk_record(desk, OP_view_geometry, name(i), &g, sizeof(g));
		break;
	}
	case 1: {
		struct view_offset o = { (int)below(model, 20) - 15,
					 (int)below(model, 20) - 15 };

		view->ox = o.x, view->oy = o.y;
		desk_record(desk, OP_view_offset, name(i), &o, sizeof(o));
		break;
	}
	default: {
		struct view_content c = { (int)below(model, 10),
					  (int)below(model, 10),
					  below(model, 30), below(model, 30) };

		view->content = (struct rect){ c.x, c.y, (int)c.w, (int)c.h };
		view->has_content = true;
		desk_record(desk, OP_view_content, name(i), &c, sizeof(c));
	}
	}
}

static void stack(struct model *model, int view, int session)
{
	int other = session * VIEWS + (int)below(model, VIEWS);
	struct view_front_of of = { name(other) };
	struct desk *desk = &model->desk;
	bool neighbour = other != view && model->views[other].stacked;

	switch (below(model, neighbour ? 4 : 2)) {
	case 0:
		desk_record(desk, OP_view_front, name(view), NULL, 0);
		model_stack(model, view, 0);
		break;
	case 1:
		desk_record(desk, OP_view_back, name(view), NULL, 0);
		model_unstack(model, view);
		model_stack(model, view, model->count);
		break;
	case 2:
		desk_record(desk, OP_view_front_of, name(view), &of,
			    sizeof(of));
		model_unstack(model, view);
		model_stack(model, view, position(model, other));
		break;
	default:
		desk_record(desk, OP_view_behind_of, name(view), &of,
			    sizeof(of));
		model_unstack(model, view);
		model_stack(model, view, position(model, other) + 1);
	}
}

static void command(struct model *model, int session)
{
	int view = session * VIEWS + (int)below(model, VIEWS);
	struct desk *desk = &model->desk;

	if (!model->views[view].exists) {
		create(model, view, session);
		return;
	}
	switch (below(model, 10)) {
	case 0:
		desk_record(desk, OP_view_destroy, name(view), NULL, 0);
		model_destroy(model, view);
		break;
	case 1:
	case 2:
	case 3:
	case 4:
		change(model, view);
		break;
	default:
		stack(model, view, session);
	}
}

/* Draws into the buffer, as a client does between frames. */
static void draw(struct model *model, struct session *session)
{
	struct buffer *buffer = &session->buffer;
	struct rect r = { (int)below(model, buffer->w),
			  (int)below(model, buffer->h), 9, 7 };

	r = rect_intersect(
		r, (struct rect){ 0, 0, (int)buffer->w, (int)buffer->h });
	for (int y = r.y; y < r.y + r.h; y++) {
		char *row = (char *)buffer->pixels + (size_t)y * buffer->stride;
		int bytes = buffer->format == FORMAT_RGB565 ? 2 : 4;

		memset(row + r.x * bytes, (int)below(model, 256),
		       (size_t)(r.w * bytes));
	}
	session_refresh(session, &r, 1);
}

static void run(int seed, bool blending)
{
	static struct model model;

	model = (struct model){ .random = (uint32_t)seed * 2654435761u };
	desk_init(&model.desk, WIDTH, HEIGHT);
	for (int i = 0; i < SESSIONS; i++) {
		enum pixel_format format = below(&model, 3);

		if (!blending && format == FORMAT_ARGB8888)
			format = FORMAT_XRGB8888;
		model.sessions[i] = desk_session(
			&model.desk, "a", 24 + (int)below(&model, 8) * 2, 28,
			format, (uint32_t)(seed + i));
	}
	for (int step = 0; step < STEPS; step++) {
		int session = (int)below(&model, SESSIONS);

		model.sessions[session]->pressed_us = model.desk.now_us;
		for (uint32_t n = below(&model, 6) + 1; n; n--)
			command(&model, session);
		ck_assert_int_eq(
			desk_execute(&model.desk, model.sessions[session]),
			WIRE_OK);
		if (below(&model, 2))
			draw(&model, model.sessions[below(&model, SESSIONS)]);
		if (below(&model, 3))
			desk_show(&model.desk);
	}
	desk_show(&model.desk);
	compare(&model, seed, STEPS);
	if (!blending)
		ck_assert_uint_eq(model.desk.core.written,
				  model.desk.core.painted);
	desk_finish(&model.desk);
}

START_TEST(random_views_look_as_if_painted_back_to_front)
{
	for (int seed = 0; seed < SEEDS; seed++)
		run(seed, true);
}
END_TEST

START_TEST(opaque_pixels_are_written_exactly_once)
{
	for (int seed = 0; seed < SEEDS; seed++)
		run(seed, false);
}
END_TEST

/* More pieces than a region can have: the painter divides and stays exact. */
START_TEST(a_comb_of_views_is_painted_once)
{
	struct desk desk;
	struct session *session;

	desk_init(&desk, 200, 216);
	session = desk_session(&desk, "a", 200, 200, FORMAT_XRGB8888, 1);
	desk_window(&desk, session, 1000, 0, 0, 200, 200);
	for (uint32_t i = 0; i < 900; i++)
		desk_window(&desk, session, i + 1, (int)(i % 45) * 4,
			    (int)(i / 45) * 6 + (int)(i % 3), 2, 2);
	desk_show(&desk);
	ck_assert_uint_eq(desk.core.written, desk.core.painted);
	core_damage_all(&desk.core);
	ck_assert_int_eq(desk_show(&desk), 200 * 216);
	ck_assert_uint_eq(desk.core.written, desk.core.painted);
	desk_finish(&desk);
}
END_TEST

START_TEST(rgb565_output)
{
	struct desk desk;
	struct session *session;
	uint16_t pixels[64 * 64];
	struct blit_surface output = {
		pixels, 128, 64, 64, BLIT_RGB565, false
	};

	desk_init(&desk, 64, 64);
	core_set_output(&desk.core, &output, 100);
	session = desk_session(&desk, "a", 40, 40, FORMAT_XRGB8888, 1);
	for (int i = 0; i < 1600; i++)
		((uint32_t *)session->buffer.pixels)[i] = 0xff0000ff;
	desk_window(&desk, session, 1, 0, 0, 40, 40);
	desk_show(&desk);
	ck_assert_uint_eq(pixels[20 * 64 + 20], 0x001f);
	desk_finish(&desk);
}
END_TEST

Suite *painter_suite(void)
{
	Suite *suite = suite_create("painter");
	TCase *tcase = tcase_create("painter");

	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, random_views_look_as_if_painted_back_to_front);
	tcase_add_test(tcase, opaque_pixels_are_written_exactly_once);
	tcase_add_test(tcase, a_comb_of_views_is_painted_once);
	tcase_add_test(tcase, rgb565_output);
	suite_add_tcase(suite, tcase);
	return suite;
}
