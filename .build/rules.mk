# How sources become objects: for library.mk and program.mk, which call this
# with DIR, NODE and VARIANT for one directory.

include $(TOP)/.build/graph.mk

SRC_DIR  := $(TOP)/$(DIR)
HOST_BIN := $(VAR)/host/bin
OBJ_DIR  := $(VAR)/$(VARIANT)/$(NODE)
GEN_DIR  := $(OBJ_DIR)/generated

.DEFAULT_GOAL := all
.SUFFIXES:
.DELETE_ON_ERROR:

include $(TOP)/.build/variables.mk
include $(DIR)/$(MK_FILE)

NAME   := $(NAME.$(NODE))
MSG     = @printf '  %-8s %s\n'
HOST    = $(if $(filter host,$(VARIANT)),HOST)
CC_WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
          -Wvla -Werror

# Variants differ in compiler and instrumentation.
CC.target     = $(CC)
CC.host       = $(HOST_CC)
CC.fuzz       = $(notdir $(or $(shell command -v clang-14),clang))
PKG.target    = $(PKG_CONFIG)
PKG.host      = pkg-config
PKG.fuzz      = $(PKG_CONFIG)
FLAGS.target  = $(SANITIZE:%=-fsanitize=% -fno-omit-frame-pointer)
FLAGS.host    =
FLAGS.fuzz    = -fsanitize=fuzzer-no-link,address,undefined \
                -fno-sanitize-recover=all -fno-omit-frame-pointer
LINK.target   = $(FLAGS.target)
LINK.host     =
LINK.fuzz     = -fsanitize=fuzzer,address,undefined

COMPILER := $(CC.$(VARIANT))
PKG      := $(PKG.$(VARIANT))

# REQUIRES mixes names of pkg-config with specs it doesn't know.
PC_NAMES := $(foreach r,$(call requires,$(NODE)),$(if \
	$(shell $(PKG) --exists $r && echo yes),$r))
ifneq ($(PC_NAMES),)
PC_CFLAGS := $(shell $(PKG) --cflags $(PC_NAMES))
PC_LIBS   := $(shell $(PKG) --libs $(PC_NAMES))
endif

# Code for a shared library is slower: its functions can be replaced by others
# of the same name, so that none is inlined.
# _GNU_SOURCE is defined as a source would do it, so that some may.
CFLAGS = -std=gnu17 $(OPT) $(CC_WARN) $(FLAGS.$(VARIANT)) $(if $(SHARED_LIB),-fPIC) \
	-ffile-prefix-map=$(TOP)/= -D_GNU_SOURCE= \
	$(INC_DIR:%=-I%) $(addprefix -iquote ,$(GEN_DIR) $(DIR) nitpicker .) \
	$(PC_CFLAGS) $(CC_OPT)

# source: name -> path; a source that isn't there is made by a rule
source  = $(if $(wildcard $(DIR)/$1),$(patsubst \
	$(TOP)/%,%,$(abspath $(DIR)/$1)),$(GEN_DIR)/$1)
# object: name -> path; sources may lie in other directories
object  = $(OBJ_DIR)/$(subst ../,up/,$1).o
# symbol: binary file -> NAME as in _binary_NAME_start
symbol  = $(shell printf %s '$(notdir $1)' | tr -c '[:alnum:]' _)

SOURCES_C := $(SRC_C) $(foreach s,$(SPECS),$(SRC_C_$s))
SOURCES_S := $(SRC_S) $(foreach s,$(SPECS),$(SRC_S_$s))
OBJECTS   := $(foreach s,$(SOURCES_C) $(SOURCES_S) $(SRC_BIN),$(call object,$s))

# Makes the folders at once, since rules that generate sources count on it.
NEW_DIRS := $(strip $(foreach d,$(sort $(dir $(OBJECTS)) $(GEN_DIR)/), \
	$(if $(wildcard $d),,$d)))
$(if $(NEW_DIRS),$(shell mkdir -p $(NEW_DIRS)))

# write: file, text -> file has this content; its time changes only with it
write = $(if $(call same,$(file <$1),$2),,$(file >$1,$2))
same  = $(and $(findstring $1,$2),$(findstring $2,$1))

# Whatever a compiler run depends on but for files: changed options rebuild.
$(call write,$(OBJ_DIR)/flags,$(COMPILER) $(CFLAGS) \
	$(foreach s,$(SOURCES_C),$(CC_OPT_$(basename $s))))
$(call write,$(OBJ_DIR)/objects,$(OBJECTS) $(LINK.$(VARIANT)) $(PC_LIBS) \
	$(EXT_OBJECTS) $(LD_OPT))

# $1: name of the source
define compile_c
$(call object,$1): $(call source,$1) $(OBJ_DIR)/flags
	$$(MSG) $$(HOST)CC $$(patsubst $$(VAR)/%,%,$$<)
	$$(VERBOSE)$$(COMPILER) $$(CFLAGS) $(CC_OPT_$(basename $1)) -MMD -MP -MT $$@ -c -o $$@ $$<
endef
define compile_s
$(call object,$1): $(call source,$1) $(OBJ_DIR)/flags
	$$(MSG) $$(HOST)AS $$(patsubst $$(VAR)/%,%,$$<)
	$$(VERBOSE)$$(COMPILER) $$(CFLAGS) -MMD -MP -MT $$@ -c -o $$@ $$<
endef
# Data becomes read-only data of the program, as the assembler can do it for
# any architecture.
define compile_bin
$(call object,$1): $(call source,$1) $(OBJ_DIR)/flags
	$$(MSG) $$(HOST)BIN $$(patsubst $$(VAR)/%,%,$$<)
	$$(VERBOSE)printf '%s\n' '.section .rodata' '.balign 16' \
		'.global _binary_$(call symbol,$1)_start, _binary_$(call symbol,$1)_end' \
		'_binary_$(call symbol,$1)_start: .incbin "$$<"' \
		'_binary_$(call symbol,$1)_end: .byte 0' \
		'.section .note.GNU-stack,"",%progbits' | \
		$$(COMPILER) -x assembler -c -o $$@ -
endef
$(foreach s,$(SOURCES_C),$(eval $(call compile_c,$s)))
$(foreach s,$(SOURCES_S),$(eval $(call compile_s,$s)))
$(foreach s,$(SRC_BIN),$(eval $(call compile_bin,$s)))

$(GEN_DIR)/%.c:
	@echo "$(DIR)/$*.c is missing, and no rule makes it" >&2; false

-include $(patsubst %.o,%.d,$(filter %.c.o %.S.o,$(OBJECTS)))

.PHONY: all
all:
	@:
