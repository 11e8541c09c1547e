TARGET  = nitpicker-enter
SRC_C   = main.c
INC_DIR = launchpad
# It lives for one call: finding and linking libraries would take most of its
# time.
LD_OPT  = $(if $(or $(SANITIZE),$(filter libc.a,$(shell \
	$(CC) -print-file-name=libc.a))),,-static)
MAN     = nitpicker-enter.1
