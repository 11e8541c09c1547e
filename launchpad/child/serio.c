#include "serio.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

enum { TRANSLATED = 0x06 /* Linux: uapi/linux/serio.h, SERIO_8042_XL */ };

const struct serio_paths serio_paths = { .sysfs = "/sys", .dev = "/dev" };

/* The first line of a file; "" when it can't be read. */
static void read_line(const char *folder, const char *file, char *line,
		      int size)
{
	char *path = xasprintf("%s/%s", folder, file);
	FILE *stream = fopen(path, "re");

	if (!stream || !fgets(line, size, stream))
		*line = '\0';
	if (stream)
		fclose(stream);
	free(path);
	line[strcspn(line, "\n")] = '\0';
}

static bool write_text(const char *folder, const char *file, const char *text)
{
	const size_t length = strlen(text);
	char *path = xasprintf("%s/%s", folder, file);
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	const bool good = fd >= 0 && write(fd, text, length) == (ssize_t)length;

	if (!good)
		log_warning("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	free(path);
	return good;
}

static bool is_raw(const char *port)
{
	char *path = xasprintf("%s/driver", port);
	char driver[256];
	const ssize_t length = readlink(path, driver, sizeof(driver) - 1);
	const char *name;

	free(path);
	if (length < 0)
		return false;
	driver[length] = '\0';
	name = strrchr(driver, '/');
	return !strcmp(name ? name + 1 : driver, "serio_raw");
}

static bool is_of_controller(const char *port)
{
	char description[64];

	read_line(port, "description", description, sizeof(description));
	return !strncmp(description, "i8042 ", 6);
}

/* Calls fn for the folder of each port; how often it said true. */
static unsigned for_each(const struct serio_paths *paths,
			 bool (*fn)(const char *port))
{
	char *path = xasprintf("%s/bus/serio/devices", paths->sysfs);
	DIR *folder = opendir(path);
	struct dirent *entry;
	unsigned count = 0;

	while (folder && (entry = readdir(folder)) != NULL) {
		char *port = xasprintf("%s/%s", path, entry->d_name);

		if (entry->d_name[0] != '.' && is_of_controller(port))
			count += fn(port);
		free(port);
	}
	if (folder)
		closedir(folder);
	free(path);
	return count;
}

static bool take(const char *port)
{
	return is_raw(port) ||
	       (write_text(port, "drvctl", "serio_raw") && is_raw(port));
}

bool serio_take(const struct serio_paths *paths)
{
	char *driver = xasprintf("%s/bus/serio/drivers/serio_raw",
				 paths->sysfs);
	const bool loaded = access(driver, F_OK) == 0;
	const bool good = loaded && for_each(paths, take) > 0;

	free(driver);
	if (!loaded)
		log_warning("PS/2: the kernel's module serio_raw isn't loaded");
	else if (!good)
		log_warning("PS/2: there is no port to be had");
	return good;
}

static bool give_back(const char *port)
{
	return is_raw(port) && write_text(port, "drvctl", "rescan");
}

void serio_give_back(const struct serio_paths *paths)
{
	if (for_each(paths, give_back))
		log_info("PS/2: the kernel has its ports back");
}

/* ---- descriptors ---- */

/* The name that serio_open knows that port by; "" for others. */
static const char *name_of(const char *port)
{
	char description[64], type[16];

	read_line(port, "description", description, sizeof(description));
	if (strstr(description, "AUX"))
		return "mouse";
	if (!strstr(description, "KBD"))
		return "";
	read_line(port, "id/type", type, sizeof(type));
	return strtoul(type, NULL, 16) == TRANSLATED ? "set1" : "set2";
}

int serio_open(const struct serio_paths *paths, const char *name)
{
	char *path = xasprintf("%s/class/misc", paths->sysfs);
	DIR *folder = opendir(path);
	struct dirent *entry;
	int fd = -1;

	while (folder && fd < 0 && (entry = readdir(folder)) != NULL) {
		char *port, *device;

		if (strncmp(entry->d_name, "serio_raw", 9))
			continue;
		port = xasprintf("%s/%s/device", path, entry->d_name);
		device = xasprintf("%s/%s", paths->dev, entry->d_name);
		if (!strcmp(name_of(port), name))
			fd = open(device,
				  O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
		free(device);
		free(port);
	}
	if (folder)
		closedir(folder);
	free(path);
	return fd;
}
