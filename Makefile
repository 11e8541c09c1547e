# The front end. What it does is in .build/front.mk, "make help" tells how to
# use it. Each build directory has a Makefile of its own that does the same.

TOP       := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
BUILD_DIR ?= $(TOP)/build

include $(TOP)/.build/front.mk
