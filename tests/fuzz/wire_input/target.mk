TARGET = fuzz_wire_input
SRC_C  = wire_input.c
LIBS   = wire_fuzz session base
