TARGET  = desktop_check
SRC_C   = desktop_check.c
INC_DIR = launchpad launchpad/launchpad
LIBS    = catalogue base
