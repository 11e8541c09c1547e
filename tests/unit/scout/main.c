#include "suite.h"

#include <stdlib.h>

static void wake(void *user)
{
	((struct bench *)user)->wakes++;
}

static void alarm_set(void *user, uint64_t at)
{
	((struct bench *)user)->alarm = at;
}

static void activated(void *user)
{
	++*(int *)user;
}

static void changed(void *user, uint64_t bytes)
{
	struct bench *bench = user;

	bench->changes++;
	bench->changed_to = bytes;
}

static void add_entry(struct bench *bench, struct widget *list, int i)
{
	static const char *const names[] = { "one", "two", "three" };
	struct row *row = row_create(&bench->ui, list, ROLE_ROW, names[i]);
	struct widget *parent = (struct widget *)row;

	bench->rows[i] = row;
	bench->links[i] = link_create(&bench->ui, parent, names[i], activated,
				      &bench->activated[i]);
	bench->bars[i] = bar_create(&bench->ui, parent, BAR_GIVE, names[i]);
	((struct widget *)bench->links[i])->cell = ROW_NAME;
	((struct widget *)bench->bars[i])->cell = ROW_BAR;
	row_set_main(row, bench->links[i], bench->bars[i]);
	bar_set(bench->bars[i], 1 << 20, 16 << 20, 64 << 20);
	bar_on_change(bench->bars[i], changed, bench);
}

void bench_init(struct bench *bench, int scale, bool reduced)
{
	static const struct ui_handler handler = { .wake = wake,
						   .alarm = alarm_set };
	static const struct frame_handler frame = { .drag = NULL };
	struct widget *content, *row;
	struct box *list;

	*bench = (struct bench){ .text = text_create() };
	ui_init(&bench->ui, bench->text, &handler, bench);
	ui_set_theme(&bench->ui, theme_get(THEME_LIGHT), scale, 100, reduced);
	bench->ui.active = true;
	bench->frame = frame_create(&bench->ui, "Window", &frame, bench);
	bench->scroll = scroll_create(&bench->ui, frame_body(bench->frame));
	content = scroll_content(bench->scroll);
	band_create(&bench->ui, content, "BAND");
	list = box_create(&bench->ui, content, ROLE_LIST, "list");
	for (int i = 0; i < 3; i++)
		add_entry(bench, &list->widget, i);
	bench->rows[3] = row_create(&bench->ui, &list->widget, ROLE_ROW, "run");
	row = (struct widget *)bench->rows[3];
	row_on_delete(bench->rows[3], activated, &bench->killed);
	bench->button = button_create(&bench->ui, row, BUTTON_KILL, "kill run",
				      activated, &bench->killed);
	((struct widget *)bench->button)->cell = ROW_BUTTON;
	widget_place(bench->ui.root, (struct rect){ 0, 0, 400 * scale / 100,
						    300 * scale / 100 });
	ui_update(&bench->ui, 1);
}

void bench_finish(struct bench *bench)
{
	ui_finish(&bench->ui);
	text_destroy(bench->text);
}

static void pointer(struct bench *bench, void *widget, enum ui_event_type type)
{
	struct rect r = widget_rect(widget);
	struct ui_event event = { .type = type,
				  .x = r.x + r.w / 2,
				  .y = r.y + r.h / 2 };

	ui_event(&bench->ui, &event);
}

void bench_press(struct bench *bench, void *widget)
{
	pointer(bench, widget, UI_PRESS);
}

void bench_release(struct bench *bench, void *widget)
{
	pointer(bench, widget, UI_RELEASE);
}

void bench_click(struct bench *bench, void *widget)
{
	bench_press(bench, widget);
	bench_release(bench, widget);
}

void bench_hover(struct bench *bench, void *widget)
{
	pointer(bench, widget, UI_MOTION);
}

void bench_wait(struct bench *bench, int ms)
{
	ui_update(&bench->ui, bench->ui.now + (uint64_t)ms * 1000000);
}

void bench_key(struct bench *bench, uint32_t code, unsigned mods)
{
	struct ui_event event = { .type = UI_KEY, .code = code, .mods = mods };

	ui_event(&bench->ui, &event);
}

int main(void)
{
	SRunner *runner = srunner_create(text_suite());

	srunner_add_suite(runner, breaks_suite());
	srunner_add_suite(runner, shape_suite());
	srunner_add_suite(runner, edit_suite());
	srunner_add_suite(runner, gallery_suite());
	srunner_add_suite(runner, quota_suite());
	srunner_add_suite(runner, tree_suite());
	srunner_add_suite(runner, tips_suite());
	srunner_add_suite(runner, motion_suite());
	srunner_add_suite(runner, list_suite());
	srunner_add_suite(runner, input_suite());
	srunner_add_suite(runner, painting_suite());
	srunner_add_suite(runner, theme_suite());
	srunner_add_suite(runner, contrast_suite());
	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
