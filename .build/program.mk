# Makes one program, and puts what it brings along beside it.

MK_FILE := target.mk
include $(TOP)/.build/rules.mk

BIN_DIR  := $(if $(filter host,$(VARIANT)),$(HOST_BIN),$(BUILD_DIR)/bin)
PROGRAM  := $(BIN_DIR)/$(TARGET)
ARCHIVES := $(patsubst lib/%,$(VAR)/$(VARIANT)/%.a,$(call libraries,$(NODE)))
all: $(PROGRAM)

$(PROGRAM): $(OBJECTS) $(ARCHIVES) $(EXT_OBJECTS) $(OBJ_DIR)/objects $(CUSTOM_TARGET_DEPS)
	$(MSG) $(HOST)LINK $(TARGET)
	@mkdir -p $(@D)
	$(VERBOSE)$(COMPILER) $(LINK.$(VARIANT)) -o $@ $(OBJECTS) $(EXT_OBJECTS) \
		-Wl,--start-group $(ARCHIVES) -Wl,--end-group $(PC_LIBS) $(LD_OPT)

# $1: made from $2
define copy
all: $1
$1: $2
	@mkdir -p $$(@D)
	$$(VERBOSE)cp $$< $$@
endef

ifneq ($(VARIANT),host)
DESCRIPTION := $(wildcard $(DIR)/$(TARGET).xml)
$(if $(DESCRIPTION),$(eval $(call copy,$(PROGRAM).xml,$(DESCRIPTION))))

DATA_TO := $(patsubst %/,%,$(BUILD_DIR)/share/nitpicker/$(DATA_DIR))
$(foreach f,$(DATA),$(eval $(call copy,$(DATA_TO)/$f,$(call source,$f))))
$(foreach f,$(MAN),$(eval $(call copy,$(BUILD_DIR)/share/man/man$(subst .,,$(suffix $f))/$f,$(call source,$f))))
endif
