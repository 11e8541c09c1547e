/*
 * face: what the locked screen shows.
 */
#ifndef NITLOCK_FACE_H
#define NITLOCK_FACE_H

#include "base/loop.h"
#include "scout/widget/widgets.h"

struct face_handler {
	/* The user wrote that and pressed Enter. */
	void (*entered)(void *user, const char *text);
	/* The user wants no password after all. */
	void (*cancelled)(void *user);
};

struct face_options {
	struct loop *loop;
	bool clock;
	const struct face_handler *handler;
	void *user;
};

struct face;
struct face *face_create(struct ui *ui, struct widget *body,
			 const struct face_options *options);
void face_destroy(struct face *face); /* the widgets stay the window's */

/* What is to be written; `can_cancel`: it need not be. Empties the field. */
void face_ask(struct face *face, const char *prompt, bool can_cancel);
/* What the user should know; "": nothing. */
void face_say(struct face *face, const char *words);
/* What was written is wrong. */
void face_refuse(struct face *face, const char *words);
/* Takes nothing meanwhile. */
void face_wait(struct face *face, bool on);

#endif
