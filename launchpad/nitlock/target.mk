TARGET   = nitlock
SRC_C    = main.c face.c dots.c clock.c secret.c
LIBS     = widget text session base blit
REQUIRES = libcrypt
LD_OPT   = -lm
MAN      = nitlock.1
