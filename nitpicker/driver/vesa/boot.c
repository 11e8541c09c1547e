#include "boot.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

static const char path[] = "/dev/fb0";

static bool has_layout(const struct fb_var_screeninfo *mode)
{
	unsigned red = mode->red.offset, green = mode->green.offset;

	return !mode->blue.offset &&
	       (mode->bits_per_pixel == 16 ? red == 11 && green == 5
					   : (mode->bits_per_pixel == 24 ||
					      mode->bits_per_pixel == 32) &&
						     red == 16 && green == 8);
}

static bool is_usable(const struct fb_var_screeninfo *mode,
		      const struct fb_fix_screeninfo *memory)
{
	return memory->type == FB_TYPE_PACKED_PIXELS && has_layout(mode) &&
	       mode->xres && mode->xres <= LIMIT_SIDE && mode->yres &&
	       mode->yres <= LIMIT_SIDE &&
	       memory->line_length >= mode->xres * mode->bits_per_pixel / 8 &&
	       (uint64_t)memory->line_length * mode->yres <= memory->smem_len;
}

int boot_framebuffer(struct screen_mode *mode, uint64_t *offset)
{
	struct fb_var_screeninfo variable;
	struct fb_fix_screeninfo fixed;
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0 || ioctl(fd, FBIOGET_VSCREENINFO, &variable) < 0 ||
	    ioctl(fd, FBIOGET_FSCREENINFO, &fixed) < 0) {
		log_error("%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (!is_usable(&variable, &fixed)) {
		log_error("%s: %ux%u with %u bits can't be used", path,
			  variable.xres, variable.yres,
			  variable.bits_per_pixel);
		close(fd);
		return -1;
	}
	*mode = (struct screen_mode){
		.w = variable.xres,
		.h = variable.yres,
		.stride = fixed.line_length,
		.depth = variable.bits_per_pixel,
		.scale = 100,
	};
	/* The device maps whole pages; a picture may begin within one. */
	*offset = fixed.smem_start % PAGE_BYTES;
	return fd;
}
