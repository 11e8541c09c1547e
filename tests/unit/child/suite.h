/* The suites of the room child, and of init's scenarios. */
#ifndef UNIT_CHILD_SUITE_H
#define UNIT_CHILD_SUITE_H

#include <check.h>

Suite *quota_suite(void);
Suite *label_suite(void);
Suite *output_suite(void);
Suite *entry_suite(void);
Suite *route_suite(void);
Suite *session_suite(void);
Suite *scenario_suite(void);
Suite *file_suite(void);
Suite *pulse_suite(void);
Suite *serio_suite(void);

#endif
