TARGET = nitlog
SRC_C  = main.c view.c scrollback.c
LIBS   = widget text session base blit
MAN    = nitlog.1
