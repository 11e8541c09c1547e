/* Domains: what groups of sessions may do and how they look. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"

void domain_init(struct domain *domain, const char *name)
{
	*domain = (struct domain){ .name = xstrdup(name),
				   .layer = LAYER_DEFAULT,
				   .clipboard = xstrdup("yes") };
}

void domain_finish(struct domain *domain)
{
	free(domain->name);
	free(domain->clipboard);
}

static void read_length(const struct config_node *node, const char *name,
			int32_t *out)
{
	int64_t value = *out;
	config_get_int(node, name, -LIMIT_SIDE, LIMIT_SIDE, &value);
	*out = (int32_t)value;
}

void domain_read(struct domain *domain, const struct config_node *node)
{
	static const char *const known[] = {
		"name",  "layer",  "color",  "label",      "content",
		"focus", "hover",  "input",  "xpos",       "ypos",
		"width", "height", "origin", "background", "clipboard",
		"lock",  NULL,
	};
	static const char *const focus[] = { "click", "none", "transient",
					     NULL };
	static const char *const origins[] = { "top_left", "top_right",
					       "bottom_left", "bottom_right",
					       NULL };
	const char *clipboard = config_value(node, "clipboard");
	int64_t layer = domain->layer;
	int choice = (int)domain->focus;
	config_check_known(node, known);
	config_get_int(node, "layer", 0, LAYER_MAX, &layer);
	domain->layer = (uint32_t)layer;
	domain->has_color = config_value(node, "color") &&
			    config_get_color(node, "color", &domain->color);
	config_get_bool(node, "label", &domain->label);
	config_get_bool(node, "lock", &domain->lock);
	config_get_either(node, "content", "client", "tinted", &domain->tinted);
	config_get_either(node, "hover", "always", "focused",
			  &domain->hover_focused);
	config_get_either(node, "input", "client", "always",
			  &domain->input_always);
	config_get_choice(node, "focus", focus, &choice);
	domain->focus = (enum focus_policy)choice;
	choice = domain->origin;
	config_get_choice(node, "origin", origins, &choice);
	domain->origin = (enum origin)choice;
	read_length(node, "xpos", &domain->x);
	read_length(node, "ypos", &domain->y);
	read_length(node, "width", &domain->w);
	read_length(node, "height", &domain->h);
	domain->has_background = config_value(node, "background") &&
				 config_get_bool(node, "background",
						 &domain->background);
	if (clipboard) {
		free(domain->clipboard);
		domain->clipboard = xstrdup(clipboard);
	}
}

bool domain_may_read(const struct domain *reader, const struct domain *from)
{
	if (!strcmp(reader->clipboard, "no") || !strcmp(from->clipboard, "no"))
		return false;
	return !strcmp(reader->clipboard, "yes") ||
	       config_has_word(reader->clipboard, from->name);
}

/* Zero means all that there is, less means so much less. */
static int32_t side(int32_t value, int32_t all)
{
	int32_t result = value > 0 ? value : all + value;
	return result < 1 ? 1 : result < LIMIT_SIDE ? result : LIMIT_SIDE;
}

void session_place_area(struct session *session)
{
	const struct core *core = session->core;
	const struct domain *domain = session->domain;
	struct rect screen = core->screen;
	int32_t w = side(scaled(core, domain->w), screen.w);
	int32_t h = side(scaled(core, domain->h), screen.h);
	bool right = domain->origin & 1, bottom = domain->origin & 2;
	session->origin = (struct point){
		screen.x + scaled(core, domain->x) + (right ? screen.w : 0),
		screen.y + scaled(core, domain->y) + (bottom ? screen.h : 0),
	};
	session->area = (struct rect){ right ? -w : 0, bottom ? -h : 0, w, h };
}

bool session_is_backdrop(const struct session *session)
{
	const struct domain *domain = session->domain;
	if (domain->has_background)
		return domain->background;
	return label_match("backdrop", session->label) &&
	       !strstr(session->label, " -> ");
}
