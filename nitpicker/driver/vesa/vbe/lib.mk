LIB      = vbe
SRC_C    = emulator.c vbe.c
REQUIRES = x86emu
LIBS     = base
