TARGET = fuzz_wire_nitpicker
SRC_C  = wire_nitpicker.c
LIBS   = wire_fuzz session base
