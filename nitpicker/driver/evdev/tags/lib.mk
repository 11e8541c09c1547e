LIB   = evdev_tags
SRC_C = tags.c
LIBS  = base
