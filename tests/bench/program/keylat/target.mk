TARGET   = bench_keylat
SRC_C    = keylat.c
REQUIRES = x11 xtst xdamage
