LIB   = driver_console
SRC_C = console.c
LIBS  = base
