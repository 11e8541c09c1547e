TARGET = bench_refresh
SRC_C  = refresh.c
LIBS   = session base
