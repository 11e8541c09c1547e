TARGET   = scout
SRC_C    = main.c browser.c links.c book.c source.c history.c pictures.c \
           view.c find.c signs.c page.c page_scroll.c page_input.c select.c \
           spot.c spots.c page_paint.c paint_text.c paint_picture.c
SRC_BIN  = help.md
LIBS     = document widget image text session base blit
REQUIRES = md4c md4c-html
DATA     = $(patsubst $(SRC_DIR)/%,%,$(wildcard $(SRC_DIR)/book/*))
MAN      = scout.1
DATA_DIR = .
