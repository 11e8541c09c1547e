#include "layout.h"

#include <errno.h>
#include <string.h>

#include "base/log.h"

/* ---- config ---- */

static void read_wish(const struct config_node *node,
		      struct layout_options *options)
{
	static const char *const known[] = { "name", "width",   "height",
					     "hz",   "enabled", NULL };
	const char *name = config_value(node, "name");
	struct wish wish = { .enabled = true };
	int64_t w = 0, h = 0, hz = 0;

	config_check_known(node, known);
	if (!name || !*name || strlen(name) >= sizeof(wish.name)) {
		config_complain(node, "a connector has a name, as HDMI-A-1");
		return;
	}
	if (options->wish_count == CONNECTORS_MAX) {
		config_complain(node, "more than %d", CONNECTORS_MAX);
		return;
	}
	config_get_int(node, "width", 320, 16384, &w);
	config_get_int(node, "height", 200, 16384, &h);
	config_get_int(node, "hz", 1, 1000, &hz);
	config_get_bool(node, "enabled", &wish.enabled);
	memcpy(wish.name, name, strlen(name) + 1);
	wish.w = (uint32_t)w;
	wish.h = (uint32_t)h;
	wish.hz = (uint32_t)hz;
	options->wishes[options->wish_count++] = wish;
}

void layout_options_read(const struct config_node *config,
			 struct layout_options *options)
{
	int64_t w = 0, h = 0;

	*options = (struct layout_options){ .mirror = true };
	config_get_int(config, "width", 320, 16384, &w);
	config_get_int(config, "height", 200, 16384, &h);
	config_get_bool(config, "mirror", &options->mirror);
	options->w = w && h ? (uint32_t)w : 0;
	options->h = w && h ? (uint32_t)h : 0;
	for (const struct config_node *node = config_child(config, "connector");
	     node; node = config_next(node, "connector"))
		read_wish(node, options);
}

/* ---- choice ---- */

static const struct wish *find_wish(const struct layout_options *options,
				    const char *name)
{
	for (unsigned i = 0; i < options->wish_count; i++)
		if (!strcmp(options->wishes[i].name, name))
			return &options->wishes[i];
	return NULL;
}

/* The first that is free and that the connector can be joined to; 0: none. */
static uint32_t find_crtc(const struct layout *layout,
			  const drmModeRes *resources, uint32_t possible)
{
	for (int i = 0; i < resources->count_crtcs && i < 32; i++) {
		bool used = false;

		for (unsigned k = 0; k < layout->count; k++)
			used |= layout->heads[k].crtc == resources->crtcs[i];
		if (!used && possible >> i & 1)
			return resources->crtcs[i];
	}
	return 0;
}

static const drmModeModeInfo *find_mode(const struct connector *connector,
					const struct layout_options *options,
					const struct wish *wish)
{
	uint32_t w = wish && wish->w ? wish->w : options->w;
	uint32_t h = wish && wish->h ? wish->h : options->h;
	uint32_t hz = wish ? wish->hz : 0;
	const drmModeModeInfo *mode = connector_mode(connector, w, h, hz);

	if (mode)
		return mode;
	log_warning("%s has no mode %ux%u at %u Hz", connector->name, w, h, hz);
	return connector_mode(connector, 0, 0, 0);
}

/* The picture grows with it. */
static void add_head(struct layout *layout, const struct head *head)
{
	const drmModeModeInfo *mode = &head->mode;
	uint32_t area = (uint32_t)mode->hdisplay * mode->vdisplay;

	if (!layout->count)
		layout->refresh = mode->vrefresh * 1000;
	if (area > layout->w * layout->h) {
		layout->w_mm = head->w_mm;
		layout->h_mm = head->h_mm;
	}
	if (mode->hdisplay > layout->w)
		layout->w = mode->hdisplay;
	if (mode->vdisplay > layout->h)
		layout->h = mode->vdisplay;
	layout->heads[layout->count++] = *head;
}

static void add_connector(struct layout *layout,
			  const struct connector *connector,
			  const drmModeModeInfo *mode, uint32_t crtc)
{
	struct head head = {
		.connector = connector->id,
		.crtc = crtc,
		.mode = *mode,
		.w_mm = connector->w_mm,
		.h_mm = connector->h_mm,
	};

	memcpy(head.name, connector->name, sizeof(head.name));
	add_head(layout, &head);
	log_info("%s %s: %ux%u at %u Hz", connector->name, connector->edid.name,
		 mode->hdisplay, mode->vdisplay, mode->vrefresh);
}

void layout_of_head(struct layout *layout, const struct head *head)
{
	*layout = (struct layout){ 0 };
	add_head(layout, head);
}

bool layout_choose(struct layout *layout, const struct connectors *connectors,
		   const struct layout_options *options, int card)
{
	drmModeResPtr resources = drmModeGetResources(card);

	*layout = (struct layout){ 0 };
	for (unsigned i = 0; resources && i < connectors->count; i++) {
		const struct connector *connector = &connectors->all[i];
		const struct wish *wish = find_wish(options, connector->name);
		uint32_t crtc = find_crtc(layout, resources,
					  connector->possible_crtcs);

		if (wish && !wish->enabled)
			continue;
		if (crtc)
			add_connector(layout, connector,
				      find_mode(connector, options, wish),
				      crtc);
		else
			log_warning("%s: the card has no more outputs",
				    connector->name);
	}
	drmModeFreeResources(resources);
	return layout->count > 0;
}

bool layout_equal(const struct layout *a, const struct layout *b)
{
	return a->count == b->count && a->w == b->w && a->h == b->h &&
	       !memcmp(a->heads, b->heads, a->count * sizeof(a->heads[0]));
}

bool layout_show(const struct layout *layout, int card, uint32_t framebuffer)
{
	unsigned shown = 0;

	for (unsigned i = 0; i < layout->count; i++) {
		struct head head = layout->heads[i];
		int failed = framebuffer ? drmModeSetCrtc(card, head.crtc,
							  framebuffer, 0, 0,
							  &head.connector, 1,
							  &head.mode)
					 : drmModeSetCrtc(card, head.crtc, 0, 0,
							  0, NULL, 0, NULL);

		shown += !failed;
		if (failed)
			log_warning("mode %s: %s", head.mode.name,
				    strerror(errno));
	}
	return shown > 0;
}
