LIB   = ps2
SRC_C = keyboard.c keyboard_codes.c mouse.c device.c setup.c
LIBS  = base
