# Text and a few shapes without a font library: for programs that must stay
# small.
LIB        = figure
SRC_C      = font.c shape.c badge.c pointer.c
SRC_BIN    = font.bin
LIBS       = base blit
HOST_TOOLS = blit/figure/bake

# The first one that is installed; the last one is part of the suite.
FONTS = /usr/share/fonts/opentype/inter/Inter-SemiBold.otf \
        /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf \
        scout/text/font/scout_sans_semibold.otf

$(GEN_DIR)/font.bin: $(HOST_BIN)/bake_font | $(GEN_DIR)/
	@printf '  %-8s %s\n' FONT $(@F)
	$(VERBOSE)$< $@ 11,12,14,17,22 $(FONTS)
