TARGET   = intel_drv
SRC_C    = main.c output.c card.c connector.c buffer.c layout.c cursor.c hotplug.c
LIBS     = driver_console edid shadow session blit base
REQUIRES = libdrm
MAN      = intel_drv.1
