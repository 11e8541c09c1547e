/* Domains: places, layers, looks, focus, hover, input; each config at once. */
#include "desk.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

static struct desk desk;
static struct session *a, *b, *told;
static struct core_handler handler;

enum { IN_A = 40, IN_B = 140, Y = 60, GREY = 0x808080 };

static void got_area(void *user, struct session *session)
{
	(void)user;
	told = session;
}

static void configure(const char *text)
{
	desk_configure(&desk, text);
	desk_show(&desk);
}

static struct session *window(const char *label, int x,
			      enum pixel_format format)
{
	struct session *session = desk_session(&desk, label, 80, 80, format, 3);

	for (int i = 0; i < 80 * 80; i++)
		((uint32_t *)session->buffer.pixels)[i] = 0xff000000 | GREY;
	desk_window(&desk, session, 1, x, 0, 80, 80);
	return session;
}

static void setup(void)
{
	desk_init(&desk, 200, 116);
	handler = *desk.core.handler;
	handler.area = got_area;
	desk.core.handler = &handler;
	told = NULL;
	a = window("a", 0, FORMAT_XRGB8888);
	b = window("b", 100, FORMAT_XRGB8888);
	desk_show(&desk);
	desk_log(&desk);
}

static void teardown(void)
{
	desk_finish(&desk);
}

#define expect(text) ck_assert_str_eq(desk_log(&desk), text)

/* A domain "d" with these attributes, and the session a in it. */
#define DOMAIN(attributes) \
	"<config><domain name='d' " attributes "/>" \
	"<policy label='a' domain='d'/></config>"

START_TEST(layers_are_sorted_and_kept)
{
	struct view *front;

	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, b);
	configure(DOMAIN("layer='50'"));
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, a);
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_execute(&desk, b);
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, a);
	desk_record(&desk, OP_view_back, 1, NULL, 0);
	desk_execute(&desk, a);
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, a);
	configure(DOMAIN("layer='200'"));
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack)->session, b);
	desk_window(&desk, a, 2, 0, 0, 10, 10);
	front = TAILQ_FIRST(&desk.core.stack);
	ck_assert_ptr_eq(front->session, b);
	ck_assert_uint_eq(TAILQ_NEXT(front, link)->id, 2);
	configure("<config/>");
	ck_assert_ptr_eq(a->domain, &desk.core.policy.domains[0]);
}
END_TEST

START_TEST(places_follow_corner_and_size)
{
	configure(DOMAIN("origin='bottom_right' xpos='-10' width='120' "
			 "height='-20'"));
	ck_assert_ptr_eq(told, a);
	ck_assert_int_eq(a->origin.x, 190);
	ck_assert_int_eq(a->origin.y, 116);
	ck_assert(rect_equal(a->area, (struct rect){ -120, -80, 120, 80 }));
	ck_assert_int_eq(a->views[0]->place.x, 190);
	ck_assert(desk_pixel_is(&desk, IN_A, Y, COLOR_BACKGROUND));
	ck_assert(rect_equal(b->area, (struct rect){ 0, 0, 200, 100 }));
	told = NULL;
	configure("<config/>");
	ck_assert_ptr_eq(told, a);
	ck_assert_int_eq(a->views[0]->place.x, 0);
	ck_assert(desk_pixel_is(&desk, IN_A, Y, GREY));
}
END_TEST

static struct input_event last;

static void keep_event(void *user, struct session *session,
		       const struct input_event *event)
{
	(void)user;
	(void)session;
	last = *event;
}

START_TEST(events_count_from_the_origin)
{
	handler.event = keep_event;
	configure(DOMAIN("xpos='30' ypos='20'"));
	desk_move(&desk, 50, 66);
	ck_assert_int_eq(last.x, 20);
	ck_assert_int_eq(last.y, 30);
	desk_event(&desk, (struct input_event){
				  .type = INPUT_TOUCH, .x = 40, .y = 46 });
	ck_assert_int_eq(last.x, 10);
	ck_assert_int_eq(last.y, 10);
}
END_TEST

START_TEST(colours)
{
	configure("<config><domain name='d' color='#010203'/>"
		  "<policy label='a' domain='d'/>"
		  "<policy label='b' color='#040506'/></config>");
	ck_assert_uint_eq(a->color, 0x010203);
	ck_assert_uint_eq(b->color, 0x040506);
	configure("<config><domain name='default' color='#070809'/>"
		  "<policy label_prefix='a ->' color='#040506'/>"
		  "<policy label='b' domain='nowhere'/></config>");
	ck_assert_uint_eq(a->color, 0x040506);
	ck_assert_uint_eq(b->color, 0x070809);
}
END_TEST

