/* What stands above all views: the menubar. */
#include "core.h"

#include <stdio.h>
#include <string.h>

#include "session/label.h"

/* Logical pixels. */
enum { BAR_HEIGHT = 16, BAR_TEXT = 11, BAR_GAP = 6, BAR_MARGIN = 8 };

static const uint32_t WHITE = 0xffffffff, GREY = 0xffb3bcc8, AMBER = 0xffffd27a;

int scaled(const struct core *core, int value)
{
	int hundredfold = value * (int)core->scale;
	return (hundredfold + (value < 0 ? -50 : 50)) / 100;
}

int32_t menubar_height(const struct core *core)
{
	int32_t height = scaled(core, BAR_HEIGHT);
	return height < core->output.height ? height : core->output.height;
}

const char *core_mode_name(const struct core *core)
{
	if (core->locked)
		return "locked";
	return core->kill ? "kill" : core->xray ? "x-ray" : "";
}

void menubar_paint(const struct core *core, const struct blit_surface *to,
		   struct rect clip)
{
	struct font font = font_of_size(scaled(core, BAR_TEXT));
	int baseline = (core->bar.h + font.size * 73 / 100) / 2;
	int gap = scaled(core, BAR_GAP), left = scaled(core, BAR_MARGIN);
	int dot = font.size / 2, x = left, hint;
	struct rect disc = { 0, (core->bar.h - dot) / 2, dot, dot };
	char label[LABEL_TEXT_MAX] = "", keys[224], next[64], xray[64],
	     kill[64];
	if (core->kill)
		figure_metal(to, clip, core->bar, 0xc84646, 0x7c1f1f);
	else if (core->xray)
		figure_metal(to, clip, core->bar, 0x6468a8, 0x34356a);
	else
		figure_metal(to, clip, core->bar, 0x5a616b, 0x2b3037);
	if (core->watched)
		left = gap + font_draw(&font, to, clip, left, baseline,
				       "SCREENSHOT", AMBER);
	if (core_marks(core))
		left = gap + font_draw(&font, to, clip, left, baseline,
				       core->kill ? "KILL" : "X-RAY", AMBER);
	if (core->focus) {
		label_display(core->focus->label, label, sizeof(label));
		x = (core->bar.w - dot - 2 * gap - font_width(&font, label) -
		     font_width(&font, core->title)) /
		    2;
		x = x < left ? left : x;
		disc.x = x;
		figure_pill(to, clip, disc, core->focus->color);
		x = gap + font_draw(&font, to, clip, x + dot + gap, baseline,
				    label, WHITE);
		x = font_draw(&font, to, clip, x, baseline, core->title,
			      0xff000000 | core->focus->color);
	}
	/* The keys that always help. */
	policy_key_text(&core->policy, MODE_NEXT, next, sizeof(next));
	policy_key_text(&core->policy, MODE_XRAY, xray, sizeof(xray));
	policy_key_text(&core->policy, MODE_KILL, kill, sizeof(kill));
	snprintf(keys, sizeof(keys), "Switch %s   X-ray %s", next, xray);
	/* One that differs from what people know: a nested server's. */
	if (*kill && strncmp(kill, "Super+", 6))
		snprintf(keys, sizeof(keys), "X-ray %s   Kill %s", xray, kill);
	if (core->locked)
		*keys = '\0'; /* none does anything */
	else if (core->kill)
		strcpy(keys, "Click what is to end   Leave Esc");
	hint = core->bar.w - scaled(core, BAR_MARGIN) - font_width(&font, keys);
	if (hint > x + 2 * gap && hint > core->bar.w / 2)
		font_draw(&font, to, clip, hint, baseline, keys, GREY);
}
