TARGET  = fuzz_desktop_entry
SRC_C   = main.c
INC_DIR = launchpad launchpad/launchpad
LIBS    = catalogue base
