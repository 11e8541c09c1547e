TARGET   = unit_sdl2
DRIVER   = ../../../nitpicker/driver/sdl2
SRC_C    = sdl2.c $(DRIVER)/keys.c $(DRIVER)/pointer.c $(DRIVER)/scancode.c
LIBS     = session base
REQUIRES = check sdl2
