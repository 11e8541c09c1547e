TARGET   = unit_rfb
SRC_C    = main.c server.c shake.c screen.c limits.c
LIBS     = rfb base
REQUIRES = check
