/*
 * The section of numbers: what was given to whom, by what it is held; the
 * clock.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "panel_private.h"

/* "4,194,304"; `out` has room for all of 64 bits. */
static void group_digits(uint64_t bytes, char out[32])
{
	char digits[32];
	int length = snprintf(digits, sizeof(digits), "%llu",
			      (unsigned long long)bytes);
	char *to = out;

	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = 0;
}

void panel_bar(struct bar *bar, uint64_t value, uint64_t most, uint64_t max)
{
	struct widget *widget = (struct widget *)bar;
	char first[32], second[32];
	char *tip;

	bar_set(bar, value, most, max);
	group_digits(value, first);
	group_digits(widget->focusable ? most : max, second);
	if (value == BAR_UNKNOWN)
		tip = xasprintf("%s bytes", second);
	else if (widget->focusable)
		tip = xasprintf("%s bytes; %s can be given", first, second);
	else
		tip = xasprintf("%s of %s bytes", first, second);
	if (!widget->tip || strcmp(widget->tip, tip))
		widget_set_tip(widget, tip);
	free(tip);
}

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
	panel_bar(panel->status.quota, given, quota->total, quota->total);
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
