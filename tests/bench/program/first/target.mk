TARGET = bench_first
SRC_C  = first.c
LIBS   = session base
