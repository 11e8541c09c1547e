/*
 * Which displays show a picture, each in the mode that the config asks for. The
 * picture is as large as the largest of the modes; smaller displays show its
 * upper left part.
 */
#ifndef DRIVER_INTEL_LAYOUT_H
#define DRIVER_INTEL_LAYOUT_H

#include "base/config.h"
#include "connector.h"

struct wish {
	char name[32]; /* of a connector */
	bool enabled;
	uint32_t w, h, hz; /* 0: as the display prefers */
};

struct layout_options {
	uint32_t w, h; /* for all without a wish of their own; 0: preferred */
	bool mirror; /* all displays show the same */
	struct wish wishes[CONNECTORS_MAX];
	unsigned wish_count;
};

/* One display that is on. */
struct head {
	char name[32]; /* of its connector */
	uint32_t connector, crtc;
	drmModeModeInfo mode;
	uint32_t w_mm, h_mm; /* 0: not known */
};

struct layout {
	struct head heads[CONNECTORS_MAX];
	unsigned count;
	uint32_t w, h; /* of the picture */
	uint32_t refresh; /* of the first, mHz */
	uint32_t w_mm, h_mm; /* of the largest, 0: not known */
};

void layout_options_read(const struct config_node *config,
			 struct layout_options *options);

/* False: no display is on. Complains in the log about modes that aren't there.
 */
bool layout_choose(struct layout *layout, const struct connectors *connectors,
		   const struct layout_options *options, int card);

/* That display alone. */
void layout_of_head(struct layout *layout, const struct head *head);

bool layout_equal(const struct layout *a, const struct layout *b);

/* All heads show that framebuffer (0: they go dark). False with one log line
 * when none does. */
bool layout_show(const struct layout *layout, int card, uint32_t framebuffer);

#endif
