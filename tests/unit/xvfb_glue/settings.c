/* XSETTINGS, read by the words of its specification. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xvfb_glue/settings.h"

struct reader {
	uint8_t bytes[SETTINGS_BYTES];
	size_t count, at;
};

static uint32_t word(struct reader *reader)
{
	uint32_t value;

	ck_assert_uint_le(reader->at + 4, reader->count);
	memcpy(&value, reader->bytes + reader->at, 4);
	reader->at += 4;
	return value;
}

static const char *text(struct reader *reader, size_t length, char out[64])
{
	ck_assert_uint_lt(length, 64);
	ck_assert_uint_le(reader->at + length, reader->count);
	memcpy(out, reader->bytes + reader->at, length);
	out[length] = '\0';
	for (reader->at += length; reader->at % 4; reader->at++)
		ck_assert_uint_eq(reader->bytes[reader->at], 0);
	return out;
}

/* The value of one setting as text; "" when it isn't there. */
static void look_up(const struct settings *settings, const char *wanted,
		    char out[64])
{
	struct reader reader = { .at = 4 };
	uint32_t count;

	reader.count = settings_encode(settings, reader.bytes);
	ck_assert_uint_eq(word(&reader), settings->serial);
	count = word(&reader);
	*out = '\0';
	while (count--) {
		uint32_t head = word(&reader);
		char name[64], value[64];

		text(&reader, head >> 16, name);
		ck_assert_uint_le(word(&reader), settings->serial);
		if (head & 0xff)
			text(&reader, word(&reader), value);
		else
			snprintf(value, sizeof(value), "%d",
				 (int32_t)word(&reader));
		if (!strcmp(name, wanted))
			strcpy(out, value);
	}
	ck_assert_uint_eq(reader.at, reader.count);
}

static void expect(const struct settings *settings, const char *name,
		   const char *value)
{
	char found[64];

	look_up(settings, name, found);
	ck_assert_str_eq(found, value);
}

START_TEST(plain)
{
	const struct settings settings = {
		.look = { .scale = 100, .text = 100 }, .serial = 3
	};

	expect(&settings, "Xft/DPI", "98304");
	expect(&settings, "Gdk/WindowScalingFactor", "1");
	expect(&settings, "Gtk/CursorThemeSize", "24");
	expect(&settings, "Net/ThemeName", "Adwaita");
	expect(&settings, "Gtk/FontName", "Inter 10");
}
END_TEST

/* Windows grow by whole factors, text by what is left. */
START_TEST(scaled)
{
	struct settings settings = {
		.look = { .scale = 150, .text = 100, .dark = true }
	};

	expect(&settings, "Xft/DPI", "147456");
	expect(&settings, "Gdk/UnscaledDPI", "147456");
	expect(&settings, "Gdk/WindowScalingFactor", "1");
	expect(&settings, "Net/ThemeName", "Adwaita-dark");
	settings.look.scale = 200;
	expect(&settings, "Xft/DPI", "196608");
	expect(&settings, "Gdk/UnscaledDPI", "98304");
	expect(&settings, "Gdk/WindowScalingFactor", "2");
	settings.look.scale = 800;
	expect(&settings, "Gdk/WindowScalingFactor", "8");
	expect(&settings, "Gtk/CursorThemeSize", "192");
}
END_TEST

/* Larger text, and what the user wants not to move. */
START_TEST(accessible)
{
	struct settings settings = { .look = { .scale = 200, .text = 150 } };

	expect(&settings, "Xft/DPI", "294912");
	expect(&settings, "Gdk/UnscaledDPI", "147456");
	expect(&settings, "Gtk/EnableAnimations", "1");
	expect(&settings, "Net/CursorBlink", "1");
	settings.look.reduced = true;
	expect(&settings, "Gtk/EnableAnimations", "0");
	expect(&settings, "Net/CursorBlink", "0");
	settings.look.dark = settings.look.high_contrast = true;
	expect(&settings, "Net/ThemeName", "HighContrastInverse");
}
END_TEST

START_TEST(resources)
{
	const struct settings settings = { .look = { .scale = 125,
						     .text = 100 } };
	char *lines = settings_resources(&settings);

	ck_assert_ptr_nonnull(strstr(lines, "Xft.dpi:\t120\n"));
	ck_assert_ptr_nonnull(strstr(lines, "Xcursor.size:\t30\n"));
	free(lines);
}
END_TEST

Suite *settings_suite(void)
{
	Suite *suite = suite_create("settings");
	TCase *all = tcase_create("all");

	tcase_add_test(all, plain);
	tcase_add_test(all, scaled);
	tcase_add_test(all, accessible);
	tcase_add_test(all, resources);
	suite_add_tcase(suite, all);
	return suite;
}
