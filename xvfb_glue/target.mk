# Xvfb itself is started by its name, so it is needed at run time only.
TARGET   = xvfb_glue
SRC_C    = main.c options.c display.c server.c programs.c look.c xframe.c \
           pool.c view.c convert.c windows.c events.c properties.c decorate.c \
           place.c resize.c stack.c paint.c staging.c messages.c outline.c contour.c \
           drag.c manager.c report.c route.c seat.c \
           screen.c attach.c attach_names.c attach_file.c xwd.c \
           codes.c spare.c wheel.c keyboard.c input.c cursor.c pointer.c \
           clipboard.c clipboard_in.c clipboard_out.c settings.c \
           settings_encode.c
LIBS     = widget text session base blit
REQUIRES = xcb xcb-shm xcb-damage xcb-xfixes xcb-composite xcb-xtest \
           xcb-randr xcb-shape xcb-xkb xcb-sync
LD_OPT   = -lm
MAN      = xvfb_glue.1