START_TEST(tinted_until_its_domain_has_the_focus)
{
	configure(DOMAIN("content='tinted' color='#004000'"));
	ck_assert(desk_pixel_is(&desk, 20, 80, 0x405040));
	ck_assert(desk_pixel_is(&desk, IN_B, 80, GREY));
	core_focus(&desk.core, a);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 20, 80, GREY));
	core_focus(&desk.core, b);
	desk_show(&desk);
	ck_assert(desk_pixel_is(&desk, 20, 80, 0x405040));
}
END_TEST

START_TEST(labelled_at_all_times)
{
	configure(DOMAIN("label='yes' color='#004000'"));
	ck_assert(desk_pixel_is(&desk, 81, 80, 0x004000));
	ck_assert(desk_pixel_is(&desk, 98, 80, COLOR_BACKGROUND));
	ck_assert(!rect_is_empty(a->views[0]->label));
	ck_assert(rect_is_empty(b->views[0]->label));
	configure("<config/>");
	ck_assert(desk_pixel_is(&desk, 81, 80, COLOR_BACKGROUND));
	ck_assert(rect_is_empty(a->views[0]->label));
}
END_TEST

START_TEST(focus_none)
{
	core_focus(&desk.core, a);
	configure(DOMAIN("focus='none'"));
	ck_assert_ptr_null(desk.core.focus);
	core_focus(&desk.core, b);
	desk_log(&desk);
	desk_move(&desk, IN_A, Y);
	desk_key(&desk, BTN_LEFT);
	expect("a~ a+272 a-272");
	ck_assert_ptr_eq(desk.core.focus, b);
	desk_press(&desk, KEY_LEFTMETA);
	desk_key(&desk, KEY_TAB);
	desk_release(&desk, KEY_LEFTMETA);
	ck_assert_ptr_eq(desk.core.focus, b);
}
END_TEST

START_TEST(focus_transient)
{
	configure(DOMAIN("focus='transient'"));
	core_focus(&desk.core, b);
	desk_move(&desk, IN_A, Y);
	desk_log(&desk);
	desk_press(&desk, BTN_LEFT);
	expect("b) a( a+272");
	desk_key(&desk, KEY_A);
	expect("a+30 a-30");
	desk_release(&desk, BTN_LEFT);
	expect("a-272 a) b(");
	/* Who had it ends meanwhile; who has it ends. */
	desk_press(&desk, BTN_LEFT);
	desk_end(b);
	desk_release(&desk, BTN_LEFT);
	ck_assert_ptr_null(desk.core.focus);
	b = window("b", 100, FORMAT_XRGB8888);
	core_focus(&desk.core, b);
	desk_press(&desk, BTN_LEFT);
	desk_end(a);
	ck_assert_ptr_eq(desk.core.focus, b);
	desk_release(&desk, BTN_LEFT);
}
END_TEST

START_TEST(hover_of_the_focused_domain_only)
{
	configure(DOMAIN("hover='focused'"));
	desk_move(&desk, IN_A, Y);
	desk_move(&desk, IN_B, Y);
	expect("b~");
	desk_move(&desk, IN_A, Y);
	desk_press(&desk, BTN_LEFT);
	expect("b< a( a~ a+272");
	desk_release(&desk, BTN_LEFT);
	desk_move(&desk, IN_A + 1, Y);
	expect("a-272 a~");
	core_focus(&desk.core, b);
	core_update(&desk.core);
	expect("a) b( a<");
}
END_TEST

/* An argb view in front of a: 40x80, its right half has alpha 1. */
START_TEST(input_falls_through_where_nothing_is)
{
	struct session *c = window("c", 0, FORMAT_ARGB8888);
	struct view_offset offset = { 5, 0 };
	struct view_content content = { 20, 20, 10, 10 };
	uint32_t *pixels = c->buffer.pixels;

	for (int i = 0; i < 80 * 80; i++)
		pixels[i] = i % 80 < 40 ? 0 : 0x01000000;
	ck_assert_ptr_eq(core_view_at(&desk.core, 39, Y)->session, a);
	ck_assert_ptr_eq(core_view_at(&desk.core, 40, Y)->session, c);
	/* The buffer moved: the first columns are beyond it. */
	desk_record(&desk, OP_view_offset, 1, &offset, sizeof(offset));
	desk_execute(&desk, c);
	ck_assert_ptr_eq(core_view_at(&desk.core, 2, Y)->session, a);
	ck_assert_ptr_eq(core_view_at(&desk.core, 44, Y)->session, a);
	ck_assert_ptr_eq(core_view_at(&desk.core, 45, Y)->session, c);
	configure("<config><domain name='d' input='always'/>"
		  "<policy label='c' domain='d'/></config>");
	ck_assert_ptr_eq(core_view_at(&desk.core, 2, Y)->session, c);
	/* X-ray shows all of what said nothing about its content. */
	core_set_xray(&desk.core, true);
	ck_assert_ptr_eq(core_view_at(&desk.core, 2, Y)->session, c);
	core_set_xray(&desk.core, false);
	/* What isn't seen takes nothing. */
	desk_record(&desk, OP_view_content, 1, &content, sizeof(content));
	desk_execute(&desk, c);
	core_set_xray(&desk.core, true);
	ck_assert_ptr_eq(core_view_at(&desk.core, 2, Y)->session, a);
}
END_TEST

