TARGET   = nitshot
SRC_C    = main.c
LIBS     = image session base blit
REQUIRES = libpng
MAN      = nitshot.1
