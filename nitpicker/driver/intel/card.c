#include "card.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

enum { CARDS_MAX = 16 };

char *card_driver(int fd)
{
	drmVersionPtr version = drmGetVersion(fd);
	char *name = xstrdup(version && version->name ? version->name : "?");

	drmFreeVersion(version);
	return name;
}

static bool is_intel(int fd)
{
	char *driver = card_driver(fd);
	bool intel = !strcmp(driver, "i915") || !strcmp(driver, "xe");

	free(driver);
	return intel;
}

static bool has_modes(int fd)
{
	drmModeResPtr resources = drmModeGetResources(fd);
	uint64_t dumb = 0;
	bool has = resources && resources->count_connectors &&
		   resources->count_crtcs &&
		   !drmGetCap(fd, DRM_CAP_DUMB_BUFFER, &dumb) && dumb;

	drmModeFreeResources(resources);
	return has;
}

int card_open(void)
{
	int found = -1;

	for (unsigned i = 0; i < CARDS_MAX; i++) {
		char path[32];
		int fd;

		snprintf(path, sizeof(path), "/dev/dri/card%u", i);
		fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
		if (fd < 0)
			continue;
		if (has_modes(fd) &&
		    (found < 0 || (is_intel(fd) && !is_intel(found)))) {
			if (found >= 0)
				close(found);
			found = fd;
		} else {
			close(fd);
		}
	}
	if (found < 0) {
		log_error("no card of /dev/dri can set modes");
	} else if (drmSetMaster(found) && errno != EINVAL) {
		log_error("somebody else has the display (%s)",
			  strerror(errno));
		close(found);
		return -1;
	}
	return found;
}
