TARGET         = backdrop
SRC_C          = main.c layers.c night.c
SRC_BIN        = sky.bin
HOST_TOOLS     = scout/widget/sky
LIBS           = image session base blit
REQUIRES       = libpng
MAN            = backdrop.1
CC_OPT_night   = -O3 -fno-math-errno -fno-trapping-math
LD_OPT         = -lm

$(GEN_DIR)/sky.bin: $(HOST_BIN)/sky | $(GEN_DIR)/
	$(MSG) BAKE sky.bin
	$(VERBOSE)$(HOST_BIN)/sky $@
