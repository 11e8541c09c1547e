#ifndef UNIT_PROOF_SUITE_H
#define UNIT_PROOF_SUITE_H

#include <check.h>

Suite *named_suite(void);

#endif
