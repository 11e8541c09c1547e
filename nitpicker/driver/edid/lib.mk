LIB   = edid
SRC_C = edid.c
