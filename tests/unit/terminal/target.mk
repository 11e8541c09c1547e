TARGET         = unit_terminal
SRC_C          = main.c stream.c oracle.c rules.c replies.c styles.c input.c lines.c \
                 resize.c unicode.c damage.c margins.c
LIBS           = terminal base
REQUIRES       = check
LD_OPT         = -lm
CC_OPT_oracle  = -DORACLE=\"$(SRC_DIR)/oracle\"
