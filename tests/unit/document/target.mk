TARGET   = unit_document
SRC_C    = main.c tree.c flow.c
LIBS     = document text base blit
REQUIRES = check md4c md4c-html
LD_OPT   = -lm
