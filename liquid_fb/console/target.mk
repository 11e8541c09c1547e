TARGET  = console
SRC_C   = main.c size.c shell.c host.c paint.c look.c blink.c glyphs.c lines.c under.c keys.c \
          shortcuts.c pointer.c select.c search.c palette.c report.c
LIBS    = terminal child text session base blit
LD_OPT  = -lm
MAN     = console.1
