LIB   = wire_fuzz
SRC_C = wire_fuzz.c
LIBS  = session base
