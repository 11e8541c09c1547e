TARGET   = unit_ps2
SRC_C    = main.c keyboard.c mouse.c damage.c setup.c recording.c
SRC_BIN  = mouse.events typing.events
LIBS     = ps2 base
REQUIRES = check
