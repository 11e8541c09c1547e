LIB   = display
SRC_C = display.c
LIBS  = session base blit
