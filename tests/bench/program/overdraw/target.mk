TARGET = bench_overdraw
SRC_C  = overdraw.c
LIBS   = session base
