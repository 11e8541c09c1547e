TARGET = bench_weston_frames
SRC_C  = frames.c
