# Makes one program, and puts what it brings along beside it. A target.mk
# without TARGET has data and manual pages only.

MK_FILE := target.mk
include $(TOP)/.build/rules.mk

BIN_DIR  := $(if $(filter host,$(VARIANT)),$(HOST_BIN),$(BUILD_DIR)/bin)
ARCHIVES := $(patsubst lib/%,$(VAR)/$(VARIANT)/%.a,$(call libraries,$(NODE)))

ifdef TARGET
PROGRAM  := $(BIN_DIR)/$(TARGET)
all: $(PROGRAM)

$(PROGRAM): $(OBJECTS) $(ARCHIVES) $(EXT_OBJECTS) $(OBJ_DIR)/objects \
		$(CUSTOM_TARGET_DEPS)
	$(MSG) $(HOST)LINK $(TARGET)
	@mkdir -p $(@D)
	$(VERBOSE)$(COMPILER) $(LINK.$(VARIANT)) -o $@ -Wl,--as-needed \
		$(OBJECTS) $(EXT_OBJECTS) -Wl,--start-group $(ARCHIVES) -Wl,--end-group \
		$(PC_LIBS) $(LD_OPT)
endif

# $1: made from $2
define copy
all: $1
$1: $2
	@mkdir -p $$(@D)
	$$(VERBOSE)cp $$< $$@
endef

ifneq ($(VARIANT),host)
DATA_TO := $(patsubst %/,%,$(BUILD_DIR)/share/nitpicker/$(DATA_DIR))
MAN_TO  := $(BUILD_DIR)/share/man/man
$(foreach f,$(DATA),$(eval $(call copy,$(DATA_TO)/$f,$(call source,$f))))
$(foreach f,$(MAN),$(eval $(call copy,$(MAN_TO)$(subst .,,$(suffix $f))/$f,$(call source,$f))))

# The description of a component is written by hand, or has no more to say
# than which services it provides and uses.
ifneq ($(wildcard $(DIR)/$(TARGET).xml),)
$(eval $(call copy,$(PROGRAM).xml,$(DIR)/$(TARGET).xml))
else ifneq ($(PROVIDES)$(USES),)
services = <$1>$(foreach s,$2,<service name="$s"/>)</$1>
$(call write,$(OBJ_DIR)/description,<component>$(call services,provides,$(PROVIDES))$(call services,uses,$(USES))</component>)
$(eval $(call copy,$(PROGRAM).xml,$(OBJ_DIR)/description))
endif
endif
