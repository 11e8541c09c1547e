LIB   = rfb
SRC_C = rfb.c send.c
LIBS  = base
