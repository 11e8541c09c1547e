TARGET = bench_refresh
SRC_C  = refresh.c
LIBS   = bench_control session base
