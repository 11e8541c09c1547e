LIB      = text
SRC_C    = text.c face.c glyph.c break.c compose.c unicode/table.c
SRC_BIN  = font/scout_sans_regular.otf font/scout_sans_semibold.otf \
           font/scout_mono.ttf
REQUIRES = freetype2
LIBS     = base blit
