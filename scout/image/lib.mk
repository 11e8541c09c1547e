LIB      = image
SRC_C    = load.c save.c
REQUIRES = libpng
