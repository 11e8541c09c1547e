LIB   = shadow
SRC_C = shadow.c
LIBS  = blit base
