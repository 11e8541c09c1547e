TARGET = fuzz_wire_screenshot
SRC_C  = wire_screenshot.c
LIBS   = wire_fuzz session base
