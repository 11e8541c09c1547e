TARGET  = init
SRC_C   = main.c prove.c runner.c scenario.c
INC_DIR = launchpad
LIBS    = child session base
MAN     = init.1
