/*
 * The window manager's share of the X screen itself: being it, its size, what
 * the root window says.
 */
#include <stdlib.h>
#include <string.h>
#include <xcb/composite.h>
#include <xcb/randr.h>

#include "base/alloc.h"
#include "base/log.h"
#include "glue.h"

static const char manager_name[] = "Nitpicker";

/* ---- properties of the root ---- */

static void set_words(struct glue *glue, xcb_window_t id,
		      enum display_atom atom, xcb_atom_t type,
		      const uint32_t *words, unsigned count)
{
	xcb_change_property(glue->display.connection, XCB_PROP_MODE_REPLACE, id,
			    glue->display.atoms[atom], type, 32, count, words);
}

static void tell_supported(struct glue *glue)
{
	static const enum display_atom supported[] = {
		ATOM__GTK_FRAME_EXTENTS,
		ATOM__NET_ACTIVE_WINDOW,
		ATOM__NET_CLIENT_LIST,
		ATOM__NET_CLIENT_LIST_STACKING,
		ATOM__NET_CLOSE_WINDOW,
		ATOM__NET_CURRENT_DESKTOP,
		ATOM__NET_DESKTOP_GEOMETRY,
		ATOM__NET_DESKTOP_VIEWPORT,
		ATOM__NET_FRAME_EXTENTS,
		ATOM__NET_MOVERESIZE_WINDOW,
		ATOM__NET_NUMBER_OF_DESKTOPS,
		ATOM__NET_REQUEST_FRAME_EXTENTS,
		ATOM__NET_SUPPORTED,
		ATOM__NET_SUPPORTING_WM_CHECK,
		ATOM__NET_WM_MOVERESIZE,
		ATOM__NET_WM_NAME,
		ATOM__NET_WM_OPAQUE_REGION,
		ATOM__NET_WM_PID,
		ATOM__NET_WM_PING,
		ATOM__NET_WM_STATE,
		ATOM__NET_WM_STATE_ABOVE,
		ATOM__NET_WM_STATE_DEMANDS_ATTENTION,
		ATOM__NET_WM_STATE_FOCUSED,
		ATOM__NET_WM_STATE_FULLSCREEN,
		ATOM__NET_WM_STATE_MAXIMIZED_HORZ,
		ATOM__NET_WM_STATE_MAXIMIZED_VERT,
		ATOM__NET_WM_STATE_MODAL,
		ATOM__NET_WM_SYNC_REQUEST,
		ATOM__NET_WM_SYNC_REQUEST_COUNTER,
		ATOM__NET_WM_WINDOW_TYPE,
		ATOM__NET_WM_WINDOW_TYPE_COMBO,
		ATOM__NET_WM_WINDOW_TYPE_DIALOG,
		ATOM__NET_WM_WINDOW_TYPE_DND,
		ATOM__NET_WM_WINDOW_TYPE_DOCK,
		ATOM__NET_WM_WINDOW_TYPE_DROPDOWN_MENU,
		ATOM__NET_WM_WINDOW_TYPE_MENU,
		ATOM__NET_WM_WINDOW_TYPE_NORMAL,
		ATOM__NET_WM_WINDOW_TYPE_NOTIFICATION,
		ATOM__NET_WM_WINDOW_TYPE_POPUP_MENU,
		ATOM__NET_WM_WINDOW_TYPE_SPLASH,
		ATOM__NET_WM_WINDOW_TYPE_TOOLBAR,
		ATOM__NET_WM_WINDOW_TYPE_TOOLTIP,
		ATOM__NET_WM_WINDOW_TYPE_UTILITY,
		ATOM__NET_WORKAREA,
	};
	xcb_atom_t atoms[array_size(supported)];

	for (size_t i = 0; i < array_size(supported); i++)
		atoms[i] = glue->display.atoms[supported[i]];
	set_words(glue, glue->display.root, ATOM__NET_SUPPORTED, XCB_ATOM_ATOM,
		  atoms, array_size(supported));
}

static void tell_size(struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);
	struct rect usable = place_usable(glue);
	const uint32_t area[] = { (uint32_t)usable.x, (uint32_t)usable.y,
				  (uint32_t)usable.w, (uint32_t)usable.h };
	const uint32_t size[] = { info->w, info->h };
	const uint32_t zero[] = { 0, 0 }, one = 1;
	xcb_window_t root = glue->display.root;

	set_words(glue, root, ATOM__NET_WORKAREA, XCB_ATOM_CARDINAL, area, 4);
	set_words(glue, root, ATOM__NET_DESKTOP_GEOMETRY, XCB_ATOM_CARDINAL,
		  size, 2);
	set_words(glue, root, ATOM__NET_DESKTOP_VIEWPORT, XCB_ATOM_CARDINAL,
		  zero, 2);
	set_words(glue, root, ATOM__NET_NUMBER_OF_DESKTOPS, XCB_ATOM_CARDINAL,
		  &one, 1);
	set_words(glue, root, ATOM__NET_CURRENT_DESKTOP, XCB_ATOM_CARDINAL,
		  zero, 1);
}

