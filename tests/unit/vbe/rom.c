/*
 * All ROM images that Debian has: without hardware behind them, and with the
 * card that most of them are for. Whatever they do, it comes to an end: a table
 * of modes, or a clear refusal.
 */
#include "suite.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

enum { IMAGE_MAX = 1 << 18 };

static const char pattern[] =
	"{/usr/share/seabios/vgabios*.bin,/usr/share/vgabios/vgabios*.bin}";

static size_t load(const char *path, uint8_t *image)
{
	FILE *file = fopen(path, "rb");
	size_t bytes;

	ck_assert_ptr_nonnull(file);
	bytes = fread(image, 1, IMAGE_MAX, file);
	fclose(file);
	return bytes;
}

/* How many modes are usable; -1: it refused. */
static int try_modes(struct machine *machine)
{
	struct vbe_info info;
	struct vbe_mode mode;
	int usable = 0;

	if (!vbe_get_info(machine->emulator, &info))
		return -1;
	for (unsigned i = 0; i < info.mode_count; i++)
		usable += vbe_get_mode(machine->emulator, &info, info.modes[i],
				       &mode);
	printf("# VBE %x.%x, %u KiB, \"%s\", %u modes, %d usable\n",
	       info.version >> 8, info.version & 0xff, info.memory >> 10,
	       info.oem_text, info.mode_count, usable);
	return usable;
}

static void try_rom(const char *path, bool has_card)
{
	static uint8_t image[IMAGE_MAX];
	size_t bytes = load(path, image);
	struct machine machine;
	int usable = -1;

	printf("# %s, %s card: ", path, has_card ? "a" : "no");
	fflush(stdout);
	if (machine_init(&machine, image, bytes, has_card))
		usable = try_modes(&machine);
	if (usable < 0)
		printf("# refused\n");
	ck_assert_msg(usable >= -1, "%s", path);
	machine_finish(&machine);
}

START_TEST(all_images)
{
	glob_t found;

	if (glob(pattern, GLOB_BRACE, NULL, &found)) {
		printf("# no ROM images (packages seabios, vgabios)\n");
		return;
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		try_rom(found.gl_pathv[i], false);
		try_rom(found.gl_pathv[i], true);
	}
	ck_assert_uint_ge(found.gl_pathc, 19);
	globfree(&found);
}
END_TEST

/* The card of QEMU with the BIOS that belongs to it. */
static bool standard(struct machine *machine, const char *path)
{
	static uint8_t image[IMAGE_MAX];
	FILE *file = fopen(path, "rb");

	if (!file) {
		printf("# %s is not there (package seabios)\n", path);
		return false;
	}
	fclose(file);
	ck_assert(machine_init(machine, image, load(path, image), true));
	return true;
}

START_TEST(sets_a_mode)
{
	struct machine machine;
	struct vbe_info info;
	struct vbe_mode modes[VBE_MODES_MAX], mode;
	unsigned count = 0;

	if (!standard(&machine, "/usr/share/seabios/vgabios-stdvga.bin"))
		return;
	ck_assert(vbe_get_info(machine.emulator, &info));
	ck_assert_uint_eq(info.version, 0x300);
	ck_assert_uint_eq(info.memory, CARD_MEMORY);
	for (unsigned i = 0; i < info.mode_count; i++)
		count += vbe_get_mode(machine.emulator, &info, info.modes[i],
				      &modes[count]);
	ck_assert_uint_gt(count, 30);
	for (unsigned depth = 16; depth <= 32; depth += 8) {
		const struct vbe_mode *chosen = vbe_choose(modes, count, 1024,
							   768, depth, true);

		ck_assert_ptr_nonnull(chosen);
		mode = *chosen;
		ck_assert(vbe_set_mode(machine.emulator, &info, &mode));
		ck_assert_uint_eq(mode.w, 1024);
		ck_assert_uint_eq(mode.h, 768);
		ck_assert_uint_ge(mode.pitch, 1024 * depth / 8);
		/* the card was told, too */
		ck_assert_uint_eq(machine.registers[1], 1024);
		ck_assert_uint_eq(machine.registers[2], 768);
		ck_assert_uint_eq(machine.registers[3], depth);
		ck_assert(vbe_get_current(machine.emulator, &info, &mode));
		ck_assert_uint_eq(mode.depth, depth);
	}
	vbe_set_text(machine.emulator);
	ck_assert_uint_eq(machine.registers[4] & 1, 0);
	machine_finish(&machine);
}
END_TEST

