TARGET = fuzz_text
SRC_C  = main.c
LIBS   = text blit base
