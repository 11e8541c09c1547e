TARGET         = unit_scout
SRC_C          = main.c text.c breaks.c shape.c golden.c quota.c tree.c input.c painting.c contrast.c theme.c \
                 gallery.c gallery_sheet.c gallery_kinds.c edit.c tips.c motion.c list.c
LIBS           = widget image text session base blit
REQUIRES       = check
LD_OPT         = -lm
CC_OPT_golden  = -DGOLDEN=\"$(SRC_DIR)/golden\"
