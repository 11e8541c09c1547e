#include "buffer.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

enum { CLIPS_MAX = 64 };

static bool add_framebuffer(struct buffer *buffer)
{
	const uint32_t handles[4] = { buffer->handle };
	const uint32_t strides[4] = { buffer->stride };
	const uint32_t offsets[4] = { 0 };

	return !drmModeAddFB2(buffer->card, buffer->w, buffer->h,
			      DRM_FORMAT_XRGB8888, handles, strides, offsets,
			      &buffer->id, 0);
}

static bool map(struct buffer *buffer)
{
	uint64_t offset;
	void *memory;

	if (drmModeMapDumbBuffer(buffer->card, buffer->handle, &offset))
		return false;
	memory = mmap(NULL, buffer->bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
		      buffer->card, (off_t)offset);
	if (memory == MAP_FAILED)
		return false;
	buffer->memory = memory;
	memset(memory, 0, buffer->bytes);
	return true;
}

bool buffer_init(struct buffer *buffer, int card, uint32_t w, uint32_t h)
{
	*buffer = (struct buffer){ .card = card, .w = w, .h = h };
	if (!drmModeCreateDumbBuffer(card, w, h, 32, 0, &buffer->handle,
				     &buffer->stride, &buffer->bytes) &&
	    add_framebuffer(buffer) && map(buffer))
		return true;
	log_error("%ux%u pixels of the card: %s", w, h, strerror(errno));
	buffer_finish(buffer);
	return false;
}

void buffer_finish(struct buffer *buffer)
{
	if (buffer->memory)
		munmap(buffer->memory, buffer->bytes);
	if (buffer->id)
		drmModeRmFB(buffer->card, buffer->id);
	if (buffer->handle)
		drmModeDestroyDumbBuffer(buffer->card, buffer->handle);
	*buffer = (struct buffer){ .card = -1 };
}

/* Not all that can be exported can be mapped. */
int buffer_export(const struct buffer *buffer)
{
	int fd;
	void *memory;

	if (drmPrimeHandleToFD(buffer->card, buffer->handle,
			       DRM_CLOEXEC | DRM_RDWR, &fd))
		return -1;
	memory = mmap(NULL, buffer->bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
		      fd, 0);
	if (memory == MAP_FAILED) {
		close(fd);
		return -1;
	}
	munmap(memory, buffer->bytes);
	return fd;
}

static void flush_some(const struct buffer *buffer, const struct rect *rects,
		       size_t count)
{
	drmModeClip clips[CLIPS_MAX];

	for (size_t i = 0; i < count; i++)
		clips[i] = (drmModeClip){
			.x1 = (uint16_t)rects[i].x,
			.y1 = (uint16_t)rects[i].y,
			.x2 = (uint16_t)(rects[i].x + rects[i].w),
			.y2 = (uint16_t)(rects[i].y + rects[i].h),
		};
	/* ENOSYS: what is written is scanned out anyway. (No clips at all would
	 * mean nothing to some kernels, and everything to others.) */
	drmModeDirtyFB(buffer->card, buffer->id, clips, (uint32_t)count);
}

void buffer_flush(const struct buffer *buffer, const struct rect *rects,
		  size_t count)
{
	for (size_t at = 0; at < count; at += CLIPS_MAX)
		flush_some(buffer, rects + at,
			   count - at < CLIPS_MAX ? count - at : CLIPS_MAX);
}
