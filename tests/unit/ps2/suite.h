#ifndef SUITE_H
#define SUITE_H

#include <check.h>

#include "driver/ps2/protocol/ps2.h"

Suite *keyboard_suite(void);
Suite *mouse_suite(void);
Suite *damage_suite(void);
Suite *setup_suite(void);

#endif
