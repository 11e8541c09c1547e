# Makes one library: $(VAR)/VARIANT/NAME.a

MK_FILE := lib.mk
include $(TOP)/.build/rules.mk

ARCHIVE := $(VAR)/$(VARIANT)/$(NAME).a
all: $(ARCHIVE)

# An archive keeps members whose source is gone, so it is made anew.
$(ARCHIVE): $(OBJECTS) $(EXT_OBJECTS) $(OBJ_DIR)/objects $(CUSTOM_TARGET_DEPS)
	$(MSG) $(HOST)AR $(@F)
	$(VERBOSE)rm -f $@ && ar rcsD $@ $(OBJECTS) $(EXT_OBJECTS)

# Others may load it; what is built here links the archive.
ifeq ($(if $(SHARED_LIB),$(VARIANT)),target)
SHARED := $(BUILD_DIR)/lib/lib$(NAME).so
all: $(SHARED)

$(SHARED): $(ARCHIVE)
	$(MSG) LINK lib$(NAME).so
	@mkdir -p $(@D)
	$(VERBOSE)$(COMPILER) -shared $(LINK.$(VARIANT)) -Wl,-soname,$(@F) -o $@ \
		$(OBJECTS) $(EXT_OBJECTS) -Wl,--as-needed -Wl,--start-group \
		$(patsubst lib/%,$(VAR)/$(VARIANT)/%.a,$(call libraries,$(NODE))) \
		-Wl,--end-group $(PC_LIBS) $(LD_OPT)
endif
