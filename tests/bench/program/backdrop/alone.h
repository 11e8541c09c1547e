#ifndef BENCH_BACKDROP_ALONE_H
#define BENCH_BACKDROP_ALONE_H

#include <stdint.h>

/* Nanoseconds that libjpeg-turbo or libpng need for that file. */
uint64_t decode_alone(const char *path);

#endif
