TARGET = nitpicker-inspect
SRC_C  = inspect.c report.c
LIBS   = session base
MAN    = nitpicker-inspect.1
