TARGET = fuzz_wire_log
SRC_C  = wire_log.c
LIBS   = wire_fuzz session base
