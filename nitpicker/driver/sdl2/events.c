#include <SDL.h>
#include <string.h>

#include "driver.h"
#include "scancode.h"

enum {
	RESIZE_NS = 60000000, /* a window's size has settled after that */
	METHOD_LOOKS = 30, /* for committed text after a key */
};

static void send(struct driver *driver, struct input_event event)
{
	event.time_us = input_now();
	input_server_event(driver->input, &event);
}

/* The unshifted character of a key in the host's layout; 0: none. */
static uint32_t unshifted(SDL_Scancode scancode)
{
	SDL_Keycode key = SDL_GetKeyFromScancode(scancode);

	if (key < 0x20 || (key >= 0x7f && key < 0xa0) || key > 0x10ffff)
		return 0;
	return (uint32_t)key;
}

static void press(struct driver *driver, int code, uint32_t character,
		  bool repeat)
{
	switch (keys_press(&driver->keys, code, repeat)) {
	case PRESS_SEND:
		send(driver, (struct input_event){ .type = INPUT_PRESS,
						   .code = (uint32_t)code,
						   .character = character });
		break;
	case PRESS_CHORD:
		driver_grab(driver, !driver->grabbed);
		break;
	case PRESS_IGNORE:
		break;
	}
}

static void release(struct driver *driver, int code)
{
	if (keys_release(&driver->keys, code))
		send(driver, (struct input_event){ .type = INPUT_RELEASE,
						   .code = (uint32_t)code });
}

void events_tell_keyboard(struct driver *driver)
{
	struct input_keyboard keyboard = { 0 };
	SDL_Keymod modifiers = SDL_GetModState();

	host_layout(&driver->window.host, &keyboard);
	keyboard.locks = (modifiers & KMOD_CAPS ? LOCK_CAPS : 0) |
			 (modifiers & KMOD_NUM ? LOCK_NUM : 0) |
			 (modifiers & KMOD_SCROLL ? LOCK_SCROLL : 0);
	if (!memcmp(&keyboard, &driver->keyboard, sizeof(keyboard)))
		return;
	driver->keyboard = keyboard;
	input_server_keyboard(driver->input, &keyboard);
}

static void key(struct driver *driver, const SDL_KeyboardEvent *event)
{
	SDL_Scancode scancode = event->keysym.scancode;
	int code = scancode_to_key((int)scancode);

	if (event->state == SDL_PRESSED)
		press(driver, code, unshifted(scancode), event->repeat);
	else
		release(driver, code);
	if (scancode == SDL_SCANCODE_CAPSLOCK ||
	    scancode == SDL_SCANCODE_NUMLOCKCLEAR ||
	    scancode == SDL_SCANCODE_SCROLLLOCK)
		events_tell_keyboard(driver);
	if (driver->window.host.kind == HOST_WAYLAND &&
	    keys_any_held(&driver->keys) && !timer_is_set(&driver->repeat))
		timer_set_in(&driver->repeat, DRIVER_REPEAT_NS);
}

static void text(struct driver *driver, const char *utf8)
{
	struct input_event event;

	while (keys_text(&driver->keys, &utf8, &event))
		send(driver, event);
	keys_text_end(&driver->keys);
}

static void motion(struct driver *driver, const SDL_MouseMotionEvent *event)
{
	float scale_x, scale_y;
	int32_t x, y;

	if (event->which == SDL_TOUCH_MOUSEID)
		return;
	window_pixel_scale(&driver->window, &scale_x, &scale_y);
	if (driver->grabbed) {
		if (pointer_relative(&driver->pointer,
				     (float)event->xrel * scale_x,
				     (float)event->yrel * scale_y, &x, &y))
			send(driver,
			     (struct input_event){
				     .type = INPUT_RELATIVE, .x = x, .y = y });
		return;
	}
	if (pointer_move(&driver->pointer, (float)event->x * scale_x,
			 (float)event->y * scale_y, (int32_t)driver->picture.w,
			 (int32_t)driver->picture.h))
		send(driver, (struct input_event){ .type = INPUT_MOTION,
						   .x = driver->pointer.x,
						   .y = driver->pointer.y });
}

static void button(struct driver *driver, const SDL_MouseButtonEvent *event)
{
	int code = button_to_key(event->button);

	if (event->which == SDL_TOUCH_MOUSEID)
		return;
	if (event->state == SDL_RELEASED) {
		release(driver, code);
		return;
	}
	/* A click counts where it was made, also as the first event. */
	if (!driver->grabbed)
		motion(driver, &(SDL_MouseMotionEvent){ .which = event->which,
							.x = event->x,
							.y = event->y });
	press(driver, code, 0, false);
}

