TARGET   = unit_server
SRC_C    = main.c desk.c painter.c stack.c input.c balance.c holes.c xray.c policy.c pointer.c kill.c domain.c many.c lock.c
LIBS     = core figure session base blit
REQUIRES = check
