#include "seat.h"

#include "glue.h"

static struct point on_aim(void *user, struct point at, bool held)
{
	const struct glue *glue = user;

	(void)held;
	return screen_to_root(glue, at);
}

static void on_focus(void *user, bool focused)
{
	struct glue *glue = user;

	stack_activate(glue, focused);
	if (glue->seat.clipboard)
		clipboard_focus(glue->seat.clipboard, focused);
}

static enum wire_status on_grab(void *user, bool on)
{
	const struct glue *glue = user;

	return nitpicker_grab(glue->nitpicker, on);
}

static void on_pointer_shown(void *user, bool shown)
{
	struct glue *glue = user;

	if (glue->seat.injector)
		injector_pointer_shown(glue->seat.injector, shown);
}

static struct settings_look settings_look(const struct glue *glue)
{
	const struct look *look = &glue->look;

	return (struct settings_look){
		.scale = (unsigned)look->scale,
		.text = (unsigned)look->text_percent,
		.dark = look->theme->dark,
		.high_contrast = look->theme == theme_get(THEME_HIGH_CONTRAST),
		.reduced = look->reduced,
	};
}

void seat_begin(struct glue *glue)
{
	static const struct injector_handler handler = {
		.aim = on_aim,
		.focus = on_focus,
		.grab = on_grab,
	};
	struct seat *seat = &glue->seat;
	const char *authority = glue->server ? server_authority(glue->server)
					     : NULL;
	const struct settings_look look = settings_look(glue);

	settings_begin(&seat->settings, &glue->display, &look);
	seat->injector = injector_create(&glue->display, authority, &handler,
					 glue);
	seat->pointer = pointer_create(&glue->display, glue->nitpicker,
				       on_pointer_shown, glue);
	seat->clipboard = clipboard_create(&glue->display, glue->nitpicker,
					   true);
	if (seat->has_keyboard)
		injector_keyboard(seat->injector, &seat->keyboard);
	clipboard_focus(seat->clipboard, glue->active);
	/* What is selected in the X server of somebody else stays so until the
	 * desktop has something new. */
	if (glue->server)
		clipboard_changed(seat->clipboard);
}

void seat_end(struct glue *glue)
{
	struct seat *seat = &glue->seat;

	injector_destroy(seat->injector);
	pointer_destroy(seat->pointer);
	clipboard_destroy(seat->clipboard);
	seat->injector = NULL;
	seat->pointer = NULL;
	seat->clipboard = NULL;
}

void seat_event(struct glue *glue, const struct input_event *event)
{
	struct seat *seat = &glue->seat;

	if (!seat->injector) {
		/* For the next connection. */
		if (event->type == INPUT_FOCUS_ENTER ||
		    event->type == INPUT_FOCUS_LEAVE)
			glue->active = event->type == INPUT_FOCUS_ENTER;
		return;
	}
	pointer_event(seat->pointer, event);
	injector_event(seat->injector, event);
}

void seat_batch_end(struct glue *glue)
{
	if (glue->seat.injector)
		injector_batch_end(glue->seat.injector);
}

void seat_keyboard(struct glue *glue, const struct input_keyboard *keyboard)
{
	struct seat *seat = &glue->seat;

	seat->keyboard = *keyboard;
	if (!keyboard->layout.length) {
		seat->keyboard = glue->options.keyboard;
		seat->keyboard.locks = keyboard->locks;
	}
	seat->has_keyboard = true;
	if (seat->injector)
		injector_keyboard(seat->injector, &seat->keyboard);
}

void seat_clipboard_changed(struct glue *glue)
{
	if (glue->seat.clipboard)
		clipboard_changed(glue->seat.clipboard);
}

void seat_relook(struct glue *glue)
{
	const struct settings_look look = settings_look(glue);

	if (glue->seat.injector)
		settings_change(&glue->seat.settings, &look);
}

void seat_leave(struct glue *glue)
{
	const struct input_event event = { .type = INPUT_HOVER_LEAVE };

	seat_event(glue, &event);
}

void seat_dismiss(struct glue *glue)
{
	const struct point nowhere = { glue->root_w - 1, glue->root_h - 1 };

	if (glue->seat.injector)
		injector_dismiss(glue->seat.injector, nowhere);
}

bool seat_is_holding(const struct glue *glue)
{
	return glue->seat.injector && injector_is_holding(glue->seat.injector);
}
