/*
 * Children: a row each, that unfolds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "panel_private.h"

enum { DETAILS_PAD = 8, NAME_X = 48 };

struct panel_child {
	struct panel *panel;
	struct panel_child *next;
	struct box *box; /* row and details */
	struct row *row;
	struct sign *fold;
	struct bar *bar;
	struct label *note;
	struct box *kin, *details;
	struct label *words, *grants, *problem;
	struct bar *limit;
	struct graph *cpu, *memory;
	struct lines *output;
	struct tool *raise, *restart;
	uint64_t quota;
	bool alive, running, open;
	void *tag;
};

/* ---- what the user does ---- */

static void child_kill(void *user)
{
	struct panel_child *child = user;

	child->panel->handler.kill(child->panel->user, child->tag);
}

static void child_restart(void *user)
{
	struct panel_child *child = user;

	child->panel->handler.restart(child->panel->user, child->tag);
}

static void child_raise(void *user)
{
	struct panel_child *child = user;

	child->panel->handler.raise(child->panel->user, child->tag);
}

static void child_limit(void *user, uint64_t bytes)
{
	struct panel_child *child = user;

	child->panel->handler.set_limit(child->panel->user, child->tag, bytes);
}

void panel_open_child(struct panel_child *child, bool open)
{
	if (child->open == open)
		return;
	child->open = open;
	sign_set_open(child->fold, open);
	widget_set_hidden(&child->details->widget, !open);
	widget_set_hidden(&child->kin->widget, !open);
	child->panel->handler.unfold(child->panel->user, child->tag, open);
}

bool panel_child_is_open(const struct panel_child *child)
{
	return child->open;
}

static void child_fold(void *user, bool open)
{
	panel_open_child(user, open);
}

static void fold_pressed(void *user)
{
	struct panel_child *child = user;

	panel_open_child(child, !child->open);
}

/* ---- making one ---- */

static void create_row(struct panel_child *child, const char *name)
{
	struct ui *ui = child->panel->ui;
	char *kill_name = xasprintf("kill %s", name);
	char *bar_name = xasprintf("%s use", name);
	char *fold_name = xasprintf("details of %s", name);
	struct widget *row;

	child->row = row_create(ui, &child->box->widget, ROLE_ROW, name);
	row = (struct widget *)child->row;
	row_on_delete(child->row, child_kill, child);
	row_on_open(child->row, child_raise, child_fold);
	child->fold = sign_fold(ui, row, fold_name, fold_pressed, child);
	panel_cell(child->fold, ROW_ICON);
	panel_cell(label_create(ui, row, ALIGN_LEFT, name), ROW_NAME);
	child->bar = bar_create(ui, row, BAR_USE, bar_name);
	panel_cell(child->bar, ROW_BAR);
	child->note = label_create(ui, row, ALIGN_LEFT, "");
	label_set_minor(child->note, true);
	panel_cell(child->note, ROW_BAR);
	widget_set_hidden((struct widget *)child->note, true);
	panel_cell(button_create(ui, row, BUTTON_KILL, kill_name, child_kill,
				 child),
		   ROW_BUTTON);
	free(fold_name);
	free(bar_name);
	free(kill_name);
}

/* Below the names. */
static struct label *minor(struct ui *ui, struct widget *parent)
{
	struct box *box = box_create(ui, parent, ROLE_NONE, "");
	struct label *label = label_create(ui, &box->widget, ALIGN_LEFT, "");

	box->pad_x = NAME_X;

	label_set_minor(label, true);
	return label;
}

static struct graph *graph_line(struct panel_child *child, const char *label,
				const char *name)
{
	struct widget *row = panel_line(child->panel, &child->details->widget,
					label);
	struct graph *graph = graph_create(child->panel->ui, row, name);

	panel_cell(graph, ROW_BAR);
	return graph;
}

static void create_details(struct panel_child *child, const char *name)
{
	struct ui *ui = child->panel->ui;
	struct widget *details, *line;
	char *limit_name = xasprintf("%s limit", name);

	child->details = box_create(ui, &child->box->widget, ROLE_NONE, "");
	details = &child->details->widget;
	child->details->pad_bottom = DETAILS_PAD;
	details->hidden = true;
	child->words = minor(ui, details);
	child->grants = minor(ui, details);
	line = panel_line(child->panel, details, "Quota");
	child->limit = bar_create(ui, line, BAR_GIVE, limit_name);
	panel_cell(child->limit, ROW_BAR);
	bar_on_change(child->limit, child_limit, child);
	child->problem = minor(ui, details);
	widget_set_hidden((struct widget *)child->problem, true);
	child->cpu = graph_line(child, "CPU", "cpu");
	child->memory = graph_line(child, "Memory", "memory");
	child->output = lines_create(ui, details, "output");
	line = panel_buttons(child->panel, details);
	child->raise = tool_create(ui, line, "Show its windows", NULL,
				   child_raise, child);
	child->restart = tool_create(ui, line, "Restart", NULL, child_restart,
				     child);
	free(limit_name);
}

