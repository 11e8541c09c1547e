TARGET = spy
SRC_C  = spy.c
LIBS   = session base
