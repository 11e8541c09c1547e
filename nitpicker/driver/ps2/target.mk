TARGET = ps2_drv
SRC_C  = main.c port.c pointer.c
LIBS   = ps2 keymap session base
MAN    = ps2_drv.1
