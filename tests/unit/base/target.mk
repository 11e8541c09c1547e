TARGET   = unit_base
SRC_C    = main.c geometry.c region.c loop.c config.c values.c watch.c memory.c \
           log.c
LIBS     = base
REQUIRES = check
