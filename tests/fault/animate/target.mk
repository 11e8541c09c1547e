TARGET = animate
SRC_C  = animate.c
LIBS   = session base
