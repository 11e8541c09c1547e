TARGET   = vnc_drv
SRC_C    = main.c listener.c viewer.c message.c screen.c shot.c input.c keysym.c
LIBS     = display us image session base blit
REQUIRES = libvncserver
MAN      = vnc_drv.1
