TARGET   = unit_trust
SRC_C    = main.c
LIBS     = base
REQUIRES = check libseccomp
