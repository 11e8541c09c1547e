LIB                = widget
SRC_C              = $(notdir $(wildcard $(SRC_DIR)/*.c))
SRC_BIN            = sky.bin
HOST_TOOLS         = sky
LIBS               = image text session base blit
CC_OPT_gfx         = -O3 -fno-math-errno
CC_OPT_ground      = -O3
CC_OPT_shadow      = -O3 -fno-math-errno

$(GEN_DIR)/sky.bin: $(HOST_BIN)/sky | $(GEN_DIR)/
	$(MSG) BAKE sky.bin
	$(VERBOSE)$(HOST_BIN)/sky $@
