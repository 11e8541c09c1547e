/* What is set, as bytes. */
#include "settings.h"

#include <endian.h>
#include <string.h>

#include "base/alloc.h"

enum {
	DPI = 96, /* at scale 100 */
	DPI_UNITS = 1024, /* Xft/DPI is in these */
	CURSOR_SIZE = 24, /* logical pixels */
	DOUBLE_CLICK_MS = 400, /* as on titles */
	TYPE_INTEGER = 0,
	TYPE_STRING = 1,
};

/* ---- XSETTINGS ---- */

struct encoder {
	uint8_t *bytes;
	size_t used;
	uint32_t serial, count;
};

static void put(struct encoder *encoder, const void *bytes, size_t count)
{
	memcpy(encoder->bytes + encoder->used, bytes, count);
	encoder->used += count;
}

static void put_padded(struct encoder *encoder, const char *text)
{
	static const uint8_t padding[3];
	size_t length = strlen(text);

	put(encoder, text, length);
	put(encoder, padding, -length & 3);
}

static void put_header(struct encoder *encoder, uint8_t type, const char *name)
{
	const uint8_t head[2] = { type, 0 };
	uint16_t length = (uint16_t)strlen(name);

	put(encoder, head, sizeof(head));
	put(encoder, &length, sizeof(length));
	put_padded(encoder, name);
	put(encoder, &encoder->serial, sizeof(encoder->serial));
	encoder->count++;
}

static void put_integer(struct encoder *encoder, const char *name, int value)
{
	int32_t word = value;

	put_header(encoder, TYPE_INTEGER, name);
	put(encoder, &word, sizeof(word));
}

static void put_string(struct encoder *encoder, const char *name,
		       const char *value)
{
	uint32_t length = (uint32_t)strlen(value);

	put_header(encoder, TYPE_STRING, name);
	put(encoder, &length, sizeof(length));
	put_padded(encoder, value);
}

static int dpi(const struct settings *settings)
{
	return (int)(DPI * settings->look.scale * settings->look.text / 10000);
}

/* Whole factors only: what is left is done by the size of text. */
static int window_scale(const struct settings *settings)
{
	return settings->look.scale >= 200 ? (int)(settings->look.scale / 100)
					   : 1;
}

/* GTK has these in itself. */
static const char *theme(const struct settings_look *look)
{
	return look->high_contrast ? "HighContrastInverse"
	       : look->dark        ? "Adwaita-dark"
				   : "Adwaita";
}

size_t settings_encode(const struct settings *settings,
		       uint8_t out[SETTINGS_BYTES])
{
	const uint8_t order[4] = { BYTE_ORDER == BIG_ENDIAN };
	struct encoder encoder = { .bytes = out, .serial = settings->serial };
	int factor = window_scale(settings);
	size_t count_at;

	put(&encoder, order, sizeof(order));
	put(&encoder, &settings->serial, sizeof(settings->serial));
	count_at = encoder.used;
	put(&encoder, &encoder.count, sizeof(encoder.count));
	put_integer(&encoder, "Xft/DPI", dpi(settings) * DPI_UNITS);
	put_integer(&encoder, "Gdk/UnscaledDPI",
		    dpi(settings) * DPI_UNITS / factor);
	put_integer(&encoder, "Gdk/WindowScalingFactor", factor);
	put_integer(&encoder, "Gtk/CursorThemeSize",
		    (int)(CURSOR_SIZE * settings->look.scale / 100));
	put_integer(&encoder, "Net/DoubleClickTime", DOUBLE_CLICK_MS);
	put_integer(&encoder, "Net/CursorBlink", !settings->look.reduced);
	put_integer(&encoder, "Gtk/EnableAnimations", !settings->look.reduced);
	put_integer(&encoder, "Xft/Antialias", 1);
	put_integer(&encoder, "Xft/Hinting", 1);
	put_string(&encoder, "Xft/HintStyle", "hintslight");
	put_string(&encoder, "Xft/RGBA", "none");
	/* Nothing can be minimised. */
	put_string(&encoder, "Gtk/DecorationLayout", "menu:maximize,close");
	put_string(&encoder, "Gtk/FontName", "Inter 10");
	put_string(&encoder, "Net/ThemeName", theme(&settings->look));
	memcpy(out + count_at, &encoder.count, sizeof(encoder.count));
	return encoder.used;
}

/* ---- resources ---- */

char *settings_resources(const struct settings *settings)
{
	const struct settings_look *look = &settings->look;

	return xasprintf("Xft.dpi:\t%d\n"
			 "Xft.antialias:\t1\n"
			 "Xft.hinting:\t1\n"
			 "Xft.hintstyle:\thintslight\n"
			 "Xft.rgba:\tnone\n"
			 "Xcursor.size:\t%u\n"
			 "*customization:\t-color\n"
			 "XTerm*faceName:\tDejaVu Sans Mono\n"
			 "XTerm*faceSize:\t10\n"
			 "XTerm*background:\t%s\n"
			 "XTerm*foreground:\t%s\n",
			 dpi(settings), CURSOR_SIZE * look->scale / 100,
			 look->high_contrast ? "#000000"
			 : look->dark        ? "#1e1e1e"
					     : "#ffffff",
			 look->high_contrast ? "#ffffff"
			 : look->dark        ? "#e6e6e6"
					     : "#1a1a1a");
}
