/* The part of scout_decode that reads JPEG, compiled for the fuzzer. */
#include "scout/image/decode/jpeg.c"
