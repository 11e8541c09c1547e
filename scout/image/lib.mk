LIB          = image
SRC_C        = load.c save.c scale.c place.c decode.c spawn.c
REQUIRES     = libpng
LIBS         = base
CC_OPT_scale = -O3
