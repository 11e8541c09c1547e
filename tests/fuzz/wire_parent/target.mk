TARGET = fuzz_wire_parent
SRC_C  = wire_parent.c
LIBS   = wire_fuzz session base
