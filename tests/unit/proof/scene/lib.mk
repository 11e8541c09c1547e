# A core without sockets, clients that do whatever a source of choices says,
# and the naive painter: for the proofs and for the fuzzer.
LIB   = scene
SRC_C = scene.c command.c device.c ledger.c naive.c
LIBS  = core figure session base blit
