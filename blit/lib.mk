LIB             = blit
SRC_C           = blit.c blend.c rotate.c scale.c choice.c cpu.c generic.c \
                  generic/copy.c generic/blend.c generic/shape.c
SRC_C_x86       = x86/sse2.c x86/avx2.c x86/mmx.c
SRC_C_x86_64    = x86/avx512.c
SRC_C_arm_64    = arm/neon.c
CC_OPT          = -O3

# Joining members of a walk into vectors makes small calls slow: they are read
# before they are written out.
CC_OPT_blit       = -fno-tree-slp-vectorize
CC_OPT_blend      = -fno-tree-slp-vectorize

# Each implementation may use what it is for; all else runs anywhere.
CC_OPT_x86/sse2   = -msse2
CC_OPT_x86/avx2   = -mavx2
CC_OPT_x86/avx512 = -mavx512f -mavx512bw -mavx512dq -mavx512vl \
                    -mprefer-vector-width=512
# With SSE2 the compiler would use its registers instead.
CC_OPT_x86/mmx    = -mmmx -mno-sse2
