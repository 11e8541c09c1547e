# A guest for scenarios and tests: a boot sector that draws.
REQUIRES = x86
DATA     = guest.img
DATA_DIR = vm

$(GEN_DIR)/guest.img: $(DIR)/guest.S | $(GEN_DIR)/
	$(MSG) AS guest.img
	$(VERBOSE)$(CC) -c -x assembler-with-cpp -Wa,--32 -o $(GEN_DIR)/guest.o $< && \
	objcopy -O binary -j .text $(GEN_DIR)/guest.o $@.new && \
	truncate -s 1M $@.new && mv $@.new $@