START_TEST(opaque_content_hides_what_is_behind)
{
	struct session *c = window("c", 0, FORMAT_ARGB8888);
	struct view_content content = { 0, 0, 80, 80 };

	desk_show(&desk);
	ck_assert(a->visible);
	desk_record(&desk, OP_view_content, 1, &content, sizeof(content));
	desk_execute(&desk, c);
	desk_show(&desk);
	ck_assert(!a->visible);
	ck_assert_int_eq(desk_show(&desk), 0);
	session_refresh(a, &(struct rect){ 0, 0, 80, 80 }, 1);
	ck_assert_int_eq(desk_show(&desk), 0);
}
END_TEST

START_TEST(any_domain_may_be_the_backdrop)
{
	desk_record(&desk, OP_view_background, 1, NULL, 0);
	desk_execute(&desk, a);
	ck_assert_ptr_null(desk.core.background);
	configure(DOMAIN("background='yes'"));
	ck_assert_ptr_eq(desk.core.background, a->views[0]);
	configure("<config/>");
	ck_assert_ptr_null(desk.core.background);
}
END_TEST

START_TEST(global_keys_go_to_the_first_that_is_there)
{
	configure("<config><global-key name='KEY_F1' label='nobody'/>"
		  "<global-key name='KEY_F1' label='b'/>"
		  "<global-key name='KEY_F1' label='a'/></config>");
	core_focus(&desk.core, a);
	desk_log(&desk);
	desk_press(&desk, KEY_F1);
	desk_key(&desk, KEY_A);
	desk_release(&desk, KEY_F1);
	desk_key(&desk, KEY_A);
	expect("b+59 b+30 b-30 b-59 a+30 a-30");
}
END_TEST

START_TEST(who_may_read_the_clipboard)
{
	const struct domain *domains = desk.core.policy.domains;

	configure("<config><domain name='work' clipboard='work web'/>"
		  "<domain name='web' clipboard='no'/>"
		  "<domain name='works'/></config>");
	ck_assert(domain_may_read(&domains[0], &domains[1]));
	ck_assert(domain_may_read(&domains[1], &domains[1]));
	ck_assert(!domain_may_read(&domains[1], &domains[0]));
	ck_assert(!domain_may_read(&domains[1], &domains[3]));
	ck_assert(!domain_may_read(&domains[1], &domains[2]));
	ck_assert(!domain_may_read(&domains[2], &domains[0]));
}
END_TEST

START_TEST(bad_values_are_told_and_change_nothing)
{
	configure(DOMAIN("layer='-1' focus='maybe' hover='no' input='all' "
			 "origin='pointer' width='x' content='1' label='2' "
			 "background='b' color='red' flavour='sour'"));
	ck_assert_uint_eq(a->domain->layer, LAYER_DEFAULT);
	ck_assert_int_eq(a->domain->focus, FOCUS_CLICK);
	ck_assert(!a->domain->has_background || !a->domain->background);
	ck_assert(!a->domain->has_color);
	ck_assert(rect_equal(a->area, (struct rect){ 0, 0, 200, 100 }));
}
END_TEST

/* a has the focus in layer 100. */
START_TEST(front_is_behind_the_focus_in_the_same_layer_only)
{
	struct session *c;

	configure("<config><domain name='d' layer='50'/>"
		  "<policy label='c' domain='d'/></config>");
	c = window("c", 50, FORMAT_XRGB8888);
	core_focus(&desk.core, a);
	desk.now_us += 1000000;
	desk_record(&desk, OP_view_front, 1, NULL, 0);
	desk_execute(&desk, b);
	desk_window(&desk, b, 2, 0, 0, 10, 10);
	desk_window(&desk, c, 2, 0, 0, 10, 10);
	ck_assert_ptr_eq(TAILQ_FIRST(&desk.core.stack), view_find(c, 2));
	ck_assert_ptr_eq(TAILQ_NEXT(view_find(c, 1), link), view_find(a, 1));
	ck_assert_ptr_eq(TAILQ_NEXT(view_find(a, 1), link), view_find(b, 2));
	ck_assert_ptr_eq(TAILQ_NEXT(view_find(b, 2), link), view_find(b, 1));
}
END_TEST

