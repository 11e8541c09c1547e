TARGET = nitpicker
SRC_C  = main.c session.c buffer.c output.c report.c
LIBS   = core figure session base blit
MAN    = nitpicker.1
