TARGET   = unit_keymap
SRC_C    = main.c
LIBS     = keymap session base
REQUIRES = check
