LIB      = trust
SRC_C    = trust.c
LIBS     = base
REQUIRES = libseccomp
