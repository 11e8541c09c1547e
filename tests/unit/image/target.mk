TARGET   = unit_image
SRC_C    = main.c files.c
LIBS     = image base
REQUIRES = check libpng
LD_OPT   = -lm