/* What changed is painted as if all were. */
static void compare_with_all(uint32_t seed)
{
	size_t bytes = (size_t)desk.w * (size_t)desk.h * 4;
	uint32_t *before = malloc(bytes);

	desk_show(&desk);
	memcpy(before, desk.pixels, bytes);
	core_damage_all(&desk.core);
	desk_show(&desk);
	ck_assert_msg(!memcmp(before, desk.pixels, bytes), "seed %u", seed);
	free(before);
}

static void random_step(struct session *const sessions[4], uint32_t *seed)
{
	static const char *const configs[] = {
		"<config/>",
		DOMAIN("label='yes'"),
		DOMAIN("content='tinted' layer='3' xpos='9'"),
		"<config><domain name='d' label='yes' content='tinted'/>"
		"<domain name='e' layer='101' label='yes'/>"
		"<policy label='a' domain='d'/><policy label='c' domain='d'/>"
		"<policy label='e' domain='e'/></config>",
	};
	struct session *session = sessions[desk_random(seed, 4)];
	uint32_t id = 1 + desk_random(seed, 2);
	struct view_geometry place = { (int)desk_random(seed, 150) - 20,
				       (int)desk_random(seed, 90) - 20,
				       desk_random(seed, 90),
				       desk_random(seed, 90) };

	switch (desk_random(seed, 8)) {
	case 0:
		configure(configs[desk_random(seed, array_size(configs))]);
		break;
	case 1:
		core_focus(&desk.core, session);
		break;
	case 2:
		core_set_xray(&desk.core, desk_random(seed, 3) == 0);
		break;
	case 3:
		session_refresh(session, &(struct rect){ 5, 5, 40, 40 }, 1);
		break;
	case 4:
		desk_record(&desk, OP_view_content, id, &place, sizeof(place));
		desk_execute(&desk, session);
		break;
	case 5:
		desk_record(&desk, OP_view_front, id, NULL, 0);
		desk_execute(&desk, session);
		break;
	case 6:
		desk_record(&desk, OP_view_back, id, NULL, 0);
		desk_execute(&desk, session);
		break;
	default:
		desk_record(&desk, OP_view_geometry, id, &place, sizeof(place));
		desk_execute(&desk, session);
	}
}

START_TEST(the_damage_of_any_change_is_enough)
{
	for (uint32_t round = 0; round < 60; round++) {
		struct session *sessions[4] = { a, b };
		uint32_t seed = round * 4241 + 7;

		sessions[2] = window("c", 30, FORMAT_ARGB8888);
		sessions[3] = window("e", 60, FORMAT_ARGB8888);
		for (int i = 0; i < 4; i++) {
			desk_window(&desk, sessions[i], 2, 10 * i, 10, 60, 40);
			for (int k = 0; k < 80 * 80; k += 3)
				((uint32_t *)sessions[i]->buffer.pixels)[k] =
					0x80402010;
			session_refresh(sessions[i],
					&(struct rect){ 0, 0, 80, 80 }, 1);
		}
		for (int i = 0; i < 60; i++) {
			random_step(sessions, &seed);
			compare_with_all(round);
		}
		teardown();
		setup();
	}
}
END_TEST

Suite *domain_suite(void)
{
	Suite *suite = suite_create("domain");
	TCase *tcase = tcase_create("domain");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, layers_are_sorted_and_kept);
	tcase_add_test(tcase, places_follow_corner_and_size);
	tcase_add_test(tcase, events_count_from_the_origin);
	tcase_add_test(tcase, colours);
	tcase_add_test(tcase, tinted_until_its_domain_has_the_focus);
	tcase_add_test(tcase, labelled_at_all_times);
	tcase_add_test(tcase, focus_none);
	tcase_add_test(tcase, focus_transient);
	tcase_add_test(tcase, hover_of_the_focused_domain_only);
	tcase_add_test(tcase, input_falls_through_where_nothing_is);
	tcase_add_test(tcase, opaque_content_hides_what_is_behind);
	tcase_add_test(tcase, any_domain_may_be_the_backdrop);
	tcase_add_test(tcase, global_keys_go_to_the_first_that_is_there);
	tcase_add_test(tcase, who_may_read_the_clipboard);
	tcase_add_test(tcase, bad_values_are_told_and_change_nothing);
	tcase_add_test(tcase, front_is_behind_the_focus_in_the_same_layer_only);
	tcase_add_test(tcase, the_damage_of_any_change_is_enough);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	return suite;
}
