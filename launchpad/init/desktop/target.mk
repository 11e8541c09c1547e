# init with a command line
TARGET  = nitpicker-desktop
SRC_C   = main.c options.c runtime.c backend.c files.c check.c first.c scope.c \
          ../prove.c ../runner.c ../scenario.c
INC_DIR = launchpad
LIBS    = child session base
MAN     = nitpicker-desktop.1
