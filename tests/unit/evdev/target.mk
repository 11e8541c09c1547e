TARGET   = unit_evdev
SRC_C    = main.c
LIBS     = evdev_tags base
REQUIRES = check
