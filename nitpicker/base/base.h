/*
 * base: what every component needs and nobody else should write again.
 *
 * This is the contract of the room; its five parts:
 *
 *   alloc.h     out-of-memory policy
 *   geometry.h  points, rectangles, regions
 *   loop.h      the event loop: file descriptors, timers, signals, processes
 *   log.h       one line per event, on standard error
 *   config.h    XML documents with places, and files that change
 *   memory.h    sealed shared memory
 *
 * base knows no other room.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include "base/alloc.h"
#include "base/config.h"
#include "base/geometry.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/memory.h"

#endif
