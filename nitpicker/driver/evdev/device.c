#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/log.h"

int device_open(const char *path, int flags, bool shared)
{
	int fd = open(path, flags | O_CLOEXEC | O_NOCTTY);

	if (fd < 0) {
		int why = errno;

		log_warning("%s: %s", path, strerror(why));
		return -why;
	}
	/* Or the text console would type along. It ends when we do. */
	if (!shared && ioctl(fd, EVIOCGRAB, 1) < 0)
		log_warning("%s: somebody else has it (%s)", path,
			    strerror(errno));
	return fd;
}
