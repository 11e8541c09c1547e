TARGET   = vesa_drv
SRC_C    = main.c machine.c screen.c card.c boot.c
LIBS     = vbe driver_console edid shadow session blit base
REQUIRES = x86emu
LD_OPT   = -lx86emu
MAN      = vesa_drv.1
