/* The suites of blit. */
#ifndef UNIT_BLIT_SUITE_H
#define UNIT_BLIT_SUITE_H

#include <check.h>

Suite *generic_suite(void); /* the reference against blit.h's words */
Suite *every_suite(void); /* all values, where arithmetic is SIMD's own */
Suite *surface_suite(void); /* blit.h as a whole: strides, overlap, choice */

#endif
