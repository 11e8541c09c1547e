TARGET = bench_widgets
SRC_C  = widgets.c
LIBS   = widget image text session base blit
LD_OPT = -lm
