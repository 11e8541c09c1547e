/* greeter: the smallest useful program with a face, a field and a button.
 *   cc greeter.c $(pkg-config --cflags --libs scout) -o greeter
 */
#include <stdio.h>

#include "scout/scout.h"
#include "session/component.h"

struct greeter {
	struct component component;
	struct window *window;
	struct field *name;
};

static void greet(void *user)
{
	struct greeter *greeter = user;
	char text[128];
	snprintf(text, sizeof(text), "Hello, %.99s.",
		 field_text(greeter->name));
	window_note(greeter->window, "Greeter", text);
}

static void leave(void *user)
{
	loop_stop(((struct greeter *)user)->component.loop, 0);
}

int main(int argc, char **argv)
{
	const struct component_info info = { "greeter", "says hello", NULL };
	const struct parent_handler parent = { 0 };
	const struct window_handler handler = { .close = leave };
	const struct window_options options = { .title = "Greeter",
						.place = { 80, 80, 320, 240 } };
	struct greeter greeter = { 0 };
	struct component *self = &greeter.component;

	component_init(self, &info, argc, argv, &parent, &greeter);
	greeter.window = window_create(self->loop, self->parent, &options,
				       &handler, &greeter);
	if (!greeter.window)
		return 1;
	struct ui *ui = window_ui(greeter.window);
	struct widget *body = window_body(greeter.window);
	struct box *box = box_create(ui, body, ROLE_NONE, "");
	struct tool *tool;

	box->pad_x = box->pad_top = box->gap = 16; /* logical pixels */
	greeter.name = field_create(ui, &box->widget, "name");
	field_set_hint(greeter.name, "Your name");
	tool = tool_create(ui, &box->widget, "Greet", NULL, greet, &greeter);
	widget_set_tip((struct widget *)tool, "Says hello to that name.");
	window_show(greeter.window);
	int code = loop_run(self->loop);
	window_destroy(greeter.window);
	component_finish(self);
	return code;
}
