TARGET  = nitpicker-enter
SRC_C   = main.c
INC_DIR = launchpad
MAN     = nitpicker-enter.1
