TARGET = bench_start
SRC_C  = start.c
LIBS   = child session base
