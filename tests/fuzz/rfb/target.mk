TARGET = fuzz_rfb
SRC_C  = main.c
LIBS   = rfb base
