LIB      = keymap
SRC_C    = keymap.c layout.c
REQUIRES = xkbcommon
LIBS     = session base
