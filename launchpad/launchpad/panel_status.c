/*
 * The section of numbers: what was given to whom, by what it is held; the
 * clock; what the desktop's root does when asked twice.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "panel_private.h"

static const char *const names[PANEL_ACTIONS] = {
	[PANEL_LOCK] = "Lock",
	[PANEL_LOG_OUT] = "Log out",
	[PANEL_RESTART] = "Restart",
	[PANEL_POWER_OFF] = "Power off",
};

const char *panel_action_name(enum panel_action action)
{
	return names[action];
}

/* ---- what is asked twice ---- */

static struct widget *overlay_of(struct panel *panel)
{
	return frame_overlay((struct frame *)panel->ui->root);
}

static void answered(void *user, int answer)
{
	struct panel *panel = user;

	panel->status.question = NULL;
	if (answer == 0)
		panel->handler.act(panel->user, panel->status.asked);
}

static void ask(struct panel *panel, enum panel_action action)
{
	static const char *const effects[] = {
		[PANEL_LOG_OUT] = "All programs end; what isn't saved is lost.",
		[PANEL_RESTART] = "All programs end, then the machine starts "
				  "again.",
		[PANEL_POWER_OFF] = "All programs end, then the machine is "
				    "switched off.",
	};
	const char *const answers[] = { names[action], "Cancel", NULL };
	char *title = xasprintf("%s?", names[action]);

	panel_status_forget(panel);
	panel->status.asked = action;
	panel->status.question = toast_ask(panel->ui, overlay_of(panel), title,
					   effects[action], answers, answered,
					   panel);
	ui_set_focus(panel->ui, toast_answer(panel->status.question, 1));
	free(title);
}

void panel_status_forget(struct panel *panel)
{
	if (panel->status.question)
		toast_forget(panel->status.question);
	panel->status.question = NULL;
}

static void lock_pressed(void *user)
{
	struct panel *panel = user;

	panel->handler.act(panel->user, PANEL_LOCK);
}

static void log_out_pressed(void *user)
{
	ask(user, PANEL_LOG_OUT);
}

static void restart_pressed(void *user)
{
	ask(user, PANEL_RESTART);
}

static void power_off_pressed(void *user)
{
	ask(user, PANEL_POWER_OFF);
}

static void create_actions(struct panel *panel, struct widget *parent)
{
	static widget_fn *const pressed[PANEL_ACTIONS] = {
		[PANEL_LOCK] = lock_pressed,
		[PANEL_LOG_OUT] = log_out_pressed,
		[PANEL_RESTART] = restart_pressed,
		[PANEL_POWER_OFF] = power_off_pressed,
	};

	panel->status.actions = panel_buttons(panel, parent);
	widget_set_hidden(panel->status.actions, true);
	for (int i = 0; i < PANEL_ACTIONS; i++) {
		panel->status.tools[i] = tool_create(
			panel->ui, panel->status.actions, names[i], NULL,
			pressed[i], panel);
		widget_set_hidden((struct widget *)panel->status.tools[i],
				  true);
	}
}

void panel_show_action(struct panel *panel, enum panel_action action,
		       bool shown)
{
	bool any = false;

	widget_set_hidden((struct widget *)panel->status.tools[action], !shown);
	for (int i = 0; i < PANEL_ACTIONS; i++)
		any |= !((struct widget *)panel->status.tools[i])->hidden;
	widget_set_hidden(panel->status.actions, !any);
}

/* ---- numbers ---- */

void panel_status_create(struct panel *panel, struct widget *content)
{
	struct box *box = panel_list(panel, content, "status");
	struct widget *row = panel_line(panel, &box->widget, "Quota");
	struct panel_status *status = &panel->status;
	struct box *words;

	status->quota = bar_create(panel->ui, row, BAR_USE, "quota");
	panel_cell(status->quota, ROW_BAR);
	words = box_create(panel->ui, &box->widget, ROLE_NONE, "");
	words->pad_x = 8; /* as rows have it */
	status->sum = label_create(panel->ui, &words->widget, ALIGN_RIGHT, "");
	status->mechanism = label_create(panel->ui, &words->widget, ALIGN_RIGHT,
					 "");
	label_set_minor(status->sum, true);
	label_set_minor(status->mechanism, true);
	create_actions(panel, &box->widget);
}

/* Tenths of a mebibyte. */
static uint64_t tenths(uint64_t bytes)
{
	return (bytes * 10 + (1 << 19)) >> 20;
}

static void show_sum(struct panel *panel, const struct panel_quota *quota)
{
	uint64_t total = tenths(quota->total), own = tenths(quota->reserve);
	uint64_t children = tenths(quota->children);
	/* What is left is the rest of what stands there, so that the sum is
	 * right as it can be read. */
	uint64_t left = total > own + children ? total - own - children : 0;
	char text[160];

	snprintf(text, sizeof(text),
		 "own %llu.%llu + children %llu.%llu + left %llu.%llu = "
		 "%llu.%llu MiB",
		 (unsigned long long)own / 10, (unsigned long long)own % 10,
		 (unsigned long long)children / 10,
		 (unsigned long long)children % 10,
		 (unsigned long long)left / 10, (unsigned long long)left % 10,
		 (unsigned long long)total / 10,
		 (unsigned long long)total % 10);
	label_set_text(panel->status.sum, text);
}

void panel_set_quota(struct panel *panel, const struct panel_quota *quota)
{
	uint64_t given = quota->reserve + quota->children;

	panel->left = quota->total > given ? quota->total - given : 0;
	panel->total = quota->total;
	bar_set(panel->status.quota, given, quota->total, quota->total);
	show_sum(panel, quota);
	panel_group_rescale(&panel->launcher);
	panel_group_rescale(&panel->results);
	for (struct panel_group *g = panel->installed; g; g = g->next)
		panel_group_rescale(g);
	panel_children_rescale(panel);
}

void panel_set_mechanism(struct panel *panel, const char *mechanism)
{
	char *text = xasprintf("held by %s", mechanism);

	label_set_text(panel->status.mechanism, text);
	free(text);
}

void panel_set_clock(struct panel *panel, const char *text)
{
	band_set_note(panel->status_band, text);
}
