TARGET   = unit_nitlock
SRC_C    = main.c ../../../launchpad/nitlock/secret.c
INC_DIR  = launchpad
LIBS     = base
REQUIRES = check libcrypt
