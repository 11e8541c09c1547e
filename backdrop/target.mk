TARGET   = backdrop
SRC_C    = main.c picture.c
LIBS     = session base blit image
REQUIRES = libpng
MAN      = backdrop.1
