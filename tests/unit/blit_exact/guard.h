/* Memory between two pages that can't be touched, and numbers by a seed. */
#ifndef UNIT_BLIT_EXACT_GUARD_H
#define UNIT_BLIT_EXACT_GUARD_H

#include <stddef.h>
#include <stdint.h>

enum { REGION = 96 * 1024 }; /* bytes, whole pages anywhere */

/* REGION bytes; ends the program if there is no memory. */
uint8_t *guarded_create(void);

struct random {
	uint64_t state;
};

struct random random_init(uint64_t seed, uint64_t number);
uint32_t random_next(struct random *random);

/* 0 .. limit - 1 */
int random_below(struct random *random, int limit);

/* Runs of opaque, clear and any words, as windows have them; bytes may be no
 * multiple of 4. */
void random_fill(struct random *random, uint8_t *data, size_t bytes);

uint32_t crc32_of(const uint8_t *data, size_t bytes);

#endif
