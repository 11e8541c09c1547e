TARGET   = unit_nitlog
SRC_C    = main.c ../../../launchpad/nitlog/scrollback.c
INC_DIR  = launchpad
LIBS     = base
REQUIRES = check
