/*
 * vesa_drv: a display of a bare PC, by the calls of its video BIOS (VBE), or in
 * the mode that the boot loader left.
 */
#include <string.h>

#include "base/log.h"
#include "boot.h"
#include "driver/edid/edid.h"
#include "driver/vesa/vbe/vbe.h"
#include "machine.h"
#include "screen.h"
#include "session/component.h"

enum { DEFAULT_W = 1024, DEFAULT_H = 768 };

/* As the config says. */
struct options {
	uint32_t w, h; /* 0: as the display likes it */
	unsigned depth; /* bits of a pixel; 0: the best */
	bool buffered, preinit;
	bool no_bios; /* the boot loader's mode */
	uint32_t scale; /* percent */
};

struct driver {
	struct component component;
	struct options options;
	struct machine machine;
	struct screen screen;
	struct vbe_info info;
	struct vbe_mode modes[VBE_MODES_MAX];
	unsigned mode_count;
	struct edid edid;
	bool has_bios;
};

static const struct component_info info = {
	.name = "vesa_drv",
	.summary = "a display by the calls of the video BIOS",
};

/* ---- config ---- */

static void read_options(const struct config_node *config,
			 struct options *options)
{
	static const char *const known[] = { "width",    "height",  "depth",
					     "buffered", "preinit", "scale",
					     "bios",     NULL };
	int64_t w = 0, h = 0, depth = 0, scale = 100;
	bool bios = true;

	*options = (struct options){ 0 };
	config_check_known(config, known);
	config_get_int(config, "width", 320, LIMIT_SIDE, &w);
	config_get_int(config, "height", 200, LIMIT_SIDE, &h);
	config_get_int(config, "depth", 16, 32, &depth);
	config_get_int(config, "scale", 25, 800, &scale);
	config_get_bool(config, "buffered", &options->buffered);
	config_get_bool(config, "preinit", &options->preinit);
	config_get_bool(config, "bios", &bios);
	if (depth != 0 && depth != 16 && depth != 24 && depth != 32) {
		config_complain(config, "<depth> is 16, 24 or 32");
		depth = 0;
	}
	options->no_bios = !bios;
	options->w = (uint32_t)w;
	options->h = (uint32_t)h;
	options->depth = (unsigned)depth;
	options->scale = (uint32_t)scale;
}

/* ---- modes ---- */

static void read_modes(struct driver *driver)
{
	for (unsigned i = 0; i < driver->info.mode_count; i++)
		driver->mode_count += vbe_get_mode(
			driver->machine.emulator, &driver->info,
			driver->info.modes[i],
			&driver->modes[driver->mode_count]);
	log_info("VBE %u.%u, %u KiB, \"%s\", %u usable modes",
		 driver->info.version >> 8, driver->info.version & 0xff,
		 driver->info.memory >> 10, driver->info.oem_text,
		 driver->mode_count);
}

static void read_edid(struct driver *driver)
{
	uint8_t block[EDID_BLOCK];

	if (vbe_get_edid(driver->machine.emulator, block) &&
	    edid_parse(block, sizeof(block), &driver->edid))
		log_info("%s %s, %ux%u, %u x %u mm", driver->edid.maker,
			 driver->edid.name, driver->edid.w, driver->edid.h,
			 driver->edid.w_mm, driver->edid.h_mm);
}

/* The configured mode, else the largest that the display shows. */
static const struct vbe_mode *choose(const struct driver *driver,
				     const struct options *options)
{
	uint32_t w = options->w, h = options->h;
	const struct vbe_mode *mode = NULL;

	if (w && h) {
		mode = vbe_choose(driver->modes, driver->mode_count, w, h,
				  options->depth, true);
		if (!mode)
			log_warning("there is no mode %ux%u", w, h);
	}
	if (!mode && driver->edid.w)
		mode = vbe_choose(driver->modes, driver->mode_count,
				  driver->edid.w, driver->edid.h,
				  options->depth, false);
	return mode ? mode
		    : vbe_choose(driver->modes, driver->mode_count, DEFAULT_W,
				 DEFAULT_H, options->depth, false);
}

/* Shows what the card does now. */
static bool show(struct driver *driver, const struct vbe_mode *mode)
{
	uint64_t bytes = (uint64_t)mode->pitch * mode->h, offset;
	int fd = card_open_memory(&driver->machine.card, mode->address, bytes,
				  &offset);

	if (fd < 0)
		return false;
	log_info("mode %#x: %ux%u, %u bits, %u bytes a row", mode->number,
		 mode->w, mode->h, mode->depth, mode->pitch);
	return screen_set_mode(&driver->screen,
			       &(struct screen_mode){
				       .w = mode->w,
				       .h = mode->h,
				       .stride = mode->pitch,
				       .depth = mode->depth,
				       .w_mm = driver->edid.w_mm,
				       .h_mm = driver->edid.h_mm,
				       .scale = driver->options.scale,
			       },
			       fd, offset, driver->options.buffered);
}

static bool set_mode(struct driver *driver, const struct options *options)
{
	struct emulator *emulator = driver->machine.emulator;
	const struct vbe_mode *chosen = choose(driver, options);
	struct vbe_mode mode;

	if (options->preinit)
		return vbe_get_current(emulator, &driver->info, &mode) &&
		       show(driver, &mode);
	if (!chosen) {
		log_error("the card has no usable mode");
		return false;
	}
	mode = *chosen;
	return vbe_set_mode(emulator, &driver->info, &mode) &&
	       show(driver, &mode);
}

static bool show_boot_mode(struct driver *driver)
{
	struct screen_mode mode;
	uint64_t offset;
	int fd = boot_framebuffer(&mode, &offset);

	if (fd < 0)
		return false;
	mode.scale = driver->options.scale;
	log_info("the boot loader's mode: %ux%u, %u bits", mode.w, mode.h,
		 mode.depth);
	return screen_set_mode(&driver->screen, &mode, fd, offset,
			       driver->options.buffered);
}

static void handle_config(void *user, const struct config_node *config)
{
	struct driver *driver = user;
	struct options now, before = driver->options;

	if (!driver->has_bios)
		return;
	read_options(config, &now);
	if (!memcmp(&now, &before, sizeof(now)))
		return;
	driver->options = now;
	if (!set_mode(driver, &now)) {
		config_complain(config, "the former mode stays");
		driver->options = before;
		set_mode(driver, &before);
	}
}

static const struct parent_handler handler = {
	.config = handle_config,
};

static bool start_bios(struct driver *driver)
{
	if (driver->options.no_bios || !machine_init(&driver->machine))
		return false;
	if (!vbe_get_info(driver->machine.emulator, &driver->info))
		return false;
	read_modes(driver);
	read_edid(driver);
	machine_silence_console(&driver->machine);
	return set_mode(driver, &driver->options);
}

int main(int argc, char **argv)
{
	struct driver driver = { .machine = { .console = -1 } };
	struct component *component = &driver.component;
	int code = 1;

	component_init(component, &info, argc, argv, &handler, &driver);
	driver.screen.loop = component->loop;
	driver.screen.parent = component->parent;
	driver.screen.shadow.fd = -1;
	read_options(parent_config(component->parent), &driver.options);
	driver.has_bios = start_bios(&driver);
	if (driver.has_bios || show_boot_mode(&driver))
		code = loop_run(component->loop);
	screen_finish(&driver.screen);
	if (driver.has_bios && !driver.options.preinit)
		vbe_set_text(driver.machine.emulator);
	machine_finish(&driver.machine);
	component_finish(component);
	return code;
}
