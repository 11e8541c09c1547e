TARGET   = fuzz_markdown
SRC_C    = main.c
LIBS     = document text session base blit
REQUIRES = md4c md4c-html
