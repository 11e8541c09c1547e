LIB      = text
SRC_C    = text.c face.c glyph.c
SRC_BIN  = font/scout_sans_regular.otf font/scout_sans_semibold.otf
REQUIRES = freetype2
LIBS     = base blit
