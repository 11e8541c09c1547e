#include "screen.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

enum { RATE_MHZ = 60000 }; /* nobody tells when the display is refreshed */

static void handle_refresh(void *user, const struct rect *rects, size_t count,
			   bool end)
{
	struct screen *screen = user;

	(void)end;
	if (screen->shadow.memory && !screen->away)
		shadow_show(&screen->shadow, &screen->target, rects, count);
}

static enum wire_status handle_wish(void *user, uint32_t w, uint32_t h)
{
	struct screen *screen = user;

	return screen->wish ? screen->wish(screen->user, w, h) : WIRE_DENIED;
}

static const struct framebuffer_server_handler handler = {
	.refresh = handle_refresh,
	.mode_wish = handle_wish,
};

static void forget_memory(struct screen *screen)
{
	shadow_finish(&screen->shadow);
	if (screen->mapped)
		munmap(screen->mapping, screen->mapped);
	screen->mapped = 0;
}

static bool map_target(struct screen *screen, const struct screen_mode *mode,
		       int fd, uint64_t offset)
{
	size_t within = offset % PAGE_BYTES;
	size_t bytes = (size_t)mode->stride * mode->h;
	uint8_t *memory = mmap(NULL, bytes + within, PROT_READ | PROT_WRITE,
			       MAP_SHARED, fd, (off_t)(offset - within));

	if (memory == MAP_FAILED) {
		log_error("the memory of the display: %s", strerror(errno));
		return false;
	}
	screen->target = (struct shadow_target){
		.memory = memory + within,
		.stride = mode->stride,
		.depth = mode->depth,
	};
	screen->mapping = memory;
	screen->mapped = bytes + within;
	memset(memory + within, 0, bytes);
	return true;
}

static bool is_direct(const struct screen_mode *mode, uint64_t offset)
{
	return !offset && mode->depth != 24 &&
	       mode->stride % (mode->depth / 8) == 0;
}

/* Takes `fd` over. */
static void announce(struct screen *screen, const struct screen_mode *mode,
		     uint32_t stride, int fd, bool direct)
{
	if (!screen->server)
		screen->server = framebuffer_server_create(
			screen->loop, screen->parent, "vesa", &handler, screen);
	framebuffer_server_set_mode(
		screen->server,
		&(struct framebuffer_mode_info){
			.w = mode->w,
			.h = mode->h,
			.stride = stride,
			.format = mode->depth == 16 ? FORMAT_RGB565
						    : FORMAT_XRGB8888,
			.mm_w = mode->w_mm,
			.mm_h = mode->h_mm,
			.scale = mode->scale,
			.refresh = RATE_MHZ,
			.flags = direct ? FRAMEBUFFER_SLOW_READ : 0,
		},
		fd);
}

bool screen_set_mode(struct screen *screen, const struct screen_mode *mode,
		     int fd, uint64_t offset, bool buffered)
{
	bool direct = !buffered && is_direct(mode, offset);
	int given;

	forget_memory(screen);
	if (!map_target(screen, mode, fd, offset)) {
		close(fd);
		return false;
	}
	if (direct) {
		announce(screen, mode, mode->stride, fd, true);
		return true;
	}
	close(fd);
	if (!shadow_init(&screen->shadow, mode->w, mode->h, mode->depth) ||
	    (given = dup(screen->shadow.fd)) < 0) {
		log_error("memory for the picture: %s", strerror(errno));
		return false;
	}
	announce(screen, mode, screen->shadow.stride, given, false);
	return true;
}

void screen_set_active(struct screen *screen, bool active)
{
	const struct rect all = { 0, 0, (int32_t)screen->shadow.w,
				  (int32_t)screen->shadow.h };

	screen->away = !active;
	if (active && screen->shadow.memory)
		shadow_show(&screen->shadow, &screen->target, &all, 1);
	if (screen->server)
		framebuffer_server_set_hidden(screen->server, !active);
}

void screen_finish(struct screen *screen)
{
	framebuffer_server_destroy(screen->server);
	forget_memory(screen);
}
