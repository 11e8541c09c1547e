/*
 * The report files of a running desktop.
 */
#ifndef INSPECT_REPORT_H
#define INSPECT_REPORT_H

#include <stdbool.h>

/* Called with the label ("launchpad -> scout") and the path of a report. */
typedef void report_fn(void *user, const char *label, const char *path);

/*
 * Calls fn for each FOLDER/LABEL/NAME.xml, labels in alphabetical order.
 * Returns how many there were, -1 with errno if the folder can't be read.
 */
int report_find(const char *folder, const char *name, report_fn *fn,
		void *user);

#endif
