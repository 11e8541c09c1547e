/* Files of children, settings, configs with what is added to them. */
#include "child/family.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child/store.h"
#include "suite.h"

struct place {
	char folder[64];
	struct family family;
	struct child child;
	struct entry entry;
};

static void write_file(const char *folder, const char *name, const char *text)
{
	ck_assert(store_write(folder, "", name, text, strlen(text), 0));
}

static void make_place(struct place *place)
{
	strcpy(place->folder, "/tmp/unit_child.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place->folder));
	place->family.data = xasprintf("%s/data", place->folder);
	place->family.store = xasprintf("%s/store", place->folder);
	place->entry.config.file = xasprintf("%s/x.xml", place->folder);
	place->child = (struct child){
		.family = &place->family,
		.entry = &place->entry,
		.name = (char *)"backdrop",
		.label = (char *)"backdrop",
	};
	write_file(place->folder, "mine.png", "mine");
	write_file(place->folder, "secret", "secret");
	write_file(place->family.data, "sky.png", "sky");
}

static void remove_place(struct place *place)
{
	store_remove_tree(place->folder);
	free(place->family.data);
	free(place->family.store);
	free(place->entry.config.file);
}

/* The content of what the child gets, "" if it gets nothing. */
static const char *get(struct place *place, const char *name)
{
	static char text[64];
	enum wire_status status;
	const int fd = family_open_file(&place->child, name, &status);
	ssize_t got = 0;

	if (fd >= 0) {
		got = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	text[got > 0 ? got : 0] = '\0';
	return text;
}

START_TEST(only_what_the_config_names)
{
	struct place place = { 0 };
	char absolute[128], config[256];

	make_place(&place);
	snprintf(absolute, sizeof(absolute), "%s/secret", place.folder);
	place.entry.config.text = (char *)"<config><image>mine.png</image>"
					  "</config>";
	ck_assert_str_eq(get(&place, "mine.png"), "mine");
	ck_assert_str_eq(get(&place, "secret"), "");
	ck_assert_str_eq(get(&place, absolute), "");
	ck_assert_str_eq(get(&place, "sky.png"), "sky");
	ck_assert_str_eq(get(&place, "../secret"), "");
	ck_assert_str_eq(get(&place, "/etc/passwd"), "");
	ck_assert_str_eq(get(&place, "=mine.png"), "");
	snprintf(config, sizeof(config), "<config image=\"%s\"/>", absolute);
	place.entry.config.text = config;
	ck_assert_str_eq(get(&place, absolute), "secret");
	ck_assert_str_eq(get(&place, "mine.png"), "");
	/* Not even by its config does a path lead out with "..". */
	place.entry.config.text = (char *)"<config image=\"../x\"/>";
	ck_assert_str_eq(get(&place, "../x"), "");
	remove_place(&place);
}
END_TEST

static enum wire_status put(struct place *place, const char *name,
			    const char *text)
{
	const int fd = memory_create_blob("setting", text, strlen(text));
	const enum wire_status status = family_store(&place->child, name, fd);

	close(fd);
	return status;
}

START_TEST(settings_come_first)
{
	struct place place = { 0 };
	char name[16];
	int i;

	make_place(&place);
	place.entry.config.text = (char *)"<config/>";
	ck_assert_int_eq(put(&place, "sky.png", "own"), WIRE_OK);
	ck_assert_str_eq(get(&place, "sky.png"), "own");
	ck_assert_int_eq(put(&place, "../x", "bad"), WIRE_INVALID);
	ck_assert_int_eq(put(&place, "scout.+.x", "bad"), WIRE_INVALID);
	for (i = 0; i < 15; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		ck_assert_int_eq(put(&place, name, ""), WIRE_OK);
	}
	ck_assert_int_eq(put(&place, "one-more", ""), WIRE_DENIED);
	ck_assert_int_eq(put(&place, "n3", "new"), WIRE_OK);
	/* Of another label, nothing. */
	place.child.label = (char *)"other";
	ck_assert_str_eq(get(&place, "n3"), "");
	remove_place(&place);
}
END_TEST

START_TEST(a_parent_asks_for_its_children)
{
	struct place place = { 0 };

	make_place(&place);
	place.child.is_parent = true;
	place.entry.config.text = (char *)"<config><a image=\"mine.png\"/>"
					  "</config>";
	ck_assert_int_eq(put(&place, "scout.+.x", "deep"), WIRE_OK);
	ck_assert_str_eq(get(&place, "@scout.+.x"), "deep");
	ck_assert_str_eq(get(&place, "=mine.png"), "mine");
	ck_assert_str_eq(get(&place, "@mine.png"), "");
	remove_place(&place);
}
END_TEST

static void expect_config(struct family *family, const char *own,
			  const char *all)
{
	struct entry entry = { .config = { .text = (char *)own } };
	char *text = config_text(family, &entry);

	ck_assert_str_eq(text, all);
	free(text);
}

START_TEST(defaults_are_added_where_there_are_none)
{
	struct family family = {
		.theme = (char *)"<theme mode=\"dark\"/>",
		.keyboard = (char *)"<keyboard layout=\"de\"/>",
	};

	expect_config(&family, NULL,
		      "<config><theme mode=\"dark\"/>"
		      "<keyboard layout=\"de\"/></config>");
	expect_config(&family, "<config a=\"b\" />",
		      "<config a=\"b\" ><theme mode=\"dark\"/>"
		      "<keyboard layout=\"de\"/></config>");
	expect_config(&family, "<config>\n<theme/><keyboard/></config>",
		      "<config>\n<theme/><keyboard/></config>");
	expect_config(&family, "<config><theme/>\n</config>",
		      "<config><theme/>\n<keyboard layout=\"de\"/></config>");
	/* A theme further down is somebody else's. */
	expect_config(&family, "<config><keyboard/><x><theme/></x></config>",
		      "<config><keyboard/><x><theme/></x>"
		      "<theme mode=\"dark\"/></config>");
}
END_TEST

START_TEST(stored_files_stay_in_their_folder)
{
	char folder[] = "/tmp/unit_child.XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert(store_write(folder, "a -> b", "c.xml", "x", 1, 0));
	ck_assert(!store_write(folder, "a -> ..", "c.xml", "x", 1, 0));
	ck_assert(!store_write(folder, "../a", "c.xml", "x", 1, 0));
	ck_assert_int_eq(store_open(folder, "a", "c.xml"), -1);
	store_remove(folder, "a -> b", "c.xml");
	/* Its folders went along. */
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(a_new_user_has_no_folder_yet)
{
	char folder[] = "/tmp/unit_child.XXXXXX";
	char store[sizeof(folder) + 32];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(store, sizeof(store), "%s/config/nitpicker/store", folder);
	ck_assert(store_write(store, "a", "c.xml", "x", 1, 0));
	store_remove(store, "a", "c.xml");
	rmdir(store);
	for (unsigned i = 0; i < 3; i++) {
		*strrchr(store, '/') = '\0';
		ck_assert_int_eq(rmdir(store), 0);
	}
}
END_TEST

Suite *file_suite(void)
{
	Suite *suite = suite_create("file");
	TCase *tcase = tcase_create("file");

	tcase_add_test(tcase, only_what_the_config_names);
	tcase_add_test(tcase, settings_come_first);
	tcase_add_test(tcase, a_parent_asks_for_its_children);
	tcase_add_test(tcase, defaults_are_added_where_there_are_none);
	tcase_add_test(tcase, stored_files_stay_in_their_folder);
	tcase_add_test(tcase, a_new_user_has_no_folder_yet);
	suite_add_tcase(suite, tcase);
	return suite;
}
