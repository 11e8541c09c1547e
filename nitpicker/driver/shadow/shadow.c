#include "shadow.h"

#include <errno.h>
#include <unistd.h>

#include "base/memory.h"

bool shadow_init(struct shadow *shadow, uint32_t w, uint32_t h, unsigned depth)
{
	uint32_t stride = w * (depth == 16 ? 2 : 4);
	size_t bytes = (size_t)stride * h;
	int fd = memory_create_buffer("output", bytes);
	void *memory = NULL;

	if (fd >= 0 && memory_allocate(fd, 0, bytes))
		memory = memory_map(fd, bytes, false);
	if (!memory) {
		int why = errno;

		if (fd >= 0)
			close(fd);
		*shadow = (struct shadow){ .fd = -1 };
		errno = why;
		return false;
	}
	*shadow = (struct shadow){
		.fd = fd,
		.memory = memory,
		.w = w,
		.h = h,
		.stride = stride,
		.format = depth == 16 ? BLIT_RGB565 : BLIT_XRGB8888,
	};
	return true;
}

void shadow_finish(struct shadow *shadow)
{
	if (shadow->memory)
		memory_unmap(shadow->memory,
			     (size_t)shadow->stride * shadow->h);
	if (shadow->memory && shadow->fd >= 0)
		close(shadow->fd);
	*shadow = (struct shadow){ .fd = -1 };
}

/* Blue, green, red; no byte between. */
static void pack_row(uint8_t *to, const uint32_t *from, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++, to += 3) {
		to[0] = (uint8_t)from[i];
		to[1] = (uint8_t)(from[i] >> 8);
		to[2] = (uint8_t)(from[i] >> 16);
	}
}

static void pack(const struct shadow *shadow,
		 const struct shadow_target *target, const struct rect *rect)
{
	for (int32_t y = rect->y; y < rect->y + rect->h; y++) {
		const uint8_t *row = (const uint8_t *)shadow->memory +
				     (size_t)y * shadow->stride;

		pack_row(target->memory + (size_t)y * target->stride +
				 (size_t)rect->x * 3,
			 (const uint32_t *)row + rect->x, (uint32_t)rect->w);
	}
}

void shadow_show(const struct shadow *shadow,
		 const struct shadow_target *target, const struct rect *rects,
		 size_t count)
{
	const struct blit_surface from = {
		.pixels = shadow->memory,
		.stride = shadow->stride,
		.width = (int)shadow->w,
		.height = (int)shadow->h,
		.format = shadow->format,
	};
	struct blit_surface to = from;

	to.pixels = target->memory;
	to.stride = target->stride;
	to.slow_read = true;
	for (size_t i = 0; i < count; i++) {
		const struct rect *r = &rects[i];

		if (target->depth == 24)
			pack(shadow, target, r);
		else
			blit_copy(&to, &from,
				  (struct blit_area){ r->x, r->y, r->w, r->h,
						      r->x, r->y });
	}
}
