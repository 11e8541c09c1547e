TARGET = nitpicker
SRC_C  = main.c session.c buffer.c output.c report.c cursor.c clipboard.c screenshot.c
LIBS   = core trust figure session base blit
REQUIRES = libseccomp
MAN    = nitpicker.1
