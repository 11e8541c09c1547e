TARGET = bench_probe
SRC_C  = probe.c
LIBS   = session base
