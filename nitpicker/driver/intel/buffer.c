#include "buffer.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
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
	*buffer = (struct buffer){
		.card = card,
		.w = w,
		.h = h,
		.shared = -1,
	};
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
	/* Zeroed memory has no descriptor, nor has what failed early. */
	if (buffer->handle && buffer->shared >= 0)
		close(buffer->shared);
	*buffer = (struct buffer){ .card = -1, .shared = -1 };
}

/* Linux: Documentation/driver-api/dma-buf.rst, "CPU Access to DMA Buffer
 * Objects": where a card doesn't see the processor's caches, this is when they
 * are written out. */
static bool access_memory(int fd, uint64_t begin_or_end)
{
	struct dma_buf_sync sync = { .flags = DMA_BUF_SYNC_WRITE |
					      begin_or_end };

	return !drmIoctl(fd, DMA_BUF_IOCTL_SYNC, &sync);
}

/* Not all that can be exported can be mapped. */
static bool can_be_shared(const struct buffer *buffer, int fd)
{
	void *memory = mmap(NULL, buffer->bytes, PROT_READ | PROT_WRITE,
			    MAP_SHARED, fd, 0);

	if (memory == MAP_FAILED)
		return false;
	munmap(memory, buffer->bytes);
	return access_memory(fd, DMA_BUF_SYNC_START);
}

int buffer_export(struct buffer *buffer)
{
	int fd, given;

	if (drmPrimeHandleToFD(buffer->card, buffer->handle,
			       DRM_CLOEXEC | DRM_RDWR, &fd))
		return -1;
	given = can_be_shared(buffer, fd) ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
	if (given < 0)
		close(fd);
	else
		buffer->shared = fd;
	return given;
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
	if (buffer->shared >= 0) {
		access_memory(buffer->shared, DMA_BUF_SYNC_END);
		access_memory(buffer->shared, DMA_BUF_SYNC_START);
	}
	for (size_t at = 0; at < count; at += CLIPS_MAX)
		flush_some(buffer, rects + at,
			   count - at < CLIPS_MAX ? count - at : CLIPS_MAX);
}
