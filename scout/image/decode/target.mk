TARGET   = scout_decode
SRC_C    = main.c jpeg.c painter.c
LIBS     = image base
REQUIRES = libjpeg libpng libseccomp
LD_OPT   = -lm
MAN      = scout_decode.1
