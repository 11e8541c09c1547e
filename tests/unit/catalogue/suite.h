#ifndef UNIT_CATALOGUE_SUITE_H
#define UNIT_CATALOGUE_SUITE_H

#include <check.h>

Suite *search_suite(void);
Suite *desktop_suite(void);
Suite *installed_suite(void);

#endif
