TARGET = fuzz_wire_framebuffer
SRC_C  = wire_framebuffer.c
LIBS   = wire_fuzz session base
