/*
 * vesa_drv: a display of a bare PC, by the calls of its video BIOS (VBE), or in
 * the mode that the boot loader left.
 */
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "boot.h"
#include "driver/console/console.h"
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
	struct console console;
	struct vbe_info info;
	struct vbe_list list;
	struct edid edid;
	bool has_bios;
	bool sets_modes; /* and brings text back */
};

static const struct component_info info = {
	.name = "vesa_drv",
	.summary = "a display by the calls of the video BIOS",
};

/* ---- config ---- */

/* The last good value stays where there is a bad one now. */
static uint32_t read_number(const struct config_node *config, const char *name,
			    int64_t least, int64_t most, uint32_t before,
			    uint32_t fallback)
{
	int64_t value = config_value(config, name) ? before : fallback;

	config_get_int(config, name, least, most, &value);
	return (uint32_t)value;
}

static unsigned read_depth(const struct config_node *config, unsigned before)
{
	uint32_t depth = read_number(config, "depth", 16, 32, before, 0);

	if (!depth || depth == 16 || depth == 24 || depth == 32)
		return depth;
	config_complain(config, "<depth> is 16, 24 or 32");
	return before;
}

static void read_options(const struct config_node *config,
			 struct options *options)
{
	static const char *const known[] = { "width",    "height",  "depth",
					     "buffered", "preinit", "scale",
					     "bios",     NULL };
	const struct options before = *options;
	bool bios = true;

	*options = (struct options){ 0 };
	config_check_known(config, known);
	options->w = read_number(config, "width", 320, LIMIT_SIDE, before.w, 0);
	options->h = read_number(config, "height", 200, LIMIT_SIDE, before.h,
				 0);
	options->depth = read_depth(config, before.depth);
	options->scale = read_number(config, "scale", 25, 800, before.scale,
				     100);
	config_get_bool(config, "buffered", &options->buffered);
	config_get_bool(config, "preinit", &options->preinit);
	config_get_bool(config, "bios", &bios);
	options->no_bios = !bios;
}

/* ---- modes ---- */

static void read_edid(struct driver *driver)
{
	uint8_t block[EDID_BLOCK];

	if (vbe_get_edid(driver->machine.emulator, block) &&
	    edid_parse(block, sizeof(block), &driver->edid))
		log_info("%s %s, %ux%u, %u x %u mm", driver->edid.maker,
			 driver->edid.name, driver->edid.w, driver->edid.h,
			 driver->edid.w_mm, driver->edid.h_mm);
}

static const struct vbe_mode *find(struct driver *driver, uint32_t w,
				   uint32_t h, bool exact)
{
	return vbe_find(driver->machine.emulator, &driver->info, &driver->list,
			w, h, driver->options.depth, exact);
}

/* The configured mode, else the largest that the display shows. */
static const struct vbe_mode *choose(struct driver *driver)
{
	uint32_t w = driver->options.w, h = driver->options.h;
	const struct vbe_mode *mode = NULL;

	if (w && h) {
		mode = find(driver, w, h, true);
		if (!mode)
			log_warning("there is no mode %ux%u", w, h);
	}
	if (!mode && driver->edid.w)
		mode = find(driver, driver->edid.w, driver->edid.h, false);
	return mode ? mode : find(driver, DEFAULT_W, DEFAULT_H, false);
}

/* -1 with one log line. */
static int open_memory(const struct driver *driver, const struct vbe_mode *mode,
		       uint64_t *offset)
{
	return card_open_memory(&driver->machine.card, mode->address,
				(uint64_t)mode->pitch * mode->h, offset);
}

/* Shows what the card does now. */
static bool show(struct driver *driver, const struct vbe_mode *mode)
{
	uint64_t offset;
	int fd = open_memory(driver, mode, &offset);

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

static bool set_mode(struct driver *driver)
{
	struct emulator *emulator = driver->machine.emulator;
	const struct vbe_mode *chosen;
	struct vbe_mode mode;
	uint64_t offset;
	int fd;

	if (driver->options.preinit)
		return vbe_get_current(emulator, &driver->info, &mode) &&
		       show(driver, &mode);
	chosen = choose(driver);
	if (!chosen) {
		log_error("the card has no usable mode");
		return false;
	}
	mode = *chosen;
	/* Nothing is changed behind the back of a driver of the kernel. */
	fd = open_memory(driver, &mode, &offset);
	if (fd < 0)
		return false;
	close(fd);
	driver->sets_modes = true;
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
	/* Copied in any case: so another console can have the display. */
	return screen_set_mode(&driver->screen, &mode, fd, offset, true);
}

static bool show_any(struct driver *driver)
{
	return driver->has_bios ? set_mode(driver) : show_boot_mode(driver);
}

/* Of the video BIOS no other console gets the display: it would need another
 * mode. */
static bool handle_active(void *user, bool active)
{
	struct driver *driver = user;

	if (driver->has_bios)
		return false;
	screen_set_active(&driver->screen, active);
	return true;
}

static void handle_config(void *user, const struct config_node *config)
{
	struct driver *driver = user;
	struct options before = driver->options, now = before;

	if (!driver->screen.server)
		return; /* it hasn't begun yet */
	read_options(config, &now);
	if (!memcmp(&now, &before, sizeof(now)))
		return;
	driver->options = now;
	if (!show_any(driver)) {
		config_complain(config, "the former mode stays");
		driver->options = before;
		show_any(driver);
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
	log_info("VBE %u.%u, %u KiB, \"%s\", %u modes",
		 driver->info.version >> 8, driver->info.version & 0xff,
		 driver->info.memory >> 10, driver->info.oem_text,
		 driver->info.mode_count);
	read_edid(driver);
	return set_mode(driver);
}

int main(int argc, char **argv)
{
	struct driver driver = {
		.options = { .scale = 100 },
		.console = { .fd = -1 },
	};
	struct component *component = &driver.component;
	int code = 1;

	component_init(component, &info, argc, argv, &handler, &driver);
	driver.screen.loop = component->loop;
	driver.screen.parent = component->parent;
	driver.screen.shadow.fd = -1;
	read_options(parent_config(component->parent), &driver.options);
	console_init(&driver.console, component->loop, handle_active, &driver);
	driver.has_bios = start_bios(&driver);
	if (driver.has_bios || show_boot_mode(&driver))
		code = loop_run(component->loop);
	screen_finish(&driver.screen);
	if (driver.sets_modes)
		vbe_set_text(driver.machine.emulator);
	console_finish(&driver.console);
	machine_finish(&driver.machine);
	component_finish(component);
	return code;
}
