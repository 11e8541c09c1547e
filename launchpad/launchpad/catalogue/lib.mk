LIB     = catalogue
SRC_C   = search.c desktop_entry.c desktop_file.c desktop_args.c installed.c icon.c
INC_DIR = launchpad launchpad/launchpad
LIBS    = base
