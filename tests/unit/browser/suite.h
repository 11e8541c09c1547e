#ifndef TESTS_UNIT_BROWSER_SUITE_H
#define TESTS_UNIT_BROWSER_SUITE_H

#include <check.h>

TCase *contrast_case(void);

#endif
