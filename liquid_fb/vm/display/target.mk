# QEMU is started by its name, so it is needed at run time only.
TARGET   = vm_display
SRC_C    = main.c screen.c input.c rfb.c rfb_send.c qemu.c keys.c
LIBS     = session base
MAN      = vm_display.1
