# What needs what, from the notes of scan.mk: for front.mk, program.mk and
# library.mk. Expects TOP and BUILD_DIR.

VAR := $(BUILD_DIR)/var

include $(BUILD_DIR)/etc/build.conf
include $(BUILD_DIR)/etc/specs.conf

MK_FILES := $(sort $(patsubst ./%,%,$(shell cd $(TOP) && find . \
	-path './.?*' -prune -o -path './build*' -prune -o \
	\( -name target.mk -o -name lib.mk \) -print)))
NOTES    := $(MK_FILES:%=$(VAR)/graph/%)

include $(NOTES)

# Tools of the build are known by who uses them; they aren't for the target.
HOST_PROGRAMS := $(sort $(foreach n,$(PROGRAMS) $(LIBRARIES),$(HOST_TOOLS.$n)))
PROGRAMS      := $(sort $(filter-out $(HOST_PROGRAMS),$(PROGRAMS)))
LIBRARIES     := $(sort $(LIBRARIES))

# libraries: node -> all libraries it links, directly or not, once each: add
# what they need until there is no more
grow      = $(sort $1 $(foreach n,$1,$(LIBS.$n:%=lib/%)))
closure   = $(if $(filter-out $1,$(call grow,$1)),$(call \
	closure,$(call grow,$1)),$1)
libraries = $(call closure,$(sort $(LIBS.$1:%=lib/%)))

# requires: node -> specs it and its libraries need
requires  = $(sort $(foreach n,$1 $(call libraries,$1),$(REQUIRES.$n)))

# variant: node -> how it is built when it is asked for
variant   = $(if $(filter tests/fuzz/%,$(DIR.$1)),fuzz,$(if \
	$(filter $(HOST_PROGRAMS),$1),host,target))

# missing: node -> those of its specs this platform lacks, or the host of the
# build for a tool
HOST_SPECS ?= $(SPECS)
missing   = $(sort $(filter-out $(SPECS),$(call requires,$1) \
	$(if $(filter fuzz,$(call variant,$1)),libfuzzer)) \
	$(filter-out $(HOST_SPECS),$(foreach n,$1 $(call libraries,$1),\
		$(foreach t,$(HOST_TOOLS.$n),$(call requires,$t)))))
