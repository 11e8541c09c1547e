TARGET   = greeter
SRC_C    = greeter.c
LIBS     = widget image text session base blit
USES     = Nitpicker
LD_OPT   = -lm
MAN      = greeter.1
