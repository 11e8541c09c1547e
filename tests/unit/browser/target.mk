TARGET   = unit_browser
SRC_C    = main.c contrast.c part_history.c part_book.c part_source.c
LIBS     = document widget image text session base blit
REQUIRES = check md4c md4c-html
LD_OPT   = -lm
