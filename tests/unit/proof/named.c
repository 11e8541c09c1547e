/* Bugs that others had, each by its name, that the scenes would only tell by a
 * seed; and texts that try to disturb the menubar. */
#include <check.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"
#include "scene/scene.h"
#include "suite.h"

static struct session *client(struct scene *scene, int i, const char *label,
			      enum pixel_format format)
{
	struct session *session = session_create(&scene->core, label,
						 &scene->clients[i]);
	struct buffer buffer = { .fd = -1,
				 .pixels = xcalloc(32 * 32, 4),
				 .bytes = 4096,
				 .w = 32,
				 .h = 32,
				 .stride = 128,
				 .format = format };

	memset(buffer.pixels, 0x60 + i * 16, buffer.bytes);
	scene->clients[i].session = session;
	session_set_buffer(session, &buffer);
	return session;
}

static struct view *window(struct session *session, uint32_t id, int x, int y)
{
	struct view *view = view_create(session, id, NULL);

	view->geometry = (struct rect){ x, y, 32, 32 };
	view_place_family(view);
	view_stack(view, TAILQ_FIRST(&session->core->stack));
	return view;
}

static void key(struct scene *scene, enum input_type type, uint32_t code)
{
	scene_event(scene, (struct input_event){ .type = type, .code = code });
}

static void click(struct scene *scene, int x, int y)
{
	scene_event(scene, (struct input_event){
				   .type = INPUT_MOTION, .x = x, .y = y });
	key(scene, INPUT_PRESS, BTN_LEFT);
	key(scene, INPUT_RELEASE, BTN_LEFT);
}

START_TEST(stacked_transparent_views_leave_no_artefacts)
{
	struct scene scene;
	struct session *session;

	scene_init(&scene, (struct choice){ .state = 1 });
	session = client(&scene, 0, "a", FORMAT_ARGB8888);
	for (uint32_t i = 1; i <= 6; i++)
		window(session, i, (int)i * 5, (int)i * 4);
	scene_show(&scene);
	for (uint32_t i = 1; i <= 6; i++) {
		view_stack(view_find(session, i), NULL);
		scene_show(&scene);
		view_destroy(view_find(session, i));
		scene_show(&scene);
	}
	scene_finish(&scene);
}
END_TEST

START_TEST(the_menubar_is_drawn_when_the_focused_client_dies)
{
	struct scene scene;

	scene_init(&scene, (struct choice){ .state = 1 });
	window(client(&scene, 0, "a", FORMAT_XRGB8888), 1, 0, 0);
	click(&scene, 10, 30);
	ck_assert_ptr_eq(scene.core.focus, scene.clients[0].session);
	scene_show(&scene);
	scene_disconnect(&scene, &scene.clients[0]);
	core_update(&scene.core);
	ck_assert(region_overlaps(&scene.core.damage, scene.core.bar));
	scene_show(&scene);
	scene_finish(&scene);
}
END_TEST

/* Removed and composed, one after the other, in the middle of the stack. */
START_TEST(views_removed_between_frames_leave_no_pixels)
{
	struct scene scene;
	struct session *a, *b;

	scene_init(&scene, (struct choice){ .state = 1 });
	a = client(&scene, 0, "a", FORMAT_XRGB8888);
	b = client(&scene, 1, "b", FORMAT_RGB565);
	for (uint32_t i = 1; i <= 4; i++)
		window(i % 2 ? a : b, i, (int)i * 6, (int)i * 3);
	scene_show(&scene);
	for (uint32_t i = 2; i <= 4; i++) {
		view_destroy(view_find(i % 2 ? a : b, i));
		scene_show(&scene);
	}
	scene_finish(&scene);
}
END_TEST

static void configure(struct scene *scene, const char *text)
{
	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     NULL);

	core_configure(&scene->core, config_root(config));
	config_destroy(config);
}

