LIB      = document
SRC_C    = $(notdir $(wildcard $(SRC_DIR)/*.c))
LIBS     = text base
REQUIRES = md4c md4c-html
