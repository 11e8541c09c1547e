TARGET = bench_weston
SRC_C  = weston.c
