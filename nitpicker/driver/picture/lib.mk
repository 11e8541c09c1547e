LIB      = picture
SRC_C    = picture.c
LIBS     = blit
REQUIRES = libpng
