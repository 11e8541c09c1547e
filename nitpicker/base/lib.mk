LIB      = base
SRC_C    = alloc.c config.c geometry.c log.c loop.c memory.c process.c region.c \
           region_room.c region_sweep.c timer.c utf8.c values.c watch.c
REQUIRES = expat
