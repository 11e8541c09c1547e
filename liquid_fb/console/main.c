/*
 * console: a terminal on a framebuffer, full screen or in a window of
 * liquid_fb.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"

enum {
	FONT_DEFAULT = 14, /* logical pixels */
	FONT_MIN = 6,
	FONT_MAX = 72,
};

static const uint64_t flash_ns = 80000000, synchronised_ns = 500000000;

static const char *const known[] = {
	"command", "arg",   "font",     "palette",   "scrollback",
	"clients", "theme", "keyboard", "ram_quota", NULL,
};

/* ---- drawing ---- */

static void draw(struct console *c)
{
	if (!c->dirty || c->waiting || c->hidden || !c->framebuffer)
		return;
	if (terminal_columns(c->terminal) != c->columns)
		size_adopt(c);
	if (terminal_is_synchronised(c->terminal) && !c->everything) {
		if (!timer_is_set(&c->sync_timer))
			timer_set_in(&c->sync_timer, synchronised_ns);
		return;
	}
	timer_cancel(&c->sync_timer);
	paint(c);
}

void console_changed(struct console *c)
{
	c->dirty = true;
	draw(c);
}

static void redraw_now(void *user)
{
	struct console *c = user;

	c->redraw_due = false;
	draw(c);
}

void console_redraw(struct console *c)
{
	terminal_damage_all(c->terminal);
	c->dirty = true;
	if (!c->redraw_due)
		loop_defer(c->component.loop, redraw_now, c);
	c->redraw_due = true;
}

void console_message(struct console *c, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(c->message, sizeof(c->message), format, list);
	va_end(list);
	console_redraw(c);
}

static void synchronised_too_long(void *user)
{
	struct console *c = user;

	terminal_end_synchronised(c->terminal);
	draw(c);
}

static void flash_over(void *user)
{
	struct console *c = user;

	c->flashing = false;
	console_redraw(c);
}

/* ---- what the terminal says ---- */

