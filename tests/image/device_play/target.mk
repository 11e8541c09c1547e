TARGET = device_play
SRC_C  = device_play.c
