LIB   = bench_control
SRC_C = control.c
LIBS  = session base
