# What the server does with views, pixels and input, without a socket: for the
# server and for its tests.
LIB   = core
SRC_C = view.c execute.c damage.c compose.c input.c focus.c xray.c menubar.c \
        pointer.c kill.c policy.c domain.c restore.c
LIBS  = session base blit figure
