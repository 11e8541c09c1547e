/*
 * The least an X program can do for a rectangle of 64x64 pixels: draw it into
 * shared memory, one XShmPutImage, wait for the server. A line "N" on standard
 * input asks for N of them, 60 a second; "ok" answers.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>

enum { W = 1280, H = 800, SIDE = 64, AT = 128, PERIOD_NS = 1000000000 / 60 };

static void wait_period(struct timespec *next)
{
	next->tv_nsec += PERIOD_NS;
	if (next->tv_nsec >= 1000000000) {
		next->tv_nsec -= 1000000000;
		next->tv_sec++;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, next, NULL);
}

static void frame(Display *display, Window window, GC gc, XImage *image,
		  uint32_t color)
{
	for (int y = AT; y < AT + SIDE; y++) {
		uint32_t *row = (uint32_t *)(image->data +
					     y * image->bytes_per_line);

		for (int x = AT; x < AT + SIDE; x++)
			row[x] = color;
	}
	XShmPutImage(display, window, gc, image, AT, AT, AT, AT, SIDE, SIDE,
		     False);
	XSync(display, False);
}

int main(void)
{
	Display *display = XOpenDisplay(NULL);
	XShmSegmentInfo segment = { 0 };
	XImage *image;
	Window window;
	XEvent event;
	GC gc;
	char line[32];

	if (!display || !XShmQueryExtension(display)) {
		fprintf(stderr, "bench_xshm: no X display with MIT-SHM\n");
		return 3;
	}
	window = XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0,
				     W, H, 0, 0, 0);
	XSelectInput(display, window, ExposureMask);
	XMapWindow(display, window);
	XWindowEvent(display, window, ExposureMask, &event);
	gc = XCreateGC(display, window, 0, NULL);
	image = XShmCreateImage(display, DefaultVisual(display, 0),
				(unsigned)DefaultDepth(display, 0), ZPixmap,
				NULL, &segment, W, H);
	segment.shmid = shmget(IPC_PRIVATE, (size_t)image->bytes_per_line * H,
			       IPC_CREAT | 0600);
	segment.shmaddr = image->data = shmat(segment.shmid, NULL, 0);
	if (!XShmAttach(display, &segment))
		return 1;
	XSync(display, False);
	shmctl(segment.shmid, IPC_RMID, NULL);
	printf("ready\n");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		struct timespec next;

		clock_gettime(CLOCK_MONOTONIC, &next);
		for (unsigned n = (unsigned)strtoul(line, NULL, 10); n; n--) {
			frame(display, window, gc, image,
			      n & 1 ? 0x204060 : 0xdfbf9f);
			wait_period(&next);
		}
		printf("ok\n");
		fflush(stdout);
	}
	XCloseDisplay(display);
	return 0;
}
