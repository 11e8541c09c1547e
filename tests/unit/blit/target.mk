TARGET   = unit_blit
SRC_C    = main.c generic.c every.c surface.c
LIBS     = blit
REQUIRES = check
