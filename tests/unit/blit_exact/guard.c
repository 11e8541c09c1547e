#include "guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { GUARD = 64 * 1024 }; /* the largest page there is */

uint8_t *guarded_create(void)
{
	uint8_t *pages = mmap(NULL, 2 * GUARD + REGION, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED ||
	    mprotect(pages + GUARD, REGION, PROT_READ | PROT_WRITE)) {
		perror("no memory between guard pages");
		exit(1);
	}
	return pages + GUARD;
}

struct random random_init(uint64_t seed, uint64_t number)
{
	struct random random = { seed * 0x9e3779b97f4a7c15u +
				 number * 0xbf58476d1ce4e5b9u };

	random_next(&random);
	return random;
}

/* splitmix64 */
uint32_t random_next(struct random *random)
{
	uint64_t z = random->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)(z >> 32);
}

int random_below(struct random *random, int limit)
{
	return (int)((uint64_t)random_next(random) * (uint64_t)limit >> 32);
}

void random_fill(struct random *random, uint8_t *data, size_t bytes)
{
	int left = 0, kind = 0;

	for (size_t i = 0; i < bytes; i += 4) {
		uint32_t word = random_next(random);

		if (!left--) {
			left = random_below(random, 24);
			kind = random_below(random, 5);
		}
		if (kind == 0)
			word |= 0xff000000u;
		else if (kind == 1)
			word = 0;
		else if (kind == 2)
			word = 0xffffffffu;
		memcpy(data + i, &word, bytes - i < 4 ? bytes - i : 4);
	}
}

uint32_t crc32_of(const uint8_t *data, size_t bytes)
{
	static uint32_t table[256];
	uint32_t crc = 0xffffffffu;

	for (uint32_t i = 0; !table[255] && i < 256; i++) {
		table[i] = i;
		for (int bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^
				   (table[i] & 1 ? 0xedb88320u : 0);
	}
	for (size_t i = 0; i < bytes; i++)
		crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xff];
	return ~crc;
}
