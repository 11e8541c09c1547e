TARGET   = fuzz_image
SRC_C    = main.c decoder.c
LIBS     = image base
REQUIRES = libpng libjpeg
LD_OPT   = -lm
