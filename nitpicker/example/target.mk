TARGET = hello
SRC_C  = hello.c
LIBS   = session base
MAN    = hello.1
