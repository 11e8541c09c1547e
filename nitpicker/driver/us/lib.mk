LIB   = us
SRC_C = us.c
