#include "face.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "clock.h"
#include "dots.h"
#include "scout/widget/controls.h"

struct face {
	struct ui *ui;
	struct label *prompt, *words;
	struct dots *dots;
	struct tool *done, *cancel;
	struct face_handler handler;
	void *user;
};

static void entered(void *user)
{
	struct face *face = user;

	face->handler.entered(face->user, dots_text(face->dots));
}

static void cancelled(void *user)
{
	struct face *face = user;

	face->handler.cancelled(face->user);
}

struct face *face_create(struct ui *ui, struct widget *body,
			 const struct face_options *options)
{
	struct face *face = xcalloc(1, sizeof(*face));
	struct box *page = box_create(ui, body, ROLE_NONE, ""), *buttons;
	struct widget *space;

	*face = (struct face){
		.ui = ui,
		.handler = *options->handler,
		.user = options->user,
	};
	page->pad_x = page->pad_top = page->pad_bottom = 24;
	page->gap = 8;
	if (options->clock)
		clock_create(ui, &page->widget, options->loop);
	face->prompt = label_create(ui, &page->widget, ALIGN_CENTER, "");
	face->dots = dots_create(ui, &page->widget, "password", entered, face);
	face->words = label_create(ui, &page->widget, ALIGN_CENTER, "");
	label_set_minor(face->words, true);
	label_set_wrapped(face->words, true);
	buttons = box_create(ui, &page->widget, ROLE_NONE, "");
	buttons->across = true;
	buttons->gap = 8;
	space = &box_create(ui, &buttons->widget, ROLE_NONE, "")->widget;
	space->grow = true;
	face->cancel = tool_create(ui, &buttons->widget, "Don't lock", NULL,
				   cancelled, face);
	face->done = tool_create(ui, &buttons->widget, "Unlock", NULL, entered,
				 face);
	space = &box_create(ui, &buttons->widget, ROLE_NONE, "")->widget;
	space->grow = true;
	return face;
}

void face_destroy(struct face *face)
{
	free(face);
}

static void give_keyboard(struct face *face)
{
	ui_set_focus(face->ui, (struct widget *)face->dots);
}

void face_ask(struct face *face, const char *prompt, bool can_cancel)
{
	label_set_text(face->prompt, prompt);
	dots_clear(face->dots);
	widget_set_hidden((struct widget *)face->cancel, !can_cancel);
	widget_set_name((struct widget *)face->done,
			can_cancel ? "Go on" : "Unlock");
	give_keyboard(face);
}

void face_say(struct face *face, const char *words)
{
	label_set_text(face->words, words);
}

void face_refuse(struct face *face, const char *words)
{
	face_say(face, words);
	dots_refuse(face->dots);
	give_keyboard(face);
}

void face_wait(struct face *face, bool on)
{
	widget_set_disabled((struct widget *)face->dots, on);
	widget_set_disabled((struct widget *)face->done, on);
	if (!on)
		give_keyboard(face);
}
