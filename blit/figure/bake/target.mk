TARGET   = bake_font
SRC_C    = bake.c
REQUIRES = freetype2
