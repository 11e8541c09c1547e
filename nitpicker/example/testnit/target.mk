TARGET = testnit
SRC_C  = testnit.c
LIBS   = session base
MAN    = testnit.1
