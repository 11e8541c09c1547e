TARGET  = launchpad
SRC_C   = main.c programs.c children.c panel.c
INC_DIR = launchpad
LIBS    = child widget text session base blit
MAN     = launchpad.1
