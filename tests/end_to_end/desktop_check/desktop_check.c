/*
 * desktop_check FILE...: what launchpad thinks of .desktop files, a line each:
 * "ok", "none" (not a program), or what is wrong.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "catalogue/desktop_entry.h"

int main(int argc, char **argv)
{
	char *text = xcalloc(DESKTOP_FILE_MAX + 2, 1);

	for (int i = 1; i < argc; i++) {
		const struct desktop_context context = {
			.file = argv[i],
			.locale = "C",
			.desktop = "Nitpicker",
		};
		FILE *file = fopen(argv[i], "r");
		struct desktop_entry entry;
		char *problem = NULL;
		size_t bytes;

		if (!file)
			return 1;
		bytes = fread(text, 1, DESKTOP_FILE_MAX + 1, file);
		fclose(file);
		if (desktop_entry_parse(text, bytes, &context, &entry,
					&problem)) {
			puts("ok");
			desktop_entry_finish(&entry);
		} else {
			puts(problem ? problem : "none");
		}
		free(problem);
	}
	free(text);
	return 0;
}