static void on_title(void *user, const char *title)
{
	struct console *c = user;
	char cut[64];
	size_t length = strlen(title);

	if (length >= sizeof(cut)) {
		length = sizeof(cut) - 1;
		while (length && (title[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(cut, title, length);
	cut[length] = '\0';
	if (c->framebuffer)
		framebuffer_title(c->framebuffer, cut);
}

static void on_bell(void *user)
{
	struct console *c = user;

	if (timer_is_set(&c->flash_timer))
		return;
	c->flashing = true;
	timer_set_in(&c->flash_timer, flash_ns);
	console_redraw(c);
}

/* Only the one that the user types into. */
static void on_clipboard(void *user, const char *text, size_t bytes)
{
	struct console *c = user;

	if (c->focused && bytes <= LIMIT_CLIPBOARD && c->input)
		input_clipboard_offer(c->input, text, bytes);
}

static void on_palette(void *user)
{
	console_redraw(user);
	((struct console *)user)->everything = true;
}

const struct terminal_handler terminal_handler = {
	.title = on_title,
	.bell = on_bell,
	.clipboard = on_clipboard,
	.size_wish = size_wish,
	.columns = size_columns,
	.palette = on_palette,
};

/* ---- the framebuffer ---- */

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct console *c = user;

	c->waiting = false;
	c->hidden = shown->hidden;
	draw(c);
}

static void on_mode_changed(void *user)
{
	struct console *c = user;

	if (!size_fetch(c))
		loop_stop(c->component.loop, 1);
}

static void on_exposed(void *user)
{
	struct console *c = user;

	c->hidden = false;
	draw(c);
}

static void on_closed(void *user, const char *reason)
{
	struct console *c = user;

	if (reason)
		log_error("the screen is gone: %s", reason);
	loop_stop(c->component.loop, 1);
}

/* ---- input ---- */

static void on_focus(struct console *c, bool in)
{
	char out[TERMINAL_KEY_MAX];

	if (!in)
		keys_forget(c);
	c->focused = in;
	blink_wake(c);
	shell_write(c, out, terminal_focus(c->terminal, in, out));
	console_redraw(c);
}

static void on_event(void *user, const struct input_event *event)
{
	struct console *c = user;

	if (event->type == INPUT_FOCUS_ENTER ||
	    event->type == INPUT_FOCUS_LEAVE)
		on_focus(c, event->type == INPUT_FOCUS_ENTER);
	if (event->type == INPUT_PRESS || event->type == INPUT_CHARACTER)
		blink_wake(c);
	keys_event(c, event);
	pointer_event(c, event);
}

/* ---- config ---- */

static void read_palette(struct console *c, const struct config_node *root)
{
	static const char *const modes[] = { "light", "dark", "high-contrast",
					     NULL };
	static const int of_modes[] = { 1, 0, 2 };
	const struct config_node *theme = config_child(root, "theme");
	const struct config_node *node = config_child(root, "palette");
	int mode = 1, index = 0;

	if (theme && config_get_choice(theme, "mode", modes, &mode))
		index = of_modes[mode];
	if (!node || node->text[0] || config_attribute(root, "palette"))
		config_get_choice(root, "palette", palette_names, &index);
	palette_get(index, c->palette);
	if (!node)
		return;
	config_get_color(node, "foreground", &c->palette[PALETTE_FG]);
	config_get_color(node, "background", &c->palette[PALETTE_BG]);
	config_get_color(node, "cursor", &c->palette[PALETTE_CURSOR]);
}

/* <font face=>: a file that the sandbox shows, or that the parent finds. */
static void read_font(struct console *c, const struct config_node *root)
{
	const struct config_node *node = config_child(root, "font");
	const char *face = node ? config_attribute(node, "face") : NULL;
	struct glyphs *g = &c->glyphs;
	char path[64];
	int fd;

	if (face && g->font ? !strcmp(face, g->font) : face == g->font)
		return;
	free(g->font);
	g->font = face ? xstrdup(face) : NULL;
	fd = face ? open(face, O_RDONLY | O_CLOEXEC) : -1;
	if (face && fd < 0)
		fd = parent_file(c->component.parent, face, NULL);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (!glyphs_set_font(g, fd < 0 ? NULL : path) || (face && fd < 0))
		config_complain(node, "%s: no font of one width", face);
	if (fd >= 0)
		close(fd);
}

static void read_config(struct console *c, const struct config_node *root)
{
	static const char *const motions[] = { "full", "reduced", NULL };
	const struct config_node *theme = config_child(root, "theme");
	int64_t font = FONT_DEFAULT, scrollback = TERMINAL_SCROLLBACK_DEFAULT;
	int motion = 0;

	config_check_known(root, known);
	config_get_int(root, "font", FONT_MIN, FONT_MAX, &font);
	config_get_int(root, "scrollback", 0, TERMINAL_SCROLLBACK_MAX,
		       &scrollback);
	c->font_size = (int)font;
	read_font(c, root);
	c->scrollback = (unsigned)scrollback;
	c->still = theme &&
		   config_get_choice(theme, "motion", motions, &motion) &&
		   motion == 1;
	read_palette(c, root);
}

static void on_config(void *user, const struct config_node *root)
{
	struct console *c = user;

	read_config(c, root);
	if (!c->terminal)
		return;
	terminal_set_scrollback(c->terminal, c->scrollback);
	terminal_set_palette(c->terminal, c->palette);
	size_font(c);
	size_fit(c);
}

static void on_resource(void *user, uint64_t quota, uint64_t used)
{
	(void)used;
	host_set_quota(user, quota);
}

/* ---- life ---- */

static bool open_sessions(struct console *c)
{
	static const struct framebuffer_handler handler = {
		.shown = on_shown,
		.mode_changed = on_mode_changed,
		.exposed = on_exposed,
		.closed = on_closed,
	};
	static const struct input_handler input_handler = {
		.event = on_event,
		.closed = on_closed,
	};
	struct loop *loop = c->component.loop;
	struct parent *parent = c->component.parent;
	enum wire_status status;

	c->framebuffer = framebuffer_open(loop, parent, NULL, &handler, c,
					  &status);
	if (!c->framebuffer) {
		log_error("no Framebuffer: %s", wire_status_name(status));
		return false;
	}
	if (!size_fetch(c))
		return false;
	c->input = input_open(loop, parent, &input_handler, c, &status);
	if (!c->input)
		log_error("no Input: %s", wire_status_name(status));
	return c->input != NULL;
}

static void finish(struct console *c)
{
	loop_undefer(c->component.loop, c);
	timer_finish(&c->flash_timer);
	timer_finish(&c->sync_timer);
	timer_finish(&c->repeat_timer);
	timer_finish(&c->blink_timer);
	timer_finish(&c->report_timer);
	shell_stop(c);
	host_destroy(c);
	if (c->input)
		input_close(c->input);
	if (c->framebuffer)
		framebuffer_close(c->framebuffer);
	terminal_destroy(c->terminal);
	glyphs_finish(&c->glyphs);
	free(c->drawn);
	free(c->wanted);
	free(c->cells);
	free(c->spans);
	free(c->blinks);
	free(c->copied);
	component_finish(&c->component);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "console",
		.summary = "A terminal on a framebuffer.",
	};
	static const struct parent_handler handler = {
		.config = on_config,
		.resource = on_resource,
	};
	struct console c = { .focused = true, .cursor_row = -1 };
	int code = 1;

	c.shell.fd = -1;
	component_init(&c.component, &info, argc, argv, &handler, &c);
	timer_init(&c.flash_timer, c.component.loop, flash_over, &c);
	timer_init(&c.sync_timer, c.component.loop, synchronised_too_long, &c);
	timer_init(&c.repeat_timer, c.component.loop, keys_repeat, &c);
	timer_init(&c.blink_timer, c.component.loop, blink_turn, &c);
	timer_init(&c.report_timer, c.component.loop, report_late, &c);
	if (glyphs_init(&c.glyphs)) {
		read_config(&c, parent_config(c.component.parent));
		if (open_sessions(&c)) {
			terminal_set_palette(c.terminal, c.palette);
			host_create(&c);
			if (shell_start(&c))
				code = loop_run(c.component.loop);
		}
	}
	finish(&c);
	return code;
}
