# Xvfb itself is started by its name, so it is needed at run time only.
TARGET   = xvfb_glue
SRC_C    = main.c options.c display.c server.c
LIBS     = widget text session base blit
REQUIRES = xcb xcb-shm xcb-damage xcb-xfixes xcb-composite xcb-xtest \
           xcb-randr xcb-shape xcb-xkb xcb-sync
LD_OPT   = -lm
MAN      = xvfb_glue.1
