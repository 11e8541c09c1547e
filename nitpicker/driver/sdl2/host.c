#include "host.h"

#include <SDL_syswm.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/extensions/Xfixes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wayland-client-core.h>

#include "base/log.h"

static void wayland_log(const char *format, va_list arguments)
{
	char *line = NULL;

	if (vasprintf(&line, format, arguments) < 0)
		return;
	log_debug("wayland: %.*s", (int)strcspn(line, "\n"), line);
	free(line);
}

/* SDL asks the session bus for its input method. Where there is none, libdbus
 * would start one, which then stayed behind. */
static void keep_from_starting_a_bus(void)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	char path[256];

	if (getenv("DBUS_SESSION_BUS_ADDRESS"))
		return;
	snprintf(path, sizeof(path), "%s/bus", runtime ? runtime : "");
	if (access(path, F_OK) < 0)
		setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
}

void host_prepare(void)
{
	keep_from_starting_a_bus();
	wl_log_set_handler_client(wayland_log);
}

/* This SDL doesn't tell when another program offers a clipboard. */
static void watch_clipboard(struct host *host, Window window)
{
	Atom clipboard = XInternAtom(host->display, "CLIPBOARD", False);
	int event, error;

	if (!XFixesQueryExtension(host->display, &event, &error))
		return;
	host->window = window;
	host->clipboard_event = event + XFixesSelectionNotify;
	XFixesSelectSelectionInput(host->display, window, clipboard,
				   XFixesSetSelectionOwnerNotifyMask);
	SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
}

bool host_is_new_clipboard(const struct host *host, const SDL_SysWMmsg *message)
{
	const XFixesSelectionNotifyEvent *event;

	if (!host->clipboard_event || message->subsystem != SDL_SYSWM_X11 ||
	    message->msg.x11.event.type != host->clipboard_event)
		return false;
	event = (const XFixesSelectionNotifyEvent *)&message->msg.x11.event;
	/* Windows of one program differ in the low bits only, at least 18; SDL
	 * owns what we offered with one that it keeps to itself. */
	return event->owner != None && (event->owner ^ host->window) >> 18;
}

void host_init(struct host *host, SDL_Window *window)
{
	SDL_SysWMinfo info;

	*host = (struct host){ 0 };
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(window, &info))
		return;
	if (info.subsystem == SDL_SYSWM_X11) {
		host->kind = HOST_X11;
		host->display = info.info.x11.display;
		watch_clipboard(host, info.info.x11.window);
	} else if (info.subsystem == SDL_SYSWM_WAYLAND) {
		host->kind = HOST_WAYLAND;
		host->display = info.info.wl.display;
	}
}

int host_fd(const struct host *host)
{
	switch (host->kind) {
	case HOST_X11:
		return XConnectionNumber(host->display);
	case HOST_WAYLAND:
		return wl_display_get_fd(host->display);
	case HOST_OTHER:
		break;
	}
	return -1;
}

bool host_has_queued(const struct host *host)
{
	switch (host->kind) {
	case HOST_X11:
		return XEventsQueued(host->display, QueuedAfterReading) > 0;
	case HOST_WAYLAND:
		if (wl_display_prepare_read(host->display) < 0)
			return true;
		wl_display_cancel_read(host->display);
		return false;
	case HOST_OTHER:
		break;
	}
	return false;
}

void host_flush(const struct host *host)
{
	if (host->kind == HOST_X11)
		XFlush(host->display);
	else if (host->kind == HOST_WAYLAND)
		wl_display_flush(host->display);
}

unsigned host_scale(const struct host *host)
{
	const char *resources, *value;
	double dpi;

	if (host->kind != HOST_X11)
		return 0;
	resources = XResourceManagerString(host->display);
	value = resources ? strstr(resources, "Xft.dpi:") : NULL;
	if (!value)
		return 0;
	dpi = strtod(value + strlen("Xft.dpi:"), NULL);
	if (!(dpi >= 48 && dpi <= 768))
		return 0;
	/* In steps of 25 percent, so that bitmaps and lines stay regular. */
	return (unsigned)(dpi / 96 * 4 + 0.5) * 25;
}

/* The next of the NUL-terminated strings in [*at, end). */
static const char *next_string(const char **at, const char *end)
{
	const char *string = *at;
	const char *stop = string < end ? memchr(string, 0, end - string)
					: NULL;

	if (!stop)
		return "";
	*at = stop + 1;
	return string;
}

void host_layout(const struct host *host, struct input_keyboard *keyboard)
{
	Atom property, type;
	int format;
	unsigned long count, left;
	unsigned char *data = NULL;
	const char *at, *end;

	if (host->kind != HOST_X11)
		return;
	property = XInternAtom(host->display, "_XKB_RULES_NAMES", True);
	if (property == None ||
	    XGetWindowProperty(host->display,
			       DefaultRootWindow((Display *)host->display),
			       property, 0, 256, False, XA_STRING, &type,
			       &format, &count, &left, &data) != Success)
		return;
	if (data && type == XA_STRING && format == 8) {
		at = (const char *)data;
		end = at + count;
		next_string(&at, end); /* rules */
		next_string(&at, end); /* model */
		wire_set(&keyboard->layout, next_string(&at, end));
		wire_set(&keyboard->variant, next_string(&at, end));
		wire_set(&keyboard->options, next_string(&at, end));
	}
	if (data)
		XFree(data);
}
