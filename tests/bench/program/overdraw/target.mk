TARGET = bench_overdraw
SRC_C  = overdraw.c
LIBS   = bench_control session base
