# What a target.mk or lib.mk may say, empty by default. Set here so that
# nothing comes in from the environment.

# Name of the program (target.mk) or library (lib.mk). A target.mk without it
# has data and manual pages only.
TARGET =
LIB =

# Sources, relative to the directory or made in $(GEN_DIR) by a rule below.
# SRC_C_<spec> and SRC_S_<spec> are added where the platform has the spec.
SRC_C =
SRC_S =
# Files to link as they are, between _binary_NAME_start and _binary_NAME_end
# (NAME: the file's, with _ for what isn't a letter or digit).
SRC_BIN =
# Objects made elsewhere.
EXT_OBJECTS =

# Libraries of the house, and what the platform must have: specs, or names of
# pkg-config, whose flags are used. If one isn't there the target is skipped.
LIBS =
REQUIRES =

# Flags for the compiler (CC_OPT_<name> for name.c alone) and the linker,
# folders for #include <...>.
CC_OPT =
LD_OPT =
INC_DIR =

# Directories of tools that run during the build, as $(HOST_BIN)/NAME, and what
# else must be made before the target.
HOST_TOOLS =
CUSTOM_TARGET_DEPS =

# A library with this is made as libNAME.so, too.
SHARED_LIB =

# Services of the component, if it has no description $(TARGET).xml by hand.
PROVIDES =
USES =

# Files for share/nitpicker/$(DATA_DIR), and manual pages.
DATA =
DATA_DIR =
MAN =
