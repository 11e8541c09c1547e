TARGET = device_client
SRC_C  = device_client.c
LIBS   = session base
