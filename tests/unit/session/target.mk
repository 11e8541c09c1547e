TARGET   = unit_session
SRC_C    = main.c sample.c tables.c ends.c wire.c wire_raw.c call.c sender.c home.c parent.c framebuffer.c nitpicker.c peer.c
LIBS     = session base
REQUIRES = check
