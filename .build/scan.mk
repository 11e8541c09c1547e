# Prints what one target.mk or lib.mk (FILE) needs, as make code: graph.mk
# includes it. The rules in FILE are read, too, but nobody asks for them here.

include $(BUILD_DIR)/etc/specs.conf

DIR     := $(patsubst %/,%,$(dir $(FILE)))
SRC_DIR := $(TOP)/$(DIR)
GEN_DIR  = $(BUILD_DIR)/var/scan

.DEFAULT_GOAL := note
include $(TOP)/.build/variables.mk
include $(FILE)

ifeq ($(notdir $(FILE)),lib.mk)
NODE  = lib/$(or $(LIB),$(error $(FILE): LIB is missing))
GROUP = LIBRARIES
else
NODE  = $(if $(TARGET)$(DATA)$(MAN),$(DIR),$(error $(FILE): TARGET is missing))
GROUP = PROGRAMS
endif

# A host tool may be named relative to the directory that uses it.
tools = $(foreach t,$(HOST_TOOLS),$(if $(wildcard $(DIR)/$t/target.mk),$(DIR)/$t,$t))

define note
$(GROUP) += $(NODE)
DIR.$(NODE) = $(DIR)
NAME.$(NODE) = $(or $(TARGET),$(LIB))
LIBS.$(NODE) = $(LIBS)
REQUIRES.$(NODE) = $(REQUIRES)
HOST_TOOLS.$(NODE) = $(tools)
endef

.PHONY: note
note:
	$(info $(note)) @:
