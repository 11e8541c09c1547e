TARGET = unit_blit_exact
SRC_C  = main.c case.c guard.c operation.c
LIBS   = blit
