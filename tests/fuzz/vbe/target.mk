TARGET   = fuzz_vbe
SRC_C    = main.c
LIBS     = vbe edid base
REQUIRES = x86emu
LD_OPT   = -lx86emu
