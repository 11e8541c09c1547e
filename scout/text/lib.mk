LIB      = text
SRC_C    = text.c pen.c line.c shape.c face.c glyph.c break.c compose.c \
           unicode/table.c
SRC_BIN  = font/scout_sans_regular.otf font/scout_sans_semibold.otf \
           font/scout_mono.ttf
REQUIRES = freetype2
LIBS     = base blit

# Scripts whose letters join or run to the left, where the platform has both.
# Loaded at run time: --as-needed links neither.
ifeq ($(words $(filter harfbuzz fribidi,$(SPECS))),2)
SRC_C    += complex.c bidi.c
REQUIRES += harfbuzz fribidi
else
SRC_C    += simple.c
endif
