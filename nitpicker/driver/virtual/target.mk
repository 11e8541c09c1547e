TARGET   = virtual_drv
SRC_C    = main.c display.c device.c command.c words.c compare.c record.c \
           settle.c control.c connection.c send.c
LIBS     = picture us session base blit
REQUIRES = libpng
MAN      = virtual_drv.1
