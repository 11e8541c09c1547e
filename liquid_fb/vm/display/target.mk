# QEMU is started by its name, so it is needed at run time only.
TARGET   = vm_display
SRC_C    = main.c screen.c input.c qemu.c keys.c
LIBS     = rfb session base
MAN      = vm_display.1
