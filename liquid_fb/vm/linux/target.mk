# User Mode Linux is started by its path, so it is needed at run time only.
TARGET   = linux
SRC_C    = main.c options.c machine.c disk.c
SRC_BIN  = wide.so
LIBS     = child session base
REQUIRES = x86_64 busybox
INC_DIR  = launchpad
DATA     = linux.img
DATA_DIR = linux
MAN      = linux.1

# Goes into the kernel's process, so no sanitizer may be in it.
$(GEN_DIR)/wide.so: $(DIR)/wide.c | $(GEN_DIR)/
	$(MSG) CC $<
	$(VERBOSE)$(COMPILER) -std=gnu17 -O2 $(CC_WARN) -fPIC -shared -s -o $@ $<

# What is in it is built in no time and the same for everybody.
BUSYBOX = $(firstword $(wildcard /bin/busybox /usr/bin/busybox))
$(GEN_DIR)/linux.img: $(DIR)/guest_init $(BUSYBOX) | $(GEN_DIR)/
	$(MSG) PACK linux.img
	$(VERBOSE)rm -rf $(GEN_DIR)/root && umask 022 && \
	mkdir -p $(GEN_DIR)/root/bin && cp $(BUSYBOX) $(GEN_DIR)/root/bin/ && \
	cp $< $(GEN_DIR)/root/init && \
	chmod 755 $(GEN_DIR)/root/init $(GEN_DIR)/root/bin/busybox && \
	cd $(GEN_DIR)/root && \
	mkdir dev proc sys tmp root etc mnt && \
	find . | sort | $(BUSYBOX) cpio -o -H newc 2>/dev/null | gzip -9n >../linux.img.new
	$(VERBOSE)rm -rf $(GEN_DIR)/root && mv $(GEN_DIR)/linux.img.new $@
