TARGET  = launchpad
SRC_C   = main.c programs.c find.c edit.c stored.c linux.c start.c asking.c children.c details.c clock.c power.c kin.c panel.c \
          panel_entry.c panel_form.c panel_child.c panel_kin.c panel_status.c pieces.c sign.c graph.c icons.c
INC_DIR = launchpad launchpad/launchpad
LIBS    = child catalogue widget text session base blit
LD_OPT  = -lm
MAN     = launchpad.1
