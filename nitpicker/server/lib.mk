# What the server does with views, pixels and input, without a socket: for the
# server and for its tests.
LIB        = core
SRC_C      = view.c execute.c damage.c compose.c input.c xray.c menubar.c \
             font.c pointer.c policy.c
SRC_BIN    = font.bin
LIBS       = session base blit
HOST_TOOLS = nitpicker/server/bake

# The first one that is installed; the last one is part of the suite.
FONTS = /usr/share/fonts/opentype/inter/Inter-SemiBold.otf \
        /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf \
        scout/text/font/scout_sans_semibold.otf

$(GEN_DIR)/font.bin: $(HOST_BIN)/bake_font | $(GEN_DIR)/
	@printf '  %-8s %s\n' FONT $(@F)
	$(VERBOSE)$< $@ 11,12,14,17,22 $(FONTS)
