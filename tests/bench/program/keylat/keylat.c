/*
 * bench_keylat N: gives the focus to the largest window of the display, then N
 * times presses the key "a" (XTest) and waits for damage of that window
 * (XDamage). Prints each time in nanoseconds, one a line. Pauses of 18 to 26 ms
 * in between: longer than a frame, so that none waits for the one before.
 */
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <X11/keysym.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LIMIT_MS = 2000 };

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void nap(long ns)
{
	nanosleep(&(struct timespec){ .tv_nsec = ns }, NULL);
}

static Window largest_window(Display *display)
{
	Window root, parent, *children = NULL, found = None;
	unsigned count = 0;
	long best = 0;

	XQueryTree(display, DefaultRootWindow(display), &root, &parent,
		   &children, &count);
	for (unsigned i = 0; i < count; i++) {
		XWindowAttributes a;

		if (!XGetWindowAttributes(display, children[i], &a) ||
		    a.map_state != IsViewable ||
		    (long)a.width * a.height <= best)
			continue;
		best = (long)a.width * a.height;
		found = children[i];
	}
	if (children)
		XFree(children);
	return found;
}

/* False when nothing happened for LIMIT_MS. */
static bool wait_damage(Display *display, int notify, Damage damage)
{
	struct pollfd poll_fd = { ConnectionNumber(display), POLLIN, 0 };
	XEvent event;

	for (;;) {
		while (XPending(display)) {
			XNextEvent(display, &event);
			if (event.type == notify) {
				XDamageSubtract(display, damage, None, None);
				return true;
			}
		}
		if (poll(&poll_fd, 1, LIMIT_MS) <= 0)
			return false;
	}
}

int main(int argc, char **argv)
{
	int count = argc == 2 ? atoi(argv[1]) : 0;
	Display *display = XOpenDisplay(NULL);
	int base, error;
	Window window;
	Damage damage;
	KeyCode key;

	if (count <= 0 || !display ||
	    !XDamageQueryExtension(display, &base, &error)) {
		fprintf(stderr, "usage: bench_keylat N, on an X display with "
				"DAMAGE\n");
		return 2;
	}
	window = largest_window(display);
	if (window == None)
		return 3;
	XSetInputFocus(display, window, RevertToParent, CurrentTime);
	XWarpPointer(display, None, window, 0, 0, 0, 0, 640, 400);
	key = XKeysymToKeycode(display, XK_a);
	damage = XDamageCreate(display, window, XDamageReportNonEmpty);
	XSync(display, False);
	nap(50000000);
	XDamageSubtract(display, damage, None, None);
	XSync(display, True);
	for (int i = 0; i < count; i++) {
		uint64_t start;

		nap(18000000 + rand() % 8000000);
		start = now();
		XTestFakeKeyEvent(display, key, True, CurrentTime);
		XFlush(display);
		if (!wait_damage(display, base + XDamageNotify, damage)) {
			fprintf(stderr, "bench_keylat: no damage\n");
			return 1;
		}
		printf("%llu\n", (unsigned long long)(now() - start));
		XTestFakeKeyEvent(display, key, False, CurrentTime);
		XFlush(display);
	}
	XCloseDisplay(display);
	return 0;
}