static void wheel(struct driver *driver, const SDL_MouseWheelEvent *event)
{
	int32_t x, y;

	if (event->which == SDL_TOUCH_MOUSEID)
		return;
	if (pointer_wheel(&driver->pointer, event->preciseX, event->preciseY,
			  &x, &y))
		send(driver, (struct input_event){
				     .type = INPUT_WHEEL, .x = x, .y = y });
}

static void finger(struct driver *driver, const SDL_TouchFingerEvent *event)
{
	bool up = event->type == SDL_FINGERUP;
	int slot = pointer_touch(&driver->pointer, event->fingerId,
				 event->type == SDL_FINGERDOWN);

	if (slot < 0)
		return;
	if (up)
		pointer_untouch(&driver->pointer, slot);
	send(driver,
	     (struct input_event){
		     .type = up ? INPUT_UNTOUCH : INPUT_TOUCH,
		     .code = (uint32_t)slot,
		     .x = (int32_t)(event->x * (float)driver->picture.w),
		     .y = (int32_t)(event->y * (float)driver->picture.h),
	     });
}

void events_release_all(struct driver *driver)
{
	keys_forget(&driver->keys);
	timer_cancel(&driver->repeat);
	input_server_release_all(driver->input);
}

void events_forget(struct driver *driver)
{
	SDL_FlushEvents(SDL_KEYDOWN, SDL_MULTIGESTURE);
	keys_forget(&driver->keys);
	driver->pointer = (struct pointer){ 0 };
}

static void window_event(struct driver *driver, const SDL_WindowEvent *event)
{
	switch (event->event) {
	case SDL_WINDOWEVENT_SIZE_CHANGED:
		window_fetch_surface(&driver->window);
		window_redraw(&driver->window, &driver->picture);
		timer_set_in(&driver->resize, RESIZE_NS);
		break;
	case SDL_WINDOWEVENT_EXPOSED:
		window_redraw(&driver->window, &driver->picture);
		break;
	case SDL_WINDOWEVENT_HIDDEN:
	case SDL_WINDOWEVENT_MINIMIZED:
		framebuffer_server_set_hidden(driver->framebuffer, true);
		break;
	case SDL_WINDOWEVENT_SHOWN:
	case SDL_WINDOWEVENT_RESTORED:
	case SDL_WINDOWEVENT_MAXIMIZED:
		framebuffer_server_set_hidden(driver->framebuffer, false);
		break;
	case SDL_WINDOWEVENT_LEAVE:
		driver->pointer.known = false;
		if (!driver->grabbed)
			send(driver,
			     (struct input_event){ .type = INPUT_HOVER_LEAVE });
		break;
	case SDL_WINDOWEVENT_FOCUS_GAINED:
		events_tell_keyboard(driver);
		break;
	case SDL_WINDOWEVENT_FOCUS_LOST:
		driver_grab(driver, false);
		events_release_all(driver);
		break;
	case SDL_WINDOWEVENT_DISPLAY_CHANGED:
		timer_set_in(&driver->resize, RESIZE_NS);
		break;
	}
}

static void stop(struct driver *driver)
{
	parent_exit(driver->component.parent, 0, "window closed");
	loop_stop(driver->component.loop, 0);
}

void events_handle(struct driver *driver, const SDL_Event *event)
{
	switch (event->type) {
	case SDL_KEYDOWN:
	case SDL_KEYUP:
		key(driver, &event->key);
		if (driver->input_method) {
			driver->method_left = METHOD_LOOKS;
			timer_set_in(&driver->method, DRIVER_METHOD_NS);
		}
		return;
	case SDL_TEXTINPUT:
		text(driver, event->text.text);
		return;
	case SDL_TEXTEDITING:
		return;
	case SDL_SYSWMEVENT:
		if (host_is_new_clipboard(&driver->window.host,
					  event->syswm.msg))
			input_server_clipboard_changed(driver->input);
		return;
	}
	/* Text belongs to the press right before it, to nothing else. */
	keys_text_end(&driver->keys);
	switch (event->type) {
	case SDL_MOUSEMOTION:
		motion(driver, &event->motion);
		break;
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		button(driver, &event->button);
		break;
	case SDL_MOUSEWHEEL:
		wheel(driver, &event->wheel);
		break;
	case SDL_FINGERDOWN:
	case SDL_FINGERMOTION:
	case SDL_FINGERUP:
		finger(driver, &event->tfinger);
		break;
	case SDL_KEYMAPCHANGED:
		events_tell_keyboard(driver);
		break;
	case SDL_CLIPBOARDUPDATE:
		if (!driver->window.host.clipboard_event)
			input_server_clipboard_changed(driver->input);
		break;
	case SDL_WINDOWEVENT:
		window_event(driver, &event->window);
		break;
	case SDL_QUIT:
		stop(driver);
		break;
	}
}
