TARGET   = unit_blit
SRC_C    = main.c generic.c equal.c surface.c
LIBS     = blit
REQUIRES = check
