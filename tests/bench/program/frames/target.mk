TARGET = bench_frames
SRC_C  = frames.c
LIBS   = bench_control session base