struct panel_child *panel_add_child(struct panel *panel, const char *name,
				    void *tag)
{
	struct panel_child *child = xcalloc(1, sizeof(*child)), **end;

	child->panel = panel;
	child->tag = tag;
	child->box = box_create(panel->ui, &panel->children->widget, ROLE_NONE,
				"");
	create_row(child, name);
	create_details(child, name);
	child->kin = box_create(panel->ui, &child->box->widget, ROLE_NONE, "");
	child->kin->widget.hidden = true;
	widget_appear(&child->box->widget, MS_ROW_IN);
	for (end = &panel->family; *end; end = &(*end)->next)
		;
	*end = child;
	return child;
}

/* ---- what is shown ---- */

static void count_children(struct panel *panel)
{
	char text[32];
	int count = 0;

	for (struct panel_child *c = panel->family; c; c = c->next)
		count += c->running;
	snprintf(text, sizeof(text), "%d running", count);
	band_set_note(panel->children_band, text);
}

/* It can have what it has, and what is left; a dead one has nothing. */
static void show_limit(struct panel_child *child)
{
	const struct panel *panel = child->panel;
	uint64_t own = child->alive ? child->quota : 0;

	panel_bar(child->limit, child->quota, own + panel->left, panel->total);
}

void panel_children_rescale(struct panel *panel)
{
	for (struct panel_child *c = panel->family; c; c = c->next)
		show_limit(c);
}

void panel_update_child(struct panel_child *child,
			const struct panel_child_state *state)
{
	bool noted = *state->note != 0;

	child->running = state->running;
	child->alive = state->alive;
	child->quota = state->quota;
	if (noted)
		label_set_text(child->note, state->note);
	widget_set_hidden((struct widget *)child->note, !noted);
	widget_set_hidden((struct widget *)child->bar, noted);
	panel_bar(child->bar, state->used, state->quota, state->quota);
	label_set_text(child->words, state->words);
	label_set_text(child->grants, state->grants);
	widget_set_hidden(((struct widget *)child->grants)->parent,
			  !*state->grants);
	widget_set_tip((struct widget *)child->grants,
		       *state->grant_list ? state->grant_list : NULL);
	widget_set_hidden((struct widget *)child->raise, !state->running);
	show_limit(child);
	count_children(child->panel);
}

void panel_set_kin(struct panel_child *child, const struct panel_kin *list,
		   size_t count)
{
	panel_show_kin(child->panel, child->kin, list, count);
}

/* The keyboard goes to a neighbour, so that one can go on. */
static void hand_focus_on(struct panel_child *child)
{
	struct widget *box = &child->box->widget;
	struct widget *near = box->next ? box->next : box->previous;
	struct ui *ui = child->panel->ui;

	for (struct widget *w = ui->focus; w; w = w->parent)
		if (w == box) {
			ui_set_focus(ui, near ? near->first : NULL);
			return;
		}
}

void panel_remove_child(struct panel_child *child)
{
	struct panel *panel = child->panel;
	struct panel_child **at = &panel->family;

	while (*at != child)
		at = &(*at)->next;
	*at = child->next;
	hand_focus_on(child);
	widget_leave(&child->box->widget, MS_ROW_OUT);
	free(child);
	count_children(panel);
	panel_focus_first(panel);
}

void panel_focus_limit(struct panel_child *child)
{
	struct ui *ui = child->panel->ui;

	panel_open_child(child, true);
	ui->keyboard_used = true;
	ui_set_focus(ui, (struct widget *)child->limit);
}

void panel_measured(struct panel_child *child, float cpu, uint64_t used,
		    uint64_t quota)
{
	char text[QUOTA_TEXT_MAX];

	snprintf(text, sizeof(text), "%.0f %%", (double)(cpu * 100));
	graph_add(child->cpu, cpu, text);
	quota_format(used, text);
	graph_add(child->memory,
		  quota ? (float)((double)used / (double)quota) : 0, text);
}

void panel_set_output(struct panel_child *child, const char *text)
{
	lines_set(child->output, text);
}

void panel_set_problem(struct panel_child *child, const char *text)
{
	label_set_text(child->problem, text);
	widget_set_hidden((struct widget *)child->problem, !*text);
}
