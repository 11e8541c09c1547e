TARGET   = unit_xvfb_glue
GLUE     = ../../../xvfb_glue
SRC_C    = main.c codes.c spare.c cursor.c settings.c pixels.c \
           contour.c $(GLUE)/contour.c $(GLUE)/codes.c \
           $(GLUE)/spare.c $(GLUE)/wheel.c $(GLUE)/cursor.c \
           $(GLUE)/settings_encode.c $(GLUE)/convert.c \
           $(GLUE)/xwd.c
LIBS     = base
REQUIRES = check xcb
