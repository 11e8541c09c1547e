TARGET   = bench_xshm
SRC_C    = xshm.c
REQUIRES = x11 xext
