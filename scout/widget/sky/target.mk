# Bakes the sky texture; run by the build.
TARGET = sky
SRC_C  = sky.c
LD_OPT = -lm
