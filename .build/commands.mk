# Commands of the front end. "make help" prints the comments after ##.

PREFIX  ?= /usr/local
SECONDS ?= 60
# To make this is the assembler, here it is the user who runs the tests.
AS       =
# A number of jobs on the command line goes before that of processors.
JOBS     = $(if $(findstring j,$(filter-out --%,$(MAKEFLAGS))),,-j$(shell nproc))
FRONT    = +$(VERBOSE_MK)$(MAKE) $(VERBOSE_DIR) $(JOBS) -C $(TOP) \
	BUILD_DIR=$(BUILD_DIR)
# Without network or rights the build goes on with what is there.
DEPS     = $(TOP)/.build/deps --quiet || :
RUN      = $(TOP)/tests/run

##: make, make nitpicker/server  all that the platform allows, or one target or room, into BUILD_DIR/bin
##: make tests                   the programs of the tests
##: make deps                    what is missing of Debian's packages, FOR=run,test,soak,bench,image LIB=freetype
##: make run                     starts the desktop, SCENARIO=NAME or FILE, BACKEND=auto|sdl2|vnc|virtual
##: make test                    all tests in their short form, AS=nobody without rights, ONLY=WORD some of them
##: make soak                    the same with full counts
##: make bench                   numbers beside those of peers: a table, and bench.json in BUILD_DIR
##: make fuzz                    every fuzz target for SECONDS=60
##: make image                   what boots into the desktop: kernel, initrd, ISO, in BUILD_DIR/image; SCENARIO=image
##: make run-image               boots it in QEMU
##: make install                 programs, libraries, headers, man pages, scenarios: PREFIX=/usr/local DESTDIR=
##: make builddir                a further build directory: PLATFORM=NAME BUILD_DIR=DIR, without PLATFORM the list
##: make clean                   removes objects
##: make cleanall                removes all that is generated but BUILD_DIR/bin
##: make distclean               removes BUILD_DIR
##: make help                    this table
help:
	@sed -n 's/^##: /  /p' $(TOP)/.build/commands.mk
	@echo; printf '%s\n' 'Options: BUILD_DIR=DIR  SANITIZE=address,undefined  SPECS="..."  CC=clang' \
		'         VERBOSE= (commands)  VERBOSE_MK= (calls of make)  VERBOSE_DIR= (directories)' \
		'They are kept in etc/build.conf and etc/specs.conf of BUILD_DIR ($(BUILD_DIR)).'

deps:
	@FOR='$(FOR)' LIB='$(LIB)' $(TOP)/.build/deps

run:
	@FOR=run $(DEPS)
	$(FRONT) build
	@exec $(TOP)/.build/start $(BUILD_DIR) '$(BACKEND)' '$(SCENARIO)'

test:
	@FOR=run,test $(DEPS)
	$(FRONT) build tests
	@AS='$(AS)' $(RUN) test $(ONLY)

soak:
	@FOR=run,test,soak $(DEPS)
	$(FRONT) build tests
	@AS='$(AS)' NITPICKER_SOAK=1 $(RUN) test $(ONLY)

fuzz:
	@FOR=run,test $(DEPS)
	$(FRONT) tests/fuzz
	@FUZZ_SECONDS=$(SECONDS) $(RUN) fuzz $(ONLY)

bench:
	@FOR=run,bench $(DEPS)
	$(FRONT) build tests/bench
	@$(TOP)/.build/bench $(BUILD_DIR) $(ONLY)

image:
	@FOR=image $(DEPS)
	$(FRONT) build
	@$(TOP)/launchpad/image/image $(BUILD_DIR) '$(or $(SCENARIO),image)'

run-image:
	@[ -e $(BUILD_DIR)/image/initrd ] || $(MAKE) $(VERBOSE_DIR) -C $(TOP) \
		BUILD_DIR=$(BUILD_DIR) SCENARIO='$(SCENARIO)' image
	@exec $(TOP)/launchpad/image/run $(BUILD_DIR)

install:
	$(FRONT) build
	@DESTDIR='$(DESTDIR)' $(TOP)/.build/install $(BUILD_DIR) '$(PREFIX)'

builddir:
	@$(TOP)/.build/builddir $(if $(PLATFORM),'$(PLATFORM)' $(BUILD_DIR))

clean:
	@rm -rf $(VAR)

cleanall: clean
	@rm -rf $(BUILD_DIR)/share $(BUILD_DIR)/lib $(BUILD_DIR)/test \
		$(BUILD_DIR)/bench.json

distclean:
	@rm -rf $(BUILD_DIR)
