#ifndef SUITES_H
#define SUITES_H

#include <check.h>

#include "session/session.h"

Suite *tables_suite(void);
Suite *wire_suite(void);
Suite *wire_raw_suite(void);
Suite *call_suite(void);
Suite *sender_suite(void);
Suite *parent_suite(void);
Suite *framebuffer_suite(void);
Suite *nitpicker_suite(void);

#endif
