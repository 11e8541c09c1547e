TARGET   = sdl2_drv
SRC_C    = main.c mode.c window.c host.c events.c keys.c pointer.c scancode.c \
           options.c
LIBS     = session base blit
REQUIRES = sdl2 x11 xfixes wayland-client
MAN      = sdl2_drv.1
