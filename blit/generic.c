/* The reference: portable C, the arithmetic of blit.h word for word. */
#include "blit/implementation_private.h"

#define GENERIC(operation) .operation = generic_##operation,

const struct blit_implementation blit_generic = { .name = "generic",
						  BLIT_OPERATIONS(GENERIC) };
