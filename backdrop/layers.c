#include "backdrop/layers.h"

#include <string.h>
#include <unistd.h>

#include "backdrop/night.h"
#include "base/base.h"
#include "scout/image/image.h"

enum { OFFSET_MAX = 1 << 16 };

struct layers {
	struct parent *parent;
	const struct blit_surface *target;
	int memory; /* of the target */
	bool ground; /* all of the target is painted */
};

/* The night sky, where nothing else is. */
static void need_ground(struct layers *layers)
{
	if (!layers->ground)
		night_paint(layers->target);
	layers->ground = true;
}

static void fill(struct layers *layers, const struct config_node *node)
{
	static const char *const known[] = { "color", NULL };
	const struct blit_surface *target = layers->target;
	uint32_t color = 0;

	config_check_known(node, known);
	config_get_color(node, "color", &color);
	blit_fill(target, 0, 0, target->width, target->height,
		  0xff000000 | color);
	layers->ground = true;
}

/* The name of the file; NULL with one line when there is none. */
static const char *file_of(const struct config_node *node,
			   struct image_place *place)
{
	static const char *const names[] = { "png", "jpeg", "file" };
	const char *name = NULL;

	for (size_t i = 0; i < array_size(names) && !name; i++)
		name = config_attribute(node, names[i]);
	if (!name && node->text[0]) {
		name = node->text;
		place->anchor = IMAGE_TOP_LEFT;
	}
	if (!name)
		config_complain(node, "no png=, jpeg= or name of a file");
	return name;
}

static void read_place(const struct config_node *node,
		       struct image_place *place)
{
	static const char *const known[] = { "png",   "jpeg",   "file",
					     "scale", "anchor", "tiled",
					     "alpha", "xpos",   "ypos",
					     NULL };
	static const char *const scales[] = { "none", "fit", "zoom", NULL };
	static const char *const anchors[] = { "top_left",     "top",
					       "top_right",    "left",
					       "center",       "right",
					       "bottom_left",  "bottom",
					       "bottom_right", NULL };
	int64_t x = 0, y = 0, alpha = 255;
	int scale = place->scale, anchor = place->anchor;

	config_check_known(node, known);
	config_get_choice(node, "scale", scales, &scale);
	config_get_choice(node, "anchor", anchors, &anchor);
	config_get_bool(node, "tiled", &place->tiled);
	config_get_int(node, "alpha", 0, 255, &alpha);
	config_get_int(node, "xpos", -OFFSET_MAX, OFFSET_MAX, &x);
	config_get_int(node, "ypos", -OFFSET_MAX, OFFSET_MAX, &y);
	place->scale = (enum image_scale)scale;
	place->anchor = (enum image_anchor)anchor;
	place->alpha = (uint8_t)alpha;
	place->x = (int)x;
	place->y = (int)y;
}

/* What is below it is painted before, unless it covers all of that. */
static bool draw(struct layers *layers, const struct config_node *node,
		 const char *name, const struct image_place *place)
{
	const struct blit_surface *target = layers->target;
	const struct image_target to = {
		.fd = layers->memory,
		.w = (uint32_t)target->width,
		.h = (uint32_t)target->height,
		.stride = (size_t)target->stride,
		.pixels = target->pixels,
		.memory = parent_quota(layers->parent) / 2,
	};
	char error[IMAGE_ERROR_MAX];
	enum wire_status status = WIRE_OK;
	int fd = parent_file(layers->parent, name, &status);
	bool done = false, covers = false;

	if (fd < 0) {
		config_complain(node, "\"%s\" can't be opened (%s)", name,
				wire_status_name(status));
		return false;
	}
	if (!layers->ground)
		done = image_draw_all(fd, place, &to, &covers, error);
	if (!done)
		need_ground(layers);
	if (!done && !covers)
		done = image_draw(fd, place, &to, error);
	layers->ground = true;
	close(fd);
	if (!done)
		config_complain(node, "\"%s\" can't be shown (%s)", name,
				error);
	return done;
}

static bool image(struct layers *layers, const struct config_node *node)
{
	struct image_place place = { .anchor = IMAGE_CENTER };
	const char *name = file_of(node, &place);

	if (!name)
		return true;
	read_place(node, &place);
	return draw(layers, node, name, &place);
}

bool layers_paint(struct parent *parent, const struct config_node *config,
		  const struct blit_surface *target, int memory)
{
	static const char *const known[] = { "fill", "image", NULL };
	struct layers layers = { parent, target, memory, false };
	const struct image_place plain = { .alpha = 255 };
	const char *name = config_attribute(config, "image");
	bool done = true;

	config_check_known(config, known);
	if (name && *name)
		done = draw(&layers, config, name, &plain);
	for (const struct config_node *node = config_child(config, NULL); node;
	     node = config_next(node, NULL))
		if (strcmp(node->name, "fill") == 0)
			fill(&layers, node);
		else if (strcmp(node->name, "image") == 0)
			done = image(&layers, node) && done;
	need_ground(&layers);
	return done;
}
