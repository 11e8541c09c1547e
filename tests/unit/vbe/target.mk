TARGET   = unit_vbe
SRC_C    = main.c rom.c blocks.c edid.c machine.c
LIBS     = vbe edid base
REQUIRES = check x86emu
LD_OPT   = -lx86emu