/* What is found in a part of the list is what all of it has. */
START_TEST(finds_without_reading_all)
{
	static const struct {
		uint32_t w, h;
		unsigned depth;
		bool exact, in_part;
	} wishes[] = {
		{ 1024, 768, 0, true, true },   { 1024, 768, 16, true, true },
		{ 1024, 768, 24, true, true },  { 1280, 800, 0, false, true },
		{ 1366, 767, 0, false, false }, { 641, 480, 0, true, false },
		{ 800, 600, 16, false, true },  { 0, 0, 0, false, false },
		{ 100, 100, 32, false, false },
	};
	struct machine machine;
	struct vbe_info info;
	struct vbe_list all = { .count = 0 };

	if (!standard(&machine, "/usr/share/seabios/vgabios-stdvga.bin"))
		return;
	ck_assert(vbe_get_info(machine.emulator, &info));
	for (unsigned i = 0; i < info.mode_count; i++)
		all.count += vbe_get_mode(machine.emulator, &info,
					  info.modes[i], &all.modes[all.count]);
	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		struct vbe_list list = { .count = 0 };
		const struct vbe_mode *want = vbe_choose(
			all.modes, all.count, wishes[i].w, wishes[i].h,
			wishes[i].depth, wishes[i].exact);
		const struct vbe_mode *got = vbe_find(
			machine.emulator, &info, &list, wishes[i].w,
			wishes[i].h, wishes[i].depth, wishes[i].exact);

		ck_assert_int_eq(got != NULL, want != NULL);
		ck_assert(!got || (got->w == want->w && got->h == want->h &&
				   got->depth == want->depth));
		ck_assert_int_eq(list.asked < info.mode_count,
				 wishes[i].in_part);
		/* the second time it is known */
		unsigned asked = list.asked;
		vbe_find(machine.emulator, &info, &list, wishes[i].w,
			 wishes[i].h, wishes[i].depth, wishes[i].exact);
		ck_assert_uint_eq(list.asked, asked);
	}
	machine_finish(&machine);
}
END_TEST

/* ---- ROMs that do harm ---- */

static bool runs(const uint8_t *code, size_t bytes)
{
	uint8_t image[512] = { 0x55, 0xaa, 1 };
	struct machine machine;
	bool good;

	memcpy(image + 3, code, bytes);
	good = machine_init(&machine, image, sizeof(image), false);
	machine_finish(&machine);
	return good;
}

START_TEST(bounds)
{
	static const uint8_t back[] = { 0xcb }; /* retf */
	static const uint8_t forever[] = { 0x90, 0xeb, 0xfd };
	static const uint8_t recursion[] = { 0xe8, 0xfd, 0xff };
	/* jmp far ffff:ffff, beyond the first MiB */
	static const uint8_t far_away[] = { 0xea, 0xff, 0xff, 0xff, 0xff };
	/* in al, 60h in a loop: waits for the keyboard */
	static const uint8_t waits[] = { 0xe4, 0x60, 0x3c, 0x00, 0x75, 0xfa };
	static const uint8_t nonsense[] = { 0x0f, 0xff, 0xff };

	ck_assert(runs(back, sizeof(back)));
	ck_assert(!runs(forever, sizeof(forever)));
	ck_assert(!runs(recursion, sizeof(recursion)));
	ck_assert(!runs(far_away, sizeof(far_away)));
	ck_assert(!runs(waits, sizeof(waits)));
	ck_assert(!runs(nonsense, sizeof(nonsense)));
}
END_TEST

START_TEST(no_rom)
{
	uint8_t image[512] = { 0 };
	struct machine machine;

	ck_assert(!machine_init(&machine, image, sizeof(image), false));
	machine_finish(&machine);
}
END_TEST

Suite *rom_suite(void)
{
	Suite *suite = suite_create("rom");
	TCase *tests = tcase_create("rom");

	tcase_set_timeout(tests, 100);
	tcase_add_test(tests, all_images);
	tcase_add_test(tests, sets_a_mode);
	tcase_add_test(tests, finds_without_reading_all);
	tcase_add_test(tests, bounds);
	tcase_add_test(tests, no_rom);
	suite_add_tcase(suite, tests);
	return suite;
}
