/*
 * The Framebuffer service over memory that a display shows. A client draws into
 * that memory itself where it can: whole pixels of 16 or 32 bits at the
 * beginning of what the descriptor maps. Else, or when asked for (`buffered`),
 * it draws into ordinary memory, and the damage is copied.
 */
#ifndef DRIVER_VESA_SCREEN_H
#define DRIVER_VESA_SCREEN_H

#include "driver/shadow/shadow.h"
#include "session/framebuffer.h"

struct screen_mode {
	uint32_t w, h, stride; /* pixels, bytes */
	unsigned depth; /* bits of a pixel: 16, 24, 32 */
	uint32_t w_mm, h_mm; /* of the display; 0: not known */
	uint32_t scale; /* percent */
};

struct screen {
	struct loop *loop;
	struct parent *parent;
	struct framebuffer_server *server; /* from the first mode on */
	struct shadow shadow;
	struct shadow_target target;
	void *mapping; /* the target's whole pages */
	size_t mapped; /* bytes of them, 0: none */
	bool away; /* another console has the display */
	/* What a client wishes; see framebuffer_server_handler. May be NULL. */
	enum wire_status (*wish)(void *user, uint32_t w, uint32_t h);
	void *user;
};

/*
 * Shows a new mode: `fd`, taken over, maps the display's memory at `offset`.
 * The picture is black. False with one log line: nothing is shown.
 */
bool screen_set_mode(struct screen *screen, const struct screen_mode *mode,
		     int fd, uint64_t offset, bool buffered);
/* The display is another's, or ours again. Only for pictures that are copied:
 * what a client draws to itself can't be kept back. */
void screen_set_active(struct screen *screen, bool active);
void screen_finish(struct screen *screen);

#endif
