# Front end: commands, and the graph of what is built in which order.
#
# Each directory with a target.mk makes one program, each with a lib.mk one
# library. They set the variables of variables.mk, and are read twice:
#   scan.mk     notes what the directory needs, in $(VAR)/graph (as make code)
#   library.mk  } in a make process of its own, so that the variables and
#   program.mk  } rules of one directory can't get in the way of another
# This file reads the notes of all directories and calls the latter two in the
# right order, each at most once, so that "make -j" is safe.
#
# A node is what one such process makes: "nitpicker/server" (a program) or
# "lib/base" (a library), in a variant: "target", "host" (tools that run during
# the build) or "fuzz" (instrumented for libFuzzer).

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

ifneq ($(words $(TOP) $(abspath $(BUILD_DIR))),2)
$(error make can't handle blanks in "$(TOP)" or "$(BUILD_DIR)")
endif
# A relative BUILD_DIR is meant from where make was called.
override BUILD_DIR := $(abspath $(BUILD_DIR))
VAR := $(BUILD_DIR)/var

# "VERBOSE=" shows commands, "VERBOSE_MK=" the calls of make, "VERBOSE_DIR="
# the directories make works in.
VERBOSE     ?= @
VERBOSE_MK  ?= @
VERBOSE_DIR ?= --no-print-directory

export TOP BUILD_DIR VERBOSE VERBOSE_MK VERBOSE_DIR

COMMANDS := all build tests $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' \
	$(TOP)/.build/commands.mk)

# given: name -> its setting for the shell, empty if not from the command line
given = $1='$(if $(filter command,$(origin $1)),$($1))'

# Everything that isn't a command is a directory to build.
GOALS := $(patsubst %/,%,$(filter-out $(COMMANDS),$(MAKECMDGOALS)))

.PHONY: $(COMMANDS) $(MAKECMDGOALS)
.DEFAULT_GOAL := all

# Other commands start a second make for what they build: "make deps" may
# install a library that this one has already found missing.
ifneq ($(filter all build tests,$(or $(MAKECMDGOALS),all))$(GOALS),)

# Look what is there on each call, but once: make starts over after it has
# remade notes. Files are written only if their content changes.
ifndef MAKE_RESTARTS
configured := $(shell $(call given,CC) $(call given,PKG_CONFIG) \
	$(TOP)/.build/configure $(BUILD_DIR) && echo yes)
ifndef configured
$(error $(BUILD_DIR) can't be configured)
endif
endif

include $(TOP)/.build/graph.mk

$(VAR)/graph/%.mk: $(TOP)/%.mk $(TOP)/.build/scan.mk $(BUILD_DIR)/etc/specs.conf
	@mkdir -p $(@D)
	@$(MAKE) --no-print-directory -s -C $(TOP) -f .build/scan.mk FILE=$*.mk >$@.new
	@mv $@.new $@

# Before make has made the notes and started over, nothing is known.
known := $(if $(filter-out $(wildcard $(NOTES)),$(NOTES)),,yes)

NAMED := $(foreach g,$(GOALS),$(or $(strip \
	$(filter $g $g/%,$(PROGRAMS) $(HOST_PROGRAMS)) \
	$(foreach l,$(LIBRARIES),$(if $(filter $g $g/%,$(DIR.$l)),$l))), \
	$(if $(known),$(error $g: neither a command (see "make help") nor a \
	directory with a target.mk or lib.mk))))
OURS  := $(foreach n,$(PROGRAMS) $(LIBRARIES),$(if \
	$(filter tests/%,$(DIR.$n)),,$n))
TESTS := $(filter-out tests/bench/%,$(filter tests/%,$(PROGRAMS)))
WANT  := $(sort $(NAMED) \
	$(if $(filter all build,$(or $(MAKECMDGOALS),all)),$(OURS)) \
	$(if $(filter tests,$(MAKECMDGOALS)),$(TESTS)))

# Missing specs and packages are the user's decision, so such targets are
# skipped; asking for one by its full name is an error.
SKIPPED := $(foreach n,$(WANT),$(if $(call missing,$n),$n))

all build tests $(filter-out $(COMMANDS),$(MAKECMDGOALS)): summary
	@:

.PHONY: summary
summary: $(foreach n,$(filter-out $(SKIPPED),$(WANT)),$(call variant,$n)/$n)
	@{ $(foreach n,$(SKIPPED),$(TOP)/.build/skipped $n $(call missing,$n);) :; } \
		>$(VAR)/skipped
	@sed 's/^/  SKIPPED  /' $(VAR)/skipped
	$(file >$(VAR)/programs,$(filter-out lib/%,$(OURS)))
	@$(if $(filter $(SKIPPED),$(GOALS)),false,:)

# $1: variant, $2: node, $3: the makefile that makes it
define node
.PHONY: $1/$2
$1/$2: $(addprefix $1/,$(filter-out $2,$(call libraries,$2))) \
	$(addprefix host/,$(HOST_TOOLS.$2))
	$(VERBOSE_MK)+$$(MAKE) $(VERBOSE_DIR) -C $(TOP) -f .build/$3 DIR=$(DIR.$2) NODE=$2 VARIANT=$1
endef
$(foreach v,target host fuzz, \
	$(foreach n,$(PROGRAMS) $(HOST_PROGRAMS), \
		$(eval $(call node,$v,$n,program.mk))) \
	$(foreach n,$(LIBRARIES),$(eval $(call node,$v,$n,library.mk))))

$(addsuffix /lib/%,target host fuzz):
	@echo "No lib.mk makes the library \"$*\"" >&2; false

endif

include $(TOP)/.build/commands.mk
