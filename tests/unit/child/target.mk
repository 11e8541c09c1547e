TARGET   = unit_child
SRC_C    = main.c quota.c label.c output.c entry.c route.c session.c world.c scenario.c file.c pulse.c serio.c \
           ../../../launchpad/init/scenario.c
INC_DIR  = launchpad
LIBS     = child session base
REQUIRES = check
