TARGET   = bench_blit
SRC_C    = main.c field.c work.c
LIBS     = blit
REQUIRES = pixman-1 sdl2
