TARGET   = unit_proof
SRC_C    = main.c
LIBS     = scene core figure session base blit
REQUIRES = check
