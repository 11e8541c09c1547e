LIB             = blit
SRC_C           = blit.c generic.c
SRC_C_x86       = x86/sse2.c
CC_OPT          = -O3
CC_OPT_x86/sse2 = -msse2
