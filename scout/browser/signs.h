/*
 * Round glass buttons and the signs on them, drawn at the size that is needed.
 */
#ifndef SCOUT_BROWSER_SIGNS_H
#define SCOUT_BROWSER_SIGNS_H

#include "scout/widget/widgets.h"

enum sign {
	SIGN_HOME,
	SIGN_BACK,
	SIGN_FORWARD,
	SIGN_CONTENTS,
	SIGN_HELP,
	SIGN_FIND,
	SIGN_UP,
	SIGN_DOWN,
	SIGN_CLOSE,
};

/* The face of a button of that side; glow 0..1. */
void paint_round_face(struct gfx *gfx, float x, float y, float side, float glow,
		      bool down);
void paint_sign(struct gfx *gfx, float x, float y, float side, enum sign sign,
		uint32_t color, int alpha);

typedef void sign_button_fn(void *user);

struct sign_button;
struct sign_button *sign_button_create(struct ui *ui, struct widget *parent,
				       enum sign sign, int side,
				       const char *name, sign_button_fn *fn,
				       void *user);
void sign_button_enable(struct sign_button *button, bool enabled);
/* A ring says that one is there. */
void sign_button_mark(struct sign_button *button, bool marked);

#endif