static void tell_name(struct glue *glue)
{
	xcb_connection_t *c = glue->display.connection;
	xcb_window_t window = glue->display.window;
	const xcb_atom_t *a = glue->display.atoms;

	set_words(glue, glue->display.root, ATOM__NET_SUPPORTING_WM_CHECK,
		  XCB_ATOM_WINDOW, &window, 1);
	set_words(glue, window, ATOM__NET_SUPPORTING_WM_CHECK, XCB_ATOM_WINDOW,
		  &window, 1);
	xcb_change_property(c, XCB_PROP_MODE_REPLACE, window,
			    a[ATOM__NET_WM_NAME], a[ATOM_UTF8_STRING], 8,
			    sizeof(manager_name) - 1, manager_name);
}

/* ---- becoming it ---- */

/* True when the request was done: for the beginning only, it waits. */
static bool done(struct glue *glue, xcb_void_cookie_t cookie)
{
	xcb_generic_error_t *error = xcb_request_check(glue->display.connection,
						       cookie);

	free(error);
	return !error;
}

bool manager_begin(struct glue *glue)
{
	xcb_connection_t *c = glue->display.connection;
	xcb_window_t root = glue->display.root;
	const uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY |
			      XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT |
			      XCB_EVENT_MASK_STRUCTURE_NOTIFY |
			      XCB_EVENT_MASK_PROPERTY_CHANGE;

	if (!done(glue, xcb_change_window_attributes_checked(
				c, root, XCB_CW_EVENT_MASK, &mask)) ||
	    !done(glue, xcb_composite_redirect_subwindows_checked(
				c, root, XCB_COMPOSITE_REDIRECT_MANUAL))) {
		log_error("%s has a window manager already",
			  glue->display.name);
		return false;
	}
	glue->managing = true;
	xcb_map_window(c, glue->display.window);
	xcb_set_selection_owner(c, glue->display.window,
				glue->display.atoms[ATOM_WM_S0],
				XCB_CURRENT_TIME);
	xcb_set_selection_owner(c, glue->display.window,
				glue->display.atoms[ATOM__NET_WM_CM_S0],
				XCB_CURRENT_TIME);
	tell_supported(glue);
	tell_name(glue);
	manager_resize(glue);
	xcb_set_input_focus(c, XCB_INPUT_FOCUS_POINTER_ROOT,
			    glue->display.window, XCB_CURRENT_TIME);
	display_flush(&glue->display);
	return true;
}

/* ---- the size of the screen ---- */

static int mm(struct glue *glue, int pixels)
{
	int dpi = 96 * glue->look.scale / 100;
	int v = pixels * 254 / (dpi * 10);

	return v > 0 ? v : 1;
}

static void set_mode(struct glue *glue, xcb_randr_crtc_t crtc,
		     xcb_randr_output_t output, int w, int h)
{
	xcb_connection_t *c = glue->display.connection;
	xcb_window_t root = glue->display.root;
	char *name = xasprintf("np-%dx%d-%u", w, h, ++glue->modes);
	xcb_randr_mode_info_t info = {
		.width = (uint16_t)w,
		.height = (uint16_t)h,
		.dot_clock = (uint32_t)(w * h) * 60,
		.htotal = (uint16_t)w,
		.vtotal = (uint16_t)h,
		.name_len = (uint16_t)strlen(name),
	};
	xcb_randr_create_mode_reply_t *mode = xcb_randr_create_mode_reply(
		c,
		xcb_randr_create_mode(c, root, info, (uint32_t)strlen(name),
				      name),
		NULL);

	free(name);
	if (!mode)
		return;
	xcb_randr_add_output_mode(c, output, mode->mode);
	xcb_randr_set_crtc_config(c, crtc, XCB_CURRENT_TIME, XCB_CURRENT_TIME,
				  0, 0, XCB_NONE, XCB_RANDR_ROTATION_ROTATE_0,
				  0, NULL);
	xcb_randr_set_screen_size(c, root, (uint16_t)w, (uint16_t)h,
				  (uint32_t)mm(glue, w), (uint32_t)mm(glue, h));
	xcb_randr_set_crtc_config(c, crtc, XCB_CURRENT_TIME, XCB_CURRENT_TIME,
				  0, 0, mode->mode, XCB_RANDR_ROTATION_ROTATE_0,
				  1, &output);
	if (glue->mode) {
		xcb_randr_delete_output_mode(c, output, glue->mode);
		xcb_randr_destroy_mode(c, glue->mode);
	}
	glue->mode = mode->mode;
	free(mode);
}

void manager_set_size(struct glue *glue, int w, int h)
{
	xcb_connection_t *c = glue->display.connection;
	xcb_randr_get_screen_resources_reply_t *r;

	if (w > glue->max_w)
		w = glue->max_w;
	if (h > glue->max_h)
		h = glue->max_h;
	if (w < 1 || h < 1 || (w == glue->root_w && h == glue->root_h))
		return;
	r = xcb_randr_get_screen_resources_reply(
		c, xcb_randr_get_screen_resources(c, glue->display.root), NULL);
	if (r && r->num_crtcs && r->num_outputs) {
		set_mode(glue, xcb_randr_get_screen_resources_crtcs(r)[0],
			 xcb_randr_get_screen_resources_outputs(r)[0], w, h);
		glue->root_w = w;
		glue->root_h = h;
	}
	free(r);
	display_flush(&glue->display);
}

void manager_resize(struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);

	/* One pixel at the lower right lies on no window: the pointer's place
	 * when it is elsewhere. */
	manager_set_size(glue, (int)info->w + 1, (int)info->h + 1);
	tell_size(glue);
}
