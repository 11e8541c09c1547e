#ifndef UNIT_DOCUMENT_SUITE_H
#define UNIT_DOCUMENT_SUITE_H

#include <check.h>

Suite *tree_suite(void);
Suite *flow_suite(void);

#endif
