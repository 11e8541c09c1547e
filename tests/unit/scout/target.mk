TARGET   = unit_scout
SRC_C    = main.c text.c breaks.c quota.c tree.c input.c painting.c contrast.c
LIBS     = widget text session base blit
REQUIRES = check
LD_OPT   = -lm
