TARGET = bench_frames
SRC_C  = frames.c
LIBS   = session base
