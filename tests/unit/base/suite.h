/* The suites of the room base, one per header of it. */
#ifndef UNIT_BASE_SUITE_H
#define UNIT_BASE_SUITE_H

#include <check.h>

Suite *config_suite(void);
Suite *geometry_suite(void);
Suite *log_suite(void);
Suite *loop_suite(void);
Suite *memory_suite(void);
Suite *region_suite(void);
Suite *values_suite(void);
Suite *watch_suite(void);

/* A temporary folder of this process; removed by remove_folder. */
char *make_folder(void);
void remove_folder(char *path);

#endif
