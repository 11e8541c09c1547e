TARGET = fuzz_config
SRC_C  = main.c
LIBS   = base
