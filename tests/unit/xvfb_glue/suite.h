/* The parts of xvfb_glue that need no X server. */
#ifndef UNIT_XVFB_GLUE_SUITE_H
#define UNIT_XVFB_GLUE_SUITE_H

#include <check.h>

Suite *codes_suite(void);
Suite *spare_suite(void);
Suite *cursor_suite(void);
Suite *settings_suite(void);
Suite *pixels_suite(void);
Suite *contour_suite(void);

#endif
