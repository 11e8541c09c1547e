TARGET   = unit_image
SRC_C    = main.c
LIBS     = image
REQUIRES = check libpng
