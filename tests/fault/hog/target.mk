TARGET = hog
SRC_C  = hog.c
LIBS   = base
