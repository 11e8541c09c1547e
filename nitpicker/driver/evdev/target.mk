TARGET   = evdev_drv
SRC_C    = main.c seat.c device.c events.c finder.c terminal.c
LIBS     = evdev_tags keymap session base
REQUIRES = libinput libudev
MAN      = evdev_drv.1
