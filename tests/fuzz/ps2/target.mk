TARGET = fuzz_ps2
SRC_C  = main.c
LIBS   = ps2 base
