TARGET = bench_compose
SRC_C  = compose.c
LIBS   = core figure session base blit
