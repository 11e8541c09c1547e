TARGET   = bench_backdrop
SRC_C    = backdrop.c alone.c
LIBS     = child session base
REQUIRES = libpng libjpeg
