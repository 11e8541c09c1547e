TARGET = fuzz_terminal
SRC_C  = main.c
LIBS   = terminal base
