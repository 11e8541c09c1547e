#ifndef SUITE_H
#define SUITE_H

#include <check.h>

Suite *rom_suite(void);
Suite *blocks_suite(void);
Suite *edid_suite(void);

#endif
