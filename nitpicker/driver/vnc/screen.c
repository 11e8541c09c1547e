#include "screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "viewer.h"

enum { RESIZE_NS = 60 * 1000 * 1000 };

/* libvncserver's own lines: of interest only to those who debug it. */
static void log_line(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

static void log_line(const char *format, ...)
{
	char line[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	line[strcspn(line, "\n")] = '\0';
	log_debug("%s", line);
}

static void update_viewers(struct screen *screen)
{
	for (struct viewer *viewer = screen->viewers, *next; viewer;
	     viewer = next) {
		next = viewer_next(viewer);
		viewer_update(viewer);
	}
}

static void handle_refresh(void *user, const struct rect *rects, size_t count,
			   bool end)
{
	struct screen *screen = user;

	for (size_t i = 0; i < count; i++) {
		rfbMarkRectAsModified(screen->rfb, rects[i].x, rects[i].y,
				      rects[i].x + rects[i].w,
				      rects[i].y + rects[i].h);
	}
	if (!end) {
		return;
	}
	update_viewers(screen);
	if (!screen->viewer_count) {
		shot_later(&screen->shot);
	}
}

/* xrgb8888 on this machine. */
static void set_format(rfbPixelFormat *format)
{
	format->redShift = 16;
	format->greenShift = 8;
	format->blueShift = 0;
}

static void handle_mode(void *user)
{
	struct screen *screen = user;
	struct blit_surface surface = display_surface(screen->display);

	rfbNewFramebuffer(screen->rfb, surface.pixels, surface.width,
			  surface.height, 8, 3, 4);
	set_format(&screen->rfb->serverFormat);
	for (rfbClientPtr cl = screen->rfb->clientHead; cl; cl = cl->next) {
		screen->rfb->setTranslateFunction(cl);
	}
	update_viewers(screen);
}

static void handle_title(void *user, const char *title)
{
	struct screen *screen = user;

	snprintf(screen->name, sizeof(screen->name), "%s", title);
}

/* The first picture is drawn at full pace, viewer or not; it is what the user
 * of a remote machine sees first. */
static void handle_shot(void *user)
{
	struct screen *screen = user;

	display_set_hidden(screen->display, !screen->viewer_count);
}

void screen_count_viewers(struct screen *screen, int change)
{
	screen->viewer_count += (unsigned)change;
	if (screen->viewer_count) {
		shot_cancel(&screen->shot);
		display_set_hidden(screen->display, false);
	} else {
		shot_later(&screen->shot);
	}
}

static void handle_resize(void *user)
{
	struct screen *screen = user;
	struct display_mode mode = *display_mode(screen->display);

	mode.w = screen->wish_w;
	mode.h = screen->wish_h;
	if (display_mode_equal(&mode, display_mode(screen->display))) {
		return;
	}
	const char *problem = display_set_mode(screen->display, &mode);

	if (problem) {
		log_warning("mode %ux%u: %s", mode.w, mode.h, problem);
	}
}

int screen_wish(struct screen *screen, uint32_t w, uint32_t h, unsigned screens)
{
	if (screens != 1) {
		return rfbExtDesktopSize_InvalidScreenLayout;
	}
	if (w < SCREEN_SIDE_MIN || h < SCREEN_SIDE_MIN || w > LIMIT_SIDE ||
	    h > LIMIT_SIDE || (uint64_t)w * h > SCREEN_PIXELS_MAX) {
		return rfbExtDesktopSize_OutOfResources;
	}
	screen->wish_w = w;
	screen->wish_h = h;
	timer_set_in(&screen->resize, RESIZE_NS);
	return rfbExtDesktopSize_Success;
}

/* Its mere presence tells viewers that they may ask; their messages end in
 * screen_wish. */
static int refuse_size(int w, int h, int count,
		       struct rfbExtDesktopScreen *screens, rfbClientPtr cl)
{
	(void)w;
	(void)h;
	(void)count;
	(void)screens;
	(void)cl;
	return rfbExtDesktopSize_ResizeProhibited;
}

void screen_init(struct screen *screen, struct loop *loop,
		 struct display *display, const char *shot_path)
{
	struct blit_surface surface = display_surface(display);

	*screen = (struct screen){
		.loop = loop,
		.display = display,
		.name = "Nitpicker",
		.watch = { .refresh = handle_refresh,
			   .mode = handle_mode,
			   .title = handle_title,
			   .user = screen },
	};
	screen->passwords[0] = screen->password;
	timer_init(&screen->resize, loop, handle_resize, screen);
	rfbLog = rfbErr = log_line;
	screen->rfb = rfbGetScreen(NULL, NULL, surface.width, surface.height, 8,
				   3, 4);
	screen->rfb->screenData = screen;
	screen->rfb->frameBuffer = surface.pixels;
	screen->rfb->desktopName = screen->name;
	screen->rfb->cursor = NULL; /* the picture has the pointer in it */
	screen->rfb->alwaysShared = TRUE;
	screen->rfb->deferUpdateTime = 0;
	screen->rfb->deferPtrUpdateTime = 0;
	screen->rfb->permitFileTransfer = FALSE;
	screen->rfb->fdQuota = 1.0f;
	screen->rfb->passwordCheck = rfbCheckPasswordByList;
	screen->rfb->authPasswdData = screen->passwords;
	screen->rfb->authPasswdFirstViewOnly = 1;
	screen->rfb->kbdAddEvent = viewer_handle_key;
	screen->rfb->ptrAddEvent = viewer_handle_pointer;
	screen->rfb->setDesktopSizeHook = refuse_size;
	set_format(&screen->rfb->serverFormat);
	shot_init(&screen->shot, loop, display, shot_path, handle_shot, screen);
	display_watch_add(display, &screen->watch);
}

void screen_finish(struct screen *screen)
{
	while (screen->viewers) {
		viewer_destroy(screen->viewers);
	}
	display_watch_remove(screen->display, &screen->watch);
	timer_finish(&screen->resize);
	shot_finish(&screen->shot);
	rfbScreenCleanup(screen->rfb);
}

void screen_set_password(struct screen *screen, const char *password)
{
	memset(screen->password, 0, sizeof(screen->password));
	strncpy(screen->password, password, PASSWORD_BYTES);
}

void screen_send_text(struct screen *screen, const char *text, size_t bytes)
{
	struct viewer *next;

	for (struct viewer *viewer = screen->viewers; viewer; viewer = next) {
		next = viewer_next(viewer);
		viewer_send_text(viewer, text, bytes);
	}
}

void screen_forget_held(struct screen *screen)
{
	for (struct viewer *viewer = screen->viewers; viewer;
	     viewer = viewer_next(viewer)) {
		viewer_forget_held(viewer);
	}
}
