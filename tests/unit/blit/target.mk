TARGET   = unit_blit
SRC_C    = main.c generic.c surface.c
LIBS     = blit
REQUIRES = check
