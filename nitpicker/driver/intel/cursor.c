#include "cursor.h"

#include <string.h>
#include <sys/mman.h>

static bool make_memory(struct cursor *cursor)
{
	uint64_t offset;
	void *memory;

	if (drmModeCreateDumbBuffer(cursor->card, CURSOR_SIDE, CURSOR_SIDE, 32,
				    0, &cursor->handle, &cursor->stride,
				    &cursor->bytes) ||
	    drmModeMapDumbBuffer(cursor->card, cursor->handle, &offset))
		return false;
	memory = mmap(NULL, cursor->bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
		      cursor->card, (off_t)offset);
	if (memory == MAP_FAILED)
		return false;
	cursor->memory = memory;
	memset(memory, 0, cursor->bytes);
	return true;
}

bool cursor_init(struct cursor *cursor, int card, const struct layout *layout)
{
	*cursor = (struct cursor){ .card = card };
	/* Whether it can is only told by trying. */
	if (layout->count && make_memory(cursor) &&
	    !drmModeSetCursor2(card, layout->heads[0].crtc, cursor->handle,
			       CURSOR_SIDE, CURSOR_SIDE, 0, 0)) {
		drmModeSetCursor2(card, layout->heads[0].crtc, 0, 0, 0, 0, 0);
		return true;
	}
	cursor_finish(cursor);
	return false;
}

void cursor_finish(struct cursor *cursor)
{
	if (cursor->memory)
		munmap(cursor->memory, cursor->bytes);
	if (cursor->handle)
		drmModeDestroyDumbBuffer(cursor->card, cursor->handle);
	*cursor = (struct cursor){ .card = -1 };
}

void cursor_show(const struct cursor *cursor, const struct layout *layout)
{
	bool visible = cursor->visible && cursor->has_image;

	if (!cursor->handle)
		return;
	for (unsigned i = 0; i < layout->count; i++) {
		uint32_t crtc = layout->heads[i].crtc;

		drmModeSetCursor2(
			cursor->card, crtc, visible ? cursor->handle : 0,
			visible ? CURSOR_SIDE : 0, visible ? CURSOR_SIDE : 0,
			cursor->hot_x, cursor->hot_y);
		if (visible)
			drmModeMoveCursor(cursor->card, crtc,
					  cursor->x - cursor->hot_x,
					  cursor->y - cursor->hot_y);
	}
}

void cursor_set_image(struct cursor *cursor, const struct layout *layout,
		      uint32_t w, uint32_t h, int32_t hot_x, int32_t hot_y,
		      const uint32_t *pixels)
{
	memset(cursor->memory, 0, cursor->bytes);
	for (uint32_t y = 0; y < h; y++)
		memcpy(cursor->memory + y * cursor->stride, pixels + y * w,
		       w * sizeof(*pixels));
	cursor->hot_x = hot_x;
	cursor->hot_y = hot_y;
	cursor->has_image = w && h;
	cursor_show(cursor, layout);
}

void cursor_move(struct cursor *cursor, const struct layout *layout, int32_t x,
		 int32_t y, bool visible)
{
	bool changed = visible != cursor->visible;

	cursor->x = x;
	cursor->y = y;
	cursor->visible = visible;
	if (changed) {
		cursor_show(cursor, layout);
		return;
	}
	for (unsigned i = 0; visible && i < layout->count; i++)
		drmModeMoveCursor(cursor->card, layout->heads[i].crtc,
				  x - cursor->hot_x, y - cursor->hot_y);
}
