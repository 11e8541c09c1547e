#ifndef UNIT_IMAGE_SUITE_H
#define UNIT_IMAGE_SUITE_H

#include <check.h>

#include "scout/image/image.h"

/* Files of other programs, decoded by scout_decode. */
TCase *files_case(void);

#endif
