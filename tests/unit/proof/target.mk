TARGET   = unit_proof
SRC_C    = main.c named.c
LIBS     = scene core figure session base blit
REQUIRES = check
