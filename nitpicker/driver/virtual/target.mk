TARGET   = virtual_drv
SRC_C    = main.c device.c command.c call.c words.c input_commands.c \
           output_commands.c picture.c compare.c record.c \
           settle.c control.c connection.c send.c
LIBS     = display image us session base blit
MAN      = virtual_drv.1
