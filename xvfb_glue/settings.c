#include "settings.h"

#include <stdlib.h>
#include <string.h>

static void write_all(struct settings *settings)
{
	struct display *display = settings->display;
	uint8_t bytes[SETTINGS_BYTES];
	size_t count = settings_encode(settings, bytes);
	char *resources = settings_resources(settings);
	xcb_atom_t property = display_atom(display, ATOM__XSETTINGS_SETTINGS);

	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE,
			    settings->window, property, property, 8,
			    (uint32_t)count, bytes);
	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE,
			    display->root, XCB_ATOM_RESOURCE_MANAGER,
			    XCB_ATOM_STRING, 8, (uint32_t)strlen(resources),
			    resources);
	free(resources);
	display_flush(display);
}

/* Programs wait for this on the root window. */
static void announce(struct settings *settings)
{
	struct display *display = settings->display;
	const xcb_client_message_event_t event = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = display->root,
		.type = display_atom(display, ATOM_MANAGER),
		.data.data32 = { XCB_CURRENT_TIME,
				 display_atom(display, ATOM__XSETTINGS_S0),
				 settings->window },
	};

	xcb_send_event(display->connection, 0, display->root,
		       XCB_EVENT_MASK_STRUCTURE_NOTIFY, (const char *)&event);
}

void settings_begin(struct settings *settings, struct display *display,
		    const struct settings_look *look)
{
	uint32_t aside = 1; /* override-redirect */

	*settings = (struct settings){
		.display = display,
		.window = xcb_generate_id(display->connection),
		.look = *look,
	};
	xcb_create_window(display->connection, 0, settings->window,
			  display->root, -8, -8, 1, 1, 0,
			  XCB_WINDOW_CLASS_INPUT_ONLY, 0,
			  XCB_CW_OVERRIDE_REDIRECT, &aside);
	write_all(settings);
	xcb_set_selection_owner(display->connection, settings->window,
				display_atom(display, ATOM__XSETTINGS_S0),
				XCB_CURRENT_TIME);
	announce(settings);
}

static bool is_same(const struct settings_look *a,
		    const struct settings_look *b)
{
	return a->scale == b->scale && a->text == b->text &&
	       a->dark == b->dark && a->high_contrast == b->high_contrast &&
	       a->reduced == b->reduced;
}

void settings_change(struct settings *settings,
		     const struct settings_look *look)
{
	if (!settings->display || is_same(&settings->look, look))
		return;
	settings->look = *look;
	settings->serial++;
	write_all(settings);
}
