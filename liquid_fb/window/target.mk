TARGET          = liquid_fb
SRC_C           = main.c options.c content.c resize.c input.c body.c liquid.c
LIBS            = widget text session base blit
CC_OPT_liquid   = -O3 -fno-math-errno
LD_OPT          = -lm
MAN             = liquid_fb.1
