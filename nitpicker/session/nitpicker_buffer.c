/*
 * libnitpicker: the buffer, its quota, its frames.
 */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "session/client_private.h"
#include "session/nitpicker_private.h"

static size_t pixel_bytes(uint32_t format)
{
	return format == FORMAT_RGB565 ? 2 : 4;
}

/* What a buffer may cost: rows may be rounded up to 64 bytes. */
static uint64_t cost(uint32_t w, uint32_t h, uint32_t format)
{
	uint64_t stride = (w * pixel_bytes(format) + 63) & ~(uint64_t)63;

	return page_round(stride * h);
}

enum wire_status nitpicker_donate(struct nitpicker *nitpicker, uint64_t bytes)
{
	enum wire_status status = parent_upgrade(nitpicker->parent,
						 nitpicker->id, bytes);

	if (status == WIRE_OK)
		nitpicker->donated += bytes;
	return status;
}

/* All that counts at once when a buffer of that cost is made. */
static enum wire_status donate_for(struct nitpicker *nitpicker, uint64_t bytes)
{
	uint64_t needed = SESSION_OVERHEAD + nitpicker->replaced +
			  page_round(nitpicker->memory.bytes) + bytes;

	if (nitpicker->donated >= needed)
		return WIRE_OK;
	return nitpicker_donate(nitpicker, needed - nitpicker->donated);
}

static void copy_content(struct nitpicker_memory *to,
			 const struct nitpicker_memory *from)
{
	uint32_t w = to->w < from->w ? to->w : from->w;
	uint32_t h = to->h < from->h ? to->h : from->h;
	size_t bytes = w * pixel_bytes(to->format);

	if (!from->pixels || to->format != from->format)
		return;
	for (uint32_t y = 0; y < h; y++)
		memcpy((char *)to->pixels + y * to->stride,
		       (const char *)from->pixels + y * from->stride, bytes);
}

/* False when what the server made is not what it says. */
static bool map(struct nitpicker_memory *memory,
		const struct nitpicker_buffer_made *made)
{
	uint64_t needed = (uint64_t)made->stride * memory->h;

	if (made->stride < memory->w * pixel_bytes(memory->format) ||
	    made->bytes < needed || !memory_is_buffer(memory->fd, made->bytes))
		return false;
	memory->stride = made->stride;
	memory->bytes = needed;
	memory->pixels = memory_map(memory->fd, needed, true);
	return memory->pixels != NULL;
}

enum wire_status nitpicker_make_buffer(struct nitpicker *nitpicker, uint32_t w,
				       uint32_t h, uint32_t format)
{
	struct nitpicker_buffer body = { .w = w, .h = h, .format = format };
	struct nitpicker_memory *old = &nitpicker->memory;
	struct nitpicker_memory memory = { .w = w, .h = h, .format = format };
	struct nitpicker_buffer_made made;
	enum wire_status status;

	status = donate_for(nitpicker, cost(w, h, format));
	if (status != WIRE_OK)
		return status;
	status = wire_call(nitpicker->wire, OP_nitpicker_buffer, &body, -1,
			   &made, &memory.fd);
	if (status == WIRE_QUOTA_EXCEEDED) {
		/* Its bookkeeping is larger than we know: once more. */
		status = nitpicker_donate(nitpicker, cost(w, h, format));
		if (status == WIRE_OK)
			status = wire_call(nitpicker->wire, OP_nitpicker_buffer,
					   &body, -1, &made, &memory.fd);
	}
	if (status != WIRE_OK)
		return status;
	if (!map(&memory, &made)) {
		close(memory.fd);
		return WIRE_INVALID;
	}
	copy_content(&memory, old);
	if (!nitpicker->replaced)
		nitpicker->replaced = page_round(old->bytes);
	nitpicker_free_buffer(nitpicker);
	*old = memory;
	return WIRE_OK;
}

enum wire_status nitpicker_set_buffer(struct nitpicker *nitpicker, uint32_t w,
				      uint32_t h, enum pixel_format format)
{
	const struct nitpicker_memory *memory = &nitpicker->memory;

	if (!w || !h || w > LIMIT_SIDE || h > LIMIT_SIDE ||
	    format > FORMAT_LAST)
		return WIRE_INVALID;
	if (memory->pixels && memory->w == w && memory->h == h &&
	    memory->format == format)
		return WIRE_OK;
	if (!nitpicker->wire || nitpicker->resuming)
		return WIRE_GONE;
	return nitpicker_make_buffer(nitpicker, w, h, format);
}

void nitpicker_swapped(struct nitpicker *nitpicker)
{
	nitpicker->replaced = 0;
}

void nitpicker_free_buffer(struct nitpicker *nitpicker)
{
	struct nitpicker_memory *memory = &nitpicker->memory;

	if (!memory->pixels)
		return;
	memory_unmap(memory->pixels, memory->bytes);
	close(memory->fd);
	*memory = (struct nitpicker_memory){ .fd = -1 };
}

void *nitpicker_pixels(const struct nitpicker *nitpicker)
{
	return nitpicker->memory.pixels;
}

size_t nitpicker_stride(const struct nitpicker *nitpicker)
{
	return nitpicker->memory.stride;
}

int nitpicker_buffer_fd(const struct nitpicker *nitpicker)
{
	return nitpicker->memory.pixels ? nitpicker->memory.fd : -1;
}

uint32_t nitpicker_refresh(struct nitpicker *nitpicker,
			   const struct rect *rects, size_t count)
{
	/* 0 is the frame that shows everything to a new server. */
	uint32_t frame = nitpicker->frame + 1 ? nitpicker->frame + 1 : 1;

	if (!nitpicker->memory.pixels || nitpicker->ended)
		return 0;
	nitpicker_stack_first_view(nitpicker);
	if (nitpicker->wire && !nitpicker->resuming) {
		if (client_refresh(nitpicker->wire, frame, rects, count,
				   nitpicker->memory.w, nitpicker->memory.h))
			nitpicker_swapped(nitpicker);
		else if (!wire_is_over(nitpicker->wire))
			return 0;
	}
	/* Without a server it counts, too: the next one gets all. */
	nitpicker->frame = frame;
	return frame;
}
