TARGET   = bench_echo
SRC_C    = echo.c
REQUIRES = sdl2
