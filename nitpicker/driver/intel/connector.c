#include "connector.h"

#include <stdio.h>
#include <string.h>

static uint32_t crtcs_of(int card, const drmModeConnector *connector)
{
	uint32_t possible = 0;

	for (int i = 0; i < connector->count_encoders; i++) {
		drmModeEncoderPtr encoder = drmModeGetEncoder(
			card, connector->encoders[i]);

		if (encoder)
			possible |= encoder->possible_crtcs;
		drmModeFreeEncoder(encoder);
	}
	return possible;
}

static void read_blob(int card, uint32_t id, struct edid *edid)
{
	drmModePropertyBlobPtr blob = drmModeGetPropertyBlob(card, id);

	if (blob)
		edid_parse(blob->data, blob->length, edid);
	drmModeFreePropertyBlob(blob);
}

static void read_edid(int card, const drmModeConnector *connector,
		      struct edid *edid)
{
	for (int i = 0; i < connector->count_props; i++) {
		drmModePropertyPtr property = drmModeGetProperty(
			card, connector->props[i]);

		if (property && !strcmp(property->name, "EDID") &&
		    connector->prop_values[i])
			read_blob(card, (uint32_t)connector->prop_values[i],
				  edid);
		drmModeFreeProperty(property);
	}
}

static void add(struct connectors *connectors, int card,
		const drmModeConnector *source)
{
	struct connector *connector = &connectors->all[connectors->count];
	const char *type = drmModeGetConnectorTypeName(source->connector_type);

	*connector = (struct connector){
		.id = source->connector_id,
		.possible_crtcs = crtcs_of(card, source),
		.w_mm = source->mmWidth,
		.h_mm = source->mmHeight,
	};
	snprintf(connector->name, sizeof(connector->name), "%s-%u",
		 type ? type : "Unknown", source->connector_type_id);
	for (int i = 0; i < source->count_modes &&
			connector->mode_count < CONNECTOR_MODES_MAX;
	     i++)
		if (source->modes[i].hdisplay && source->modes[i].vdisplay)
			connector->modes[connector->mode_count++] =
				source->modes[i];
	read_edid(card, source, &connector->edid);
	connectors->count += connector->mode_count > 0;
}

void connectors_read(struct connectors *connectors, int card)
{
	drmModeResPtr resources = drmModeGetResources(card);

	connectors->count = 0;
	for (int i = 0; resources && i < resources->count_connectors &&
			connectors->count < CONNECTORS_MAX;
	     i++) {
		drmModeConnectorPtr connector = drmModeGetConnector(
			card, resources->connectors[i]);

		if (connector && connector->connection == DRM_MODE_CONNECTED)
			add(connectors, card, connector);
		drmModeFreeConnector(connector);
	}
	drmModeFreeResources(resources);
}

const drmModeModeInfo *connector_mode(const struct connector *connector,
				      uint32_t w, uint32_t h, uint32_t hz)
{
	for (unsigned i = 0; i < connector->mode_count; i++) {
		const drmModeModeInfo *mode = &connector->modes[i];

		if (w ? mode->hdisplay == w && mode->vdisplay == h &&
				    (!hz || mode->vrefresh == hz)
		      : mode->type & DRM_MODE_TYPE_PREFERRED)
			return mode;
	}
	/* Without a preference the first is the largest. */
	return w ? NULL : &connector->modes[0];
}