static void start_transient(struct scene *scene)
{
	scene_init(scene, (struct choice){ .state = 1 });
	configure(scene, "<config><domain name='t' focus='transient'/>"
			 "<policy label='t' domain='t'/></config>");
	window(client(scene, 0, "a", FORMAT_XRGB8888), 1, 0, 0);
	window(client(scene, 1, "t", FORMAT_XRGB8888), 1, 40, 0);
	window(client(scene, 2, "c", FORMAT_XRGB8888), 1, 0, 34);
	click(scene, 10, 30);
	scene_event(scene, (struct input_event){
				   .type = INPUT_MOTION, .x = 50, .y = 30 });
	key(scene, INPUT_PRESS, BTN_LEFT);
	ck_assert(scene->clients[1].ledger.focused);
}

START_TEST(a_transient_focus_is_left_at_its_end)
{
	struct scene scene;

	start_transient(&scene);
	key(&scene, INPUT_RELEASE, BTN_LEFT);
	ck_assert(!scene.clients[1].ledger.focused);
	ck_assert(scene.clients[0].ledger.focused);
	scene_finish(&scene);
}
END_TEST

START_TEST(a_transient_client_that_dies_moves_no_focus_of_others)
{
	struct scene scene;

	start_transient(&scene);
	core_focus(&scene.core, scene.clients[2].session);
	scene_disconnect(&scene, &scene.clients[1]);
	ck_assert(scene.clients[2].ledger.focused);
	scene_finish(&scene);
}
END_TEST

/* The menubar with that title of the focused client. */
static uint32_t *bar_with(const char *title)
{
	struct scene scene;
	struct view *view;
	uint32_t *bar = xcalloc(300 * 16, 4);

	scene_init(&scene, (struct choice){ .state = 1 });
	scene_output(&scene, 300, 64, BLIT_XRGB8888, 100);
	view = window(client(&scene, 0, "a", FORMAT_XRGB8888), 1, 0, 0);
	free(view->title);
	view->title = xstrdup(title);
	click(&scene, 10, 30);
	scene_show(&scene);
	memcpy(bar, scene.output, 300 * 16 * 4);
	scene_finish(&scene);
	return bar;
}

/* Each shows as a box at its place, and nothing is turned around. */
START_TEST(overrides_of_direction_show_as_boxes)
{
	static const char *const marks[] = { "\xe2\x80\xae", "\xe2\x80\xab",
					     "\xe2\x81\xa7", "\xe2\x80\x8f",
					     "\xd8\x9c" };
	uint32_t *box = bar_with("a\xef\xbf\xbd"
				 "bc");

	for (size_t i = 0; i < array_size(marks); i++) {
		char *title = xasprintf("a%sbc", marks[i]);
		uint32_t *bar = bar_with(title);

		ck_assert_mem_eq(bar, box, 300 * 16 * 4);
		free(bar);
		free(title);
	}
	free(box);
}
END_TEST

START_TEST(titles_with_control_characters_are_refused)
{
	static const char *const titles[] = { "a\nb", "\x1b[2J", "\x7f", "\t",
					      "\xc2\x85" };

	for (size_t i = 0; i < array_size(titles); i++) {
		struct {
			struct record_header header;
			struct view_title title;
		} record = { .header = { OP_view_title, sizeof(record), 1 } };

		record.title.title.length = (uint32_t)strlen(titles[i]);
		memcpy(record.title.title.text, titles[i], strlen(titles[i]));
		ck_assert_ptr_nonnull(
			wire_check_records(&record, sizeof(record)));
	}
}
END_TEST

Suite *named_suite(void)
{
	Suite *suite = suite_create("named");
	TCase *tcase = tcase_create("named");

	tcase_add_test(tcase, stacked_transparent_views_leave_no_artefacts);
	tcase_add_test(tcase,
		       the_menubar_is_drawn_when_the_focused_client_dies);
	tcase_add_test(tcase, views_removed_between_frames_leave_no_pixels);
	tcase_add_test(tcase, a_transient_focus_is_left_at_its_end);
	tcase_add_test(tcase,
		       a_transient_client_that_dies_moves_no_focus_of_others);
	tcase_add_test(tcase, overrides_of_direction_show_as_boxes);
	tcase_add_test(tcase, titles_with_control_characters_are_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
