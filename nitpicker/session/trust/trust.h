/*
 * For components that need nothing beyond their parent, their sessions and
 * memory: what they could reach otherwise is taken from them.
 */
#ifndef SESSION_TRUST_H
#define SESSION_TRUST_H

#include <stdbool.h>

/* Before anything else: not dumpable, no new privileges. */
void trust_begin(void);

/* From now on only the system calls that base and session need; false with one
 * log line when the kernel can't do that. Not `wanted`: a log line only. */
bool trust_lock(bool wanted);

#endif
