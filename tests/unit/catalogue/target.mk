TARGET   = unit_catalogue
SRC_C    = main.c search.c desktop.c installed.c
INC_DIR  = launchpad launchpad/launchpad
LIBS     = catalogue base
REQUIRES = check
