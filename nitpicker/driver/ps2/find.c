#include "find.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* The first line of a small file of sysfs; "" when it can't be read. */
static void read_line(const char *folder, const char *name, const char *file,
		      char *line, int size)
{
	char *path = xasprintf("%s/%s/device/%s", folder, name, file);
	FILE *stream = fopen(path, "re");

	if (!stream || !fgets(line, size, stream))
		*line = '\0';
	if (stream)
		fclose(stream);
	free(path);
	line[strcspn(line, "\n")] = '\0';
}

/* Linux: include/uapi/linux/serio.h, SERIO_8042_XL. */
static bool is_translated(const char *type)
{
	return strtoul(type, NULL, 16) == 0x06;
}

static void consider(struct ps2_ports *ports, const char *sysfs,
		     const char *name)
{
	char description[64], type[16];

	read_line(sysfs, name, "description", description, sizeof(description));
	if (strstr(description, "KBD") && !ports->keyboard) {
		read_line(sysfs, name, "id/type", type, sizeof(type));
		ports->keyboard = xasprintf("/dev/%s", name);
		ports->translated = is_translated(type);
	} else if (strstr(description, "AUX") && !ports->mouse) {
		ports->mouse = xasprintf("/dev/%s", name);
	}
}

void ps2_ports_find(struct ps2_ports *ports, const char *sysfs)
{
	DIR *folder = opendir(sysfs);
	struct dirent *entry;

	*ports = (struct ps2_ports){ .translated = true };
	while (folder && (entry = readdir(folder)) != NULL)
		if (!strncmp(entry->d_name, "serio_raw", 9))
			consider(ports, sysfs, entry->d_name);
	if (folder)
		closedir(folder);
}

void ps2_ports_finish(struct ps2_ports *ports)
{
	free(ports->keyboard);
	free(ports->mouse);
}
