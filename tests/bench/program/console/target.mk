TARGET = bench_console
SRC_C  = main.c corpus.c
LIBS   = terminal base
