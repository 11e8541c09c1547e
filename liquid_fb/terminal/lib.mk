LIB   = terminal
SRC_C = terminal.c parser.c print.c screen.c cursor.c csi.c esc.c mode.c style.c \
        report.c osc.c store.c scrollback.c reflow.c line.c find.c keys.c \
        pointer.c width.c column.c rectangle.c unicode/table.c
LIBS  = base
