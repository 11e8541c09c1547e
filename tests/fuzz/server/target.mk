TARGET = fuzz_server
SRC_C  = main.c
INC_DIR = tests/unit/proof
LIBS   = scene core figure session base blit
