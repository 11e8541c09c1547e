TARGET   = bench_picture
SRC_C    = picture.c
LIBS     = image base
REQUIRES = libpng libjpeg
LD_OPT   = -lm
